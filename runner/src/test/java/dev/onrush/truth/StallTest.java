package dev.onrush.truth;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.http;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.onrush.dsl.Simulation;
import dev.onrush.testkit.ChildResult;
import dev.onrush.testkit.ChildRun;
import dev.onrush.testkit.ChildSignal;
import dev.onrush.testkit.TruthServer;

/** When the generator itself stands still, it says so, and no due user is lost (M04). */
class StallTest {
    private static final int RATE = 200;
    private static final int SECONDS = 5;

    @TempDir
    Path results;

    @Test
    void aFrozenGeneratorStartsAllUsersAndShowsTheDelayInResponseTimes() throws Exception {
        assumeTrue(Path.of("/bin/kill").toFile().exists(), "kill is needed to freeze a process");
        Figures.timed(
                "M04 frozen",
                attempt -> {
                    try (TruthServer server = TruthServer.start()) {
                        Trial trial = Trial.of(ArrivalTest.Constant.class, results.resolve("frozen-" + attempt))
                                .with("url", server.url("/"))
                                .with("rate", RATE)
                                .with("seconds", SECONDS);
                        try (ChildRun child = trial.child("-Xmx256m").start()) {
                            awaitArrivals(server, 2 * RATE);
                            // A signal takes some ms to start its program: the truth lies between the two.
                            long stopNanos = System.nanoTime();
                            child.signal(ChildSignal.STOP);
                            long stoppedNanos = System.nanoTime();
                            LockSupport.parkNanos(stopNanos + 1_000_000_000 - stoppedNanos);
                            long goOnNanos = System.nanoTime();
                            child.signal(ChildSignal.CONT);
                            long goneOnNanos = System.nanoTime();
                            ChildResult result = child.await(Duration.ofSeconds(30));
                            TrialRun run = trial.after(result);
                            Invariants.hold(run)
                                    .scheduled(RATE * SECONDS)
                                    .due("get", RATE * SECONDS)
                                    .arrived(server.ledger())
                                    .open()
                                    .ended(Duration.ofSeconds(SECONDS), 0);
                            return new Frozen(run, goOnNanos - stoppedNanos, goneOnNanos - stopNanos);
                        }
                    }
                },
                frozen -> {
                    TrialRun run = frozen.run;
                    long touched = run.log().requests.stream()
                            .filter(request -> request.startDelayMicros() > 50_000)
                            .count();
                    Figures.print(
                            "M04",
                            "frozen 1 s at 2 s: users lost 0, stalls reported %.0f ms in %d, response time max %.0f ms,"
                                    + " service time p99 %.1f ms, %.1f %% of the samples start more than 50 ms late",
                            run.figure("/generator/stallMillis"),
                            run.count("/generator/stalls"),
                            run.figure("/total/responseTime/max"),
                            run.figure("/total/serviceTime/p99"),
                            100.0 * touched / (RATE * SECONDS));
                    double longest = run.log().hiccupsNanos.values().stream()
                                    .mapToLong(Long::longValue)
                                    .max()
                                    .orElse(0)
                            / 1e6;
                    Figures.print(
                            "M04",
                            "frozen for %.0f to %.0f ms, the stall reported as %.0f ms",
                            frozen.leastNanos / 1e6,
                            frozen.mostNanos / 1e6,
                            longest);
                    assertThat(longest).isBetween(frozen.leastNanos / 1e6 - 50, frozen.mostNanos / 1e6 + 50);
                    assertThat(run.figure("/generator/stallMillis")).isBetween(longest - 1, longest + 300);
                    assertThat(run.reasons()).contains("The whole generator stood still for up to ");
                    assertThat(run.figure("/total/responseTime/max")).isBetween(900.0, 1300.0);
                    assertThat(run.figure("/total/serviceTime/p99")).isLessThan(500);
                    assertThat(touched).isBetween(RATE / 2L, RATE * 3L / 2);
                });
    }

    /** @param leastNanos how long it was frozen at least */
    private record Frozen(TrialRun run, long leastNanos, long mostNanos) {}

    /** One user of many blocks the thread it runs on. */
    static final class Blocking extends Simulation {
        {
            setUp(
                            scenario("arrivals")
                                    .exec(http("get").get(Trial.text("url")))
                                    .injectOpen(constantUsersPerSec(RATE).during(3)),
                            scenario("blocker")
                                    .exec(session -> {
                                        long untilNanos = System.nanoTime() + 150_000_000;
                                        while (System.nanoTime() - untilNanos < 0) {
                                            LockSupport.parkNanos(untilNanos - System.nanoTime());
                                        }
                                        return session;
                                    })
                                    .injectOpen(nothingFor(2), atOnceUsers(1)))
                    .seed(1);
        }
    }

    @Test
    @Tag("onecore")
    void aSessionFunctionThatBlocksIsReportedAndShowsInResponseTimesOnly() throws Exception {
        Figures.timed(
                "M04 blocked",
                attempt -> {
                    try (TruthServer server = TruthServer.start()) {
                        TrialRun run = Trial.of(Blocking.class, results.resolve("blocked-" + attempt))
                                .with("url", server.url("/"))
                                .run();
                        Invariants.hold(run)
                                .scheduled(RATE * 3 + 1)
                                .due("get", RATE * 3)
                                .arrived(server.ledger())
                                .open()
                                .ended(Duration.ofSeconds(3), 0);
                        return run;
                    }
                },
                run -> {
                    Figures.print(
                            "M04",
                            "a session function blocks 150 ms: users lost 0, stalls reported %.0f ms in %d, response time"
                                    + " max %.0f ms, service time p99 %.1f ms",
                            run.figure("/generator/stallMillis"),
                            run.count("/generator/stalls"),
                            run.figure("/total/responseTime/max"),
                            run.figure("/total/serviceTime/p99"));
                    assertThat(run.figure("/generator/stallMillis")).isBetween(145.0, 250.0);
                    assertThat(run.figure("/total/responseTime/max")).isGreaterThan(100);
                    assertThat(run.figure("/total/serviceTime/p99")).isLessThan(100);
                });
    }

    private static void awaitArrivals(TruthServer server, long arrivals) {
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> server.ledger().arrivals() >= arrivals);
    }
}
