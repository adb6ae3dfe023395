package dev.onrush.truth;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.http;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import dev.onrush.dsl.Simulation;
import dev.onrush.testkit.ChildResult;
import dev.onrush.testkit.ChildRun;
import dev.onrush.testkit.TruthResponse;
import dev.onrush.testkit.TruthServer;

/** More users than are allowed (M05), and as many as there is memory for. */
@Tag("beside")
class ManyUsersTest {
    @TempDir
    Path results;

    /** Five users at once, and nobody is answered. */
    static final class Capped extends Simulation {
        {
            SetUp setUp = setUp(scenario("capped")
                            .exec(http("parked").get(Trial.text("url")))
                            .injectOpen(rampUsers(50).during(1))
                            .maxUsers(5))
                    .maxDuration(2)
                    .seed(1);
            if (Boolean.parseBoolean(Trial.text("strict"))) {
                setUp.failOnUntrusted();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"false, 0", "true, 4"})
    void usersAboveTheCapAreDroppedAndNamed(boolean strict, int exitCode) {
        try (TruthServer server =
                TruthServer.setup().otherwise(TruthResponse.never()).start()) {
            TrialRun run = Trial.of(Capped.class, results)
                    .with("url", server.url("/"))
                    .with("strict", strict)
                    .run();

            Invariants.hold(run)
                    .scheduled(50)
                    .due("parked", 5)
                    .arrived(server.ledger())
                    .open()
                    .ended(Duration.ofSeconds(2), exitCode);
            assertThat(run.count("/users/started")).isEqualTo(5);
            assertThat(run.count("/users/dropped")).isEqualTo(45);
            assertThat(run.count("/total/unfinished")).isEqualTo(5);
            assertThat(run.verdict()).isEqualTo("DEGRADED");
            assertThat(run.reasons()).contains("45 users were due while maxUsers were present, and did not start.");
            assertThat(run.console())
                    .anyMatch(
                            line -> line.contains("45 users were due while maxUsers were present, and did not start."));
            Figures.print(
                    "M05",
                    "maxUsers 5, 50 due, parked target: started %d, dropped %d, verdict %s, exit code %d",
                    run.count("/users/started"),
                    run.count("/users/dropped"),
                    run.verdict(),
                    run.exitCode());
        }
    }

    /** Users who only think. */
    static final class Waiting extends Simulation {
        {
            setUp(scenario("waiting")
                            .pause(Duration.ofSeconds(Trial.number("seconds")))
                            .injectOpen(rampUsers(Trial.number("users")).during(2)))
                    .seed(1);
        }
    }

    /** All at once, and one more who looks how much heap they take while all of them wait. */
    static final class AtOnce extends Simulation {
        {
            setUp(
                            scenario("waiting")
                                    .pause(Duration.ofSeconds(Trial.number("seconds")))
                                    .injectOpen(atOnceUsers(Trial.number("users"))),
                            scenario("looking")
                                    .exec(session -> {
                                        System.out.println("live heap: " + live());
                                        return session;
                                    })
                                    .injectOpen(
                                            nothingFor(Duration.ofSeconds(Trial.number("seconds") - 5)),
                                            atOnceUsers(1)))
                    .seed(1);
        }

        @Override
        public void before() {
            System.out.println("live heap: " + live());
        }

        private static long live() {
            System.gc();
            return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        }
    }

    @Test
    @Tag("nightly")
    void aMillionUsersWaitInAGibibyteOfHeap() throws Exception {
        int users = 1_000_000;
        Trial trial = Trial.of(AtOnce.class, results).with("users", users).with("seconds", 25);
        try (ChildRun child = trial.child("-Xmx1g").start()) {
            ChildResult result = child.await(Duration.ofMinutes(5));
            TrialRun run = trial.after(result);

            Invariants.hold(run).scheduled(users + 1).open().ended(Duration.ofSeconds(60), 0);
            long[] live = result.out().stream()
                    .filter(line -> line.startsWith("live heap: "))
                    .mapToLong(line -> Long.parseLong(line.substring("live heap: ".length())))
                    .toArray();
            long lastStartNanos = run.log().starts.stream()
                    .filter(start -> start.scenario().equals("waiting"))
                    .mapToLong(LogFacts.Start::actualNanos)
                    .max()
                    .orElse(0);
            long bytes = (live[1] - live[0]) / users;
            Figures.print(
                    "G27",
                    "-Xmx1g: %d users at once, all in a pause after %.1f s (%.0f starts/s), %d bytes of live heap each,"
                            + " finished %d, run of %.1f s, the JVM took %.1f s",
                    users,
                    lastStartNanos / 1e9,
                    users / (lastStartNanos / 1e9),
                    bytes,
                    run.count("/users/finished"),
                    run.figure("/run/durationSeconds"),
                    run.took().toMillis() / 1e3);
            assertThat(lastStartNanos).isLessThan(20_000_000_000L);
            assertThat(bytes).isBetween(100L, 600L);
            assertThat(run.count("/users/finished")).isEqualTo(users + 1);
        }
    }

    @Test
    void moreUsersThanTheHeapHoldsAreRefusedBeforeTheRun() throws Exception {
        Trial trial = Trial.of(AtOnce.class, results).with("users", 1_000_000).with("seconds", 25);
        try (ChildRun child = trial.child("-Xmx64m").start()) {
            ChildResult result = child.await(Duration.ofSeconds(60));

            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.err())
                    .singleElement()
                    .asString()
                    .startsWith("onrush: scenario \"waiting\", ManyUsersTest.java:")
                    .contains(
                            ": the profile wants 1000000 users at once, who take at least 143 MiB of heap, and this JVM"
                                    + " may use ")
                    .endsWith(" MiB. Start it with more, as in -Xmx1g, or let fewer users come at once.");
            assertThat(results).isEmptyDirectory();
            Figures.print(
                    "G27", "-Xmx64m: 1000000 users at once refused before the run, exit code 1: %s", result.err());
        }
    }

    @Test
    @Tag("slow")
    void aHundredThousandUsersWaitInASmallHeap() throws Exception {
        Trial trial = Trial.of(Waiting.class, results).with("users", 100_000).with("seconds", 6);
        try (ChildRun child = trial.child("-Xmx512m").start()) {
            TrialRun run = trial.after(child.await(Duration.ofSeconds(60)));

            Invariants.hold(run).scheduled(100_000).open().ended(Duration.ofSeconds(8), 0);
            long most = 0;
            for (JsonNode active : run.page().at("/axis/active")) {
                most = Math.max(most, active.asLong());
            }
            Figures.print(
                    "G27",
                    "-Xmx512m: %d users wait at once, finished %d, heap used at most %d MiB, the JVM took %d ms",
                    most,
                    run.count("/users/finished"),
                    run.log().heapMaxBytes >> 20,
                    run.took().toMillis());
            assertThat(most).isEqualTo(100_000);
            assertThat(run.count("/users/finished")).isEqualTo(100_000);
        }
    }
}
