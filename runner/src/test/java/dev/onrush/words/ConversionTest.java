package dev.onrush.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import dev.onrush.dsl.Simulation;
import dev.onrush.testkit.TruthResponse;

/** A simulation written for Gatling compiles and runs once its packages are renamed, as docs/from-gatling.md says, and nothing else. */
@Timeout(60)
class ConversionTest {
    private static final Path PAGE = Path.of("..", "docs", "from-gatling.md");
    /** An expression of the command on that page. */
    private static final Pattern RENAMING = Pattern.compile("-e 's/(.+)/(.+)/g'");

    @TempDir
    Path folder;

    @AfterEach
    void clear() {
        System.clearProperty("words.url");
    }

    @Test
    void aRenamedSimulationRuns() throws Exception {
        try (Target target = Target.answering(request -> TruthResponse.json("{\"token\":\"t1\"}"));
                URLClassLoader loader = compiled()) {
            System.setProperty("words.url", target.url());

            Trial trial = Trial.of(loader.loadClass("shop.Converted").asSubclass(Simulation.class));

            assertThat(trial.failures()).isEmpty();
            assertThat(trial.result.exitCode()).isZero();
            assertThat(trial.result.assertions()).hasSize(6).allMatch(assertion -> assertion.passed());
            assertThat(target.came).hasSize(2 * 5);
            assertThat(target.lines())
                    .contains("POST /login", "GET /items/a1?price=10", "PUT /cart", "GET /last")
                    .hasSize(10);
            assertThat(target.header("User-Agent")).containsOnly("words");
            assertThat(target.bodies()).contains("user=u1", "user=u2");
        }
    }

    private URLClassLoader compiled() throws IOException {
        String source;
        try (InputStream in = ConversionTest.class.getResourceAsStream("/words/Converted.java.txt")) {
            source = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        Matcher renamings = RENAMING.matcher(Files.readString(PAGE));
        while (renamings.find()) {
            source = source.replaceAll(renamings.group(1), renamings.group(2).replace('\\', '$'));
        }
        assertThat(source).doesNotContain("gatling");
        Path file = Files.writeString(folder.resolve("Converted.java"), source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter told = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean isFine = compiler.getTask(
                            told,
                            files,
                            null,
                            List.of("-d", folder.toString(), "-proc:none"),
                            null,
                            files.getJavaFileObjects(file))
                    .call();
            assertThat(isFine).as(told.toString()).isTrue();
        }
        return new URLClassLoader(new URL[] {folder.toUri().toURL()}, ConversionTest.class.getClassLoader());
    }
}
