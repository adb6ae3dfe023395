package dev.onrush.truth;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.http;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.onrush.dsl.Simulation;
import dev.onrush.testkit.FaultScript;
import dev.onrush.testkit.FaultServer;
import dev.onrush.testkit.TruthServer;

/** Pauses, paces and time limits end on time, and never early (M10). */
@Tag("slow")
class FineTimerTest {
    private static final int PAUSES = 10_000;

    @TempDir
    Path results;

    /** Ten thousand users who come within a second, each with a pause of its own length, and then end. */
    static final class Pauses extends Simulation {
        {
            setUp(scenario("pauses")
                            .pause(session -> Duration.ofMillis(pauseMillis(session.userId())))
                            .injectOpen(rampUsers(PAUSES).during(1)))
                    .seed(1);
        }
    }

    private static long pauseMillis(long userId) {
        return 1 + new SplittableRandom(userId).nextInt(2000);
    }

    @Test
    void tenThousandPausesEndOnTime() throws Exception {
        Figures.timed(
                "M10 pauses",
                attempt -> {
                    TrialRun run = Trial.of(Pauses.class, results.resolve("pauses-" + attempt))
                            .run();
                    Invariants.hold(run).scheduled(PAUSES).open().ended(Duration.ofSeconds(3), 0);
                    // A pause begins when the user was due; instants of the log are whole microseconds.
                    double[] late = run.log().starts.stream()
                            .mapToDouble(start ->
                                    (ended(run, start) - start.intendedNanos()) / 1e6 - pauseMillis(start.userId()))
                            .toArray();
                    assertThat(late).hasSize(PAUSES);
                    assertThat(Figures.percentile(late, 0)).as("the earliest").isGreaterThanOrEqualTo(-0.001);
                    return late;
                },
                late -> {
                    Figures.print(
                            "M10",
                            "%d pauses of 1 to 2000 ms: early 0; late p50 %.2f, p99 %.2f, max %.2f ms",
                            PAUSES,
                            Figures.percentile(late, 50),
                            Figures.percentile(late, 99),
                            Figures.percentile(late, 100));
                    assertThat(Figures.percentile(late, 99)).isLessThanOrEqualTo(3);
                });
    }

    private static long ended(TrialRun run, LogFacts.Start start) {
        return run.log().endedNanos.getOrDefault(start.userId(), Long.MIN_VALUE);
    }

    /** Ten users, each at a pace. */
    static final class Paces extends Simulation {
        {
            setUp(scenario("paces")
                            .repeat(Trial.number("turns"))
                            .on(exec(pace(Duration.ofMillis(Trial.number("pace"))))
                                    .exec(http("turn").get(Trial.text("url"))))
                            .injectOpen(rampUsers(10).during(Duration.ofMillis(Trial.number("pace")))))
                    .seed(1);
        }
    }

    @Test
    void aPaceDoesNotDriftInThreeSeconds() throws Exception {
        paceDoesNotDrift(60, 50);
    }

    @Test
    @Tag("nightly")
    void aPaceDoesNotDriftInAMinute() throws Exception {
        paceDoesNotDrift(60, 1000);
    }

    private void paceDoesNotDrift(int turns, int paceMillis) throws Exception {
        Figures.timed(
                "M10 pace",
                attempt -> {
                    try (TruthServer server = TruthServer.start()) {
                        TrialRun run = Trial.of(Paces.class, results.resolve("pace-" + paceMillis + "-" + attempt))
                                .with("url", server.url("/"))
                                .with("turns", turns)
                                .with("pace", paceMillis)
                                .run();
                        Duration length = Duration.ofMillis((long) turns * paceMillis + paceMillis);
                        Invariants.hold(run)
                                .scheduled(10)
                                .due("turn", 10L * turns)
                                .arrived(server.ledger())
                                .ended(length, 0);
                        for (LogFacts.Start start : run.log().starts) {
                            List<Long> intended = requests(run, start.userId()).stream()
                                    .map(LogFacts.Request::intendedNanos)
                                    .toList();
                            for (int turn = 0; turn < turns; turn++) {
                                // The log counts in whole microseconds.
                                assertThat(intended.get(turn) / 1000)
                                        .as("intended start of turn %d of user %d", turn, start.userId())
                                        .isEqualTo((start.intendedNanos() + turn * paceMillis * 1_000_000L) / 1000);
                            }
                        }
                        return run;
                    }
                },
                run -> {
                    double[] first = lateness(run, 1, turns);
                    double[] last = lateness(run, turns - 1, turns);
                    Figures.print(
                            "M10",
                            "pace of %d ms, %d turns of 10 users: intended starts drift by 0 ns; turn 2 starts p50 %.2f ms"
                                    + " late, turn %d %.2f ms",
                            paceMillis,
                            turns,
                            Figures.percentile(first, 50),
                            turns,
                            Figures.percentile(last, 50));
                    assertThat(Figures.percentile(last, 50) - Figures.percentile(first, 50))
                            .isLessThanOrEqualTo(1);
                });
    }

    private static List<LogFacts.Request> requests(TrialRun run, long userId) {
        return run.log().requests.stream()
                .filter(request -> request.userId() == userId)
                .sorted(Comparator.comparingLong(LogFacts.Request::endNanos))
                .toList();
    }

    /** By how many ms that turn of each user started after it was due. */
    private static double[] lateness(TrialRun run, int turn, int turns) {
        return run.log().starts.stream()
                .map(start -> requests(run, start.userId()))
                .filter(all -> all.size() == turns)
                .mapToDouble(all -> (all.get(turn).actualNanos() - all.get(turn).intendedNanos()) / 1e6)
                .toArray();
    }

    /** Users whose requests nobody answers. */
    static final class Waiting extends Simulation {
        {
            setUp(scenario("waiting")
                            .repeat(4)
                            .on(http("waiting").get(Trial.text("url")).requestTimeout(Duration.ofMillis(200)))
                            .injectOpen(rampUsers(50).during(1)))
                    .seed(1);
        }
    }

    @Test
    void aTimeLimitOf200MillisIsKeptToTheMillisecond() throws Exception {
        Figures.timed(
                "M10 time limit",
                attempt -> {
                    try (FaultServer server = FaultServer.start(FaultScript.neverAnswer())) {
                        TrialRun run = Trial.of(Waiting.class, results.resolve("limit-" + attempt))
                                .with("url", server.url("/"))
                                .run();
                        Invariants.hold(run)
                                .scheduled(50)
                                .due("waiting", 200)
                                .open()
                                .ended(Duration.ofSeconds(2), 0);
                        assertThat(run.log().requests)
                                .extracting(LogFacts.Request::errorClass)
                                .containsOnly("timeout.total");
                        assertThat(run.log().requests)
                                .allMatch(request -> request.serviceMicros() >= 200_000, "not early");
                        return run;
                    }
                },
                run -> {
                    double[] took = run.log().requests.stream()
                            .mapToDouble(request -> request.serviceMicros() / 1e3)
                            .toArray();
                    Figures.print(
                            "M10",
                            "limit of 200 ms against a silent server, 200 times: min %.2f, p50 %.2f, p99 %.2f, max %.2f ms",
                            Figures.percentile(took, 0),
                            Figures.percentile(took, 50),
                            Figures.percentile(took, 99),
                            Figures.percentile(took, 100));
                    assertThat(Figures.percentile(took, 100)).isLessThanOrEqualTo(210);
                });
    }
}
