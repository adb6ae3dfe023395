package dev.onrush.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JavaCommandTest {
    @TempDir
    Path temp;

    @Test
    void putsTheOptionsBeforeTheMainClassAndTheArgumentsBehindIt() throws IOException {
        JavaCommand command = new JavaCommand(
                java("17.0.15"),
                List.of("-Xmx1g"),
                Map.of("onrush.seed", "42"),
                List.of(Path.of("a b.jar"), Path.of("c")),
                List.of("--simulation", "shop.Buy"));

        assertThat(command.words())
                .containsExactly(
                        "-Xmx1g",
                        "-Donrush.seed=42",
                        "-cp",
                        "a b.jar" + File.pathSeparator + "c",
                        "dev.onrush.Onrush",
                        "--simulation",
                        "shop.Buy");
    }

    @ParameterizedTest
    @CsvSource({"17.0.15, false", "21, false", "22, true", "25.0.1, true", "nonsense, false"})
    void allowsNativeAccessWhereTheJavaKnowsTheOption(String version, boolean allowed) throws IOException {
        JavaCommand command = new JavaCommand(java(version), List.of(), Map.of(), List.of(), List.of());

        assertThat(command.words().contains("--enable-native-access=ALL-UNNAMED"))
                .isEqualTo(allowed);
    }

    @Test
    void leavesNativeAccessToTheAuthorWhoSetsIt() throws IOException {
        List<String> own = List.of("--enable-native-access=shop");
        JavaCommand command = new JavaCommand(java("25"), own, Map.of(), List.of(), List.of());

        assertThat(command.words()).contains("--enable-native-access=shop").noneMatch(word -> word.endsWith("UNNAMED"));
    }

    @Test
    void addsNothingForAJavaThatDoesNotNameItsVersion() {
        JavaCommand command = new JavaCommand(temp.resolve("nowhere/java"), List.of(), Map.of(), List.of(), List.of());

        assertThat(command.words()).containsExactly("-cp", "", "dev.onrush.Onrush");
    }

    private Path java(String version) throws IOException {
        Files.createDirectories(temp.resolve("bin"));
        Files.writeString(temp.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        Path java = temp.resolve("bin/java");
        return Files.exists(java) ? java : Files.createFile(java);
    }
}
