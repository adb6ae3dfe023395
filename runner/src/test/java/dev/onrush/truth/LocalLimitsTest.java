package dev.onrush.truth;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.http;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.onrush.dsl.Simulation;
import dev.onrush.testkit.ChildRun;
import dev.onrush.testkit.NetSandbox;
import dev.onrush.testkit.TruthServer;

/** The generator runs out of local ports (T25) and of file descriptors (T26): it says so, of itself, and the run ends as any other. */
@Tag("beside")
class LocalLimitsTest {
    private static final int PORT = 8080;
    /** The least with which a JVM of 17 starts on this class path is about 45; below 128 the table leaves a run hardly a socket. */
    private static final int DESCRIPTORS = 128;

    @TempDir
    Path results;

    /** Users who all keep their connection for a while, and ask for a name at last. */
    static final class Holding extends Simulation {
        {
            setUp(scenario("holding")
                            .exec(http("first").get(Trial.text("url")))
                            .pause(Duration.ofMillis(700))
                            .exec(http("by name").get(Trial.text("named")))
                            .injectOpen(rampUsers(Trial.number("users")).during(Duration.ofMillis(500))))
                    .seed(1);
        }
    }

    static final class PortsScene implements Scene {
        @Override
        public void play(Path folder) {
            try (TruthServer server = TruthServer.setup().port(PORT).start()) {
                TrialRun run = Trial.of(Holding.class, folder)
                        .with("url", server.url("/"))
                        .with("named", server.url("/"))
                        .with("users", 100)
                        .run();

                Invariants.hold(run)
                        .scheduled(100)
                        .due("first", 100)
                        .due("by name", 100)
                        .arrived(server.ledger())
                        .open()
                        .ended(Duration.ofSeconds(2), 0);
                Map<String, Long> first = classes(run, "first");
                Figures.print(
                        "T25",
                        "32 local ports, 100 users with a connection each: %s; verdict %s: %s",
                        first,
                        run.verdict(),
                        run.summary().at("/run/verdict/reasons/0/text").asString());
                assertThat(first).isEqualTo(Map.of("OK", 32L, "local.ports", 68L));
                assertThat(classes(run, "by name").keySet()).isSubsetOf("OK", "local.ports");
                blamesTheGenerator(run, run.count("/total/count/ko"));
                assertThat(run.summary().at("/total/errors/0/message").asString())
                        .isEqualTo("the generator has no local ports left; keep connections or add addresses");
            }
        }
    }

    @Test
    void whoHasNoPortsLeftBlamesTheGenerator() throws Exception {
        Sandboxed.skipWithoutSandbox();
        try (NetSandbox sandbox = NetSandbox.open().localPorts(40_000, 40_031)) {
            Sandboxed.play(sandbox, PortsScene.class, results);
        }
    }

    @Test
    void whoHasNoDescriptorsLeftStillResolvesAndReports() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "skipped: no bash to lower the limit with");
        try (TruthServer server = TruthServer.start()) {
            Trial trial = Trial.of(Holding.class, results)
                    .with("url", server.url("/"))
                    .with("named", "http://localhost:" + server.port() + "/")
                    .with("users", 200);
            try (ChildRun child = trial.child("-Xmx256m")
                    .through("bash", "-c", "ulimit -n " + DESCRIPTORS + "; exec \"$@\"", "bash")
                    .start()) {
                TrialRun run = trial.after(child.await(Duration.ofSeconds(60)));

                Invariants.hold(run)
                        .scheduled(200)
                        .due("first", 200)
                        .due("by name", 200)
                        .arrived(server.ledger())
                        .open()
                        .ended(Duration.ofSeconds(2), 0);
                Map<String, Long> first = classes(run, "first");
                Map<String, Long> byName = classes(run, "by name");
                Figures.print(
                        "T26",
                        "ulimit -n %d, 200 users with a connection each: %s, then a name is looked up: %s; verdict %s,"
                                + " report 1/1",
                        DESCRIPTORS,
                        first,
                        byName,
                        run.verdict());
                assertThat(first.keySet()).containsExactlyInAnyOrder("OK", "local.fds");
                assertThat(first.get("OK")).isGreaterThan(10);
                // What is kept in reserve is enough to look a name up, and so it is the right class again.
                assertThat(byName.keySet()).isSubsetOf("OK", "local.fds");
                blamesTheGenerator(run, run.count("/total/count/ko"));
                assertThat(run.summary().at("/total/errors/0/message").asString())
                        .isEqualTo("the generator has no file descriptors left; raise its limit (ulimit -n)");
            }
        }
    }

    private static void blamesTheGenerator(TrialRun run, long failures) {
        assertThat(run.verdict()).isEqualTo("SATURATED");
        String reason = failures + " requests failed for lack of ports, files or memory of the generator (local.*)."
                + " Raise the machine's limits, or keep connections.";
        assertThat(run.reasons()).contains(reason);
        assertThat(run.console()).anyMatch(line -> line.contains(reason));
    }

    private static Map<String, Long> classes(TrialRun run, String name) {
        return run.log().requests.stream()
                .filter(request -> request.name().equals(name))
                .collect(Collectors.groupingBy(
                        request -> request.isOk() ? "OK" : request.errorClass(), TreeMap::new, Collectors.counting()));
    }
}
