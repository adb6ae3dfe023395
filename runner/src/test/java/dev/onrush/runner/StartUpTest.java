package dev.onrush.runner;

import static dev.onrush.dsl.CoreDsl.constantUsersPerSec;
import static dev.onrush.dsl.CoreDsl.scenario;
import static dev.onrush.http.HttpDsl.http;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.onrush.Onrush;
import dev.onrush.dsl.Simulation;
import dev.onrush.testkit.ChildRun;
import dev.onrush.testkit.TruthResponse;
import dev.onrush.testkit.TruthServer;

/**
 * What keeps a run from its first request. How long it takes is told by {@code benchmarks/run.sh start}; here stands what
 * must not be loaded before, whatever the machine does.
 */
class StartUpTest {
    /** Each of these takes its time to load, and the first request of a plain simulation needs none of it. */
    private static final List<String> LATER = List.of(
            "dev.onrush.report.",
            "freemarker.",
            "tools.jackson.",
            "com.jayway.jsonpath.",
            "net.minidev.",
            "org.jsoup.",
            "io.burt.",
            "javax.xml.",
            "org.w3c.",
            "io.micrometer.",
            "picocli.",
            "javax.net.ssl.",
            "java.security.SecureRandom",
            "sun.security.provider.",
            "java.lang.runtime.ObjectMethods");

    /** The first simulation of the README. */
    static final class Hello extends Simulation {
        {
            var hello = scenario("hello").exec(http("hello").get(System.getProperty("url")));
            setUp(hello.injectOpen(constantUsersPerSec(20).during(10)));
        }

        public static void main(String[] args) {
            Onrush.run(Hello.class);
        }
    }

    @Test
    void loadsNothingBeforeTheFirstRequestThatItDoesNotNeed(@TempDir Path folder) throws Exception {
        Path loaded = folder.resolve("loaded.txt");
        // It is read while the first user waits for its answer: so it holds what came before, and hardly more.
        var classes = new CompletableFuture<List<String>>();
        try (var target = TruthServer.setup()
                        .otherwise(request -> {
                            classes.complete(classesIn(loaded));
                            return TruthResponse.ok("hello");
                        })
                        .start();
                var run = ChildRun.of(Hello.class)
                        .classPath(withoutLogging())
                        .folder(folder)
                        .jvm("-Durl=" + target.url("/hello"), "-Xlog:class+load=info:file=" + loaded + ":none")
                        .start()) {
            List<String> before = classes.get(60, TimeUnit.SECONDS);

            System.out.println("FIGURE START classes loaded before the first request: " + before.size() + ", of them "
                    + before.stream()
                            .filter(name -> name.startsWith("dev.onrush."))
                            .count() + " of Onrush");
            assertThat(run.isAlive()).isTrue();
            assertThat(before).anyMatch(name -> name.startsWith("dev.onrush.http.internal.wire."));
            assertThat(before.stream().filter(name -> LATER.stream().anyMatch(name::startsWith)))
                    .isEmpty();
        }
    }

    private static List<String> classesIn(Path log) {
        try (var lines = Files.lines(log)) {
            return lines.map(line -> line.substring(0, Math.max(0, line.indexOf(' '))))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A logging library loads what it likes; the README's first simulation has none. */
    private static String withoutLogging() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("logback"))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
