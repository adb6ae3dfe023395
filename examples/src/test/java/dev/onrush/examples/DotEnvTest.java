package dev.onrush.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DotEnvTest {
    @TempDir
    Path folder;

    @Test
    void readsTheFileAndLetsTheEnvironmentWin() throws Exception {
        Path file = Files.writeString(
                folder.resolve(".env"), "# secrets\n\nexport TOKEN=\"a=b c\"\nOTHER = plain \nGIVEN=file\n");

        var env = DotEnv.load(Map.of("GIVEN", "environment"), file);

        assertThat(env.get("TOKEN", "none")).isEqualTo("a=b c");
        assertThat(env.get("OTHER", "none")).isEqualTo("plain");
        assertThat(env.get("GIVEN", "none")).isEqualTo("environment");
        assertThat(env.get("MISSING", "none")).isEqualTo("none");
    }

    @Test
    void needsNoFile() {
        assertThat(DotEnv.load(Map.of(), folder.resolve("absent")).get("TOKEN", "none"))
                .isEqualTo("none");
    }

    @Test
    void namesALineItCannotReadWithoutShowingIt() throws Exception {
        Path file = Files.writeString(folder.resolve(".env"), "A=1\nsecret\n");

        assertThatThrownBy(() -> DotEnv.load(Map.of(), file)).hasMessage(file + ", line 2: NAME=value expected.");
    }
}
