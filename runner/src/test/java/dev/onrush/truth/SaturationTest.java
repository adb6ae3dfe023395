package dev.onrush.truth;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

import dev.onrush.core.health.VerdictLevel;
import dev.onrush.dsl.Session;
import dev.onrush.dsl.Simulation;
import dev.onrush.testkit.HiccupProbe;
import dev.onrush.testkit.TruthServer;

/** A generator that is asked for too much says so, and one that is not does not (M05). Each is done four times here, twenty at night. */
@Tag("slow")
class SaturationTest {
    private static final int ASKED = 200_000;
    private static final int HEALTHY = 400;
    private static final int ATTEMPTS = 4;
    /** The verdict leaves out the first two seconds. */
    private static final Duration LENGTH = Duration.ofMillis(2500);
    /** A machine that itself stalls for longer makes honest verdicts other than TRUSTWORTHY. */
    private static final Duration QUIET = Duration.ofMillis(8);

    @TempDir
    Path results;

    /** One request per user over a shared pool, stopped after a while. */
    static final class Rate extends Simulation {
        {
            setUp(scenario("arrivals")
                            .exec(Rate::work)
                            .exec(http("get").get(Trial.text("url")))
                            .injectOpen(
                                    constantUsersPerSec(Trial.number("rate")).during(LENGTH)))
                    .protocols(http.shareConnections().maxConnectionsPerHost(100))
                    .maxDuration(Duration.ofSeconds(3))
                    .seed(1);
        }

        /** An author's code that is not for nothing: without it two cores start 200 000 users/s, who then wait for connections. */
        private static Session work(Session session) {
            long untilNanos = System.nanoTime() + Trial.number("workMicros") * 1000L;
            while (System.nanoTime() - untilNanos < 0) {
                Thread.onSpinWait();
            }
            return session;
        }
    }

    @RepeatedTest(4)
    void aGeneratorThatIsAskedForTooMuchSaysSo(RepetitionInfo round) {
        saturated(round);
    }

    @RepeatedTest(20)
    @Tag("nightly")
    void aGeneratorThatIsAskedForTooMuchSaysSoTwentyTimes(RepetitionInfo round) {
        saturated(round);
    }

    private void saturated(RepetitionInfo round) {
        try (TruthServer server = TruthServer.setup().keepEntries(false).start()) {
            TrialRun run = run(server, ASKED, "saturated-" + round.getCurrentRepetition());

            // Lost users would show here: all that were due until the stop started or were dropped.
            double dueSeconds = Math.min(run.figure("/run/durationSeconds"), LENGTH.toMillis() / 1000.0);
            long due = Math.round(dueSeconds * ASKED);
            Figures.print(
                    "M05",
                    "%d/s asked for, round %d: verdict %s from second %.0f on, start delay p99 %.0f ms, %d of %d started, CPU"
                            + " max %.0f %%",
                    ASKED,
                    round.getCurrentRepetition(),
                    run.verdict(),
                    run.figure("/run/verdict/reasons/0/from") / 1000,
                    run.figure("/generator/startDelay/p99"),
                    run.count("/users/started"),
                    due,
                    run.figure("/generator/cpuMaxPercent"));
            assertThat(run.count("/users/scheduled")).isBetween(due - ASKED / 1000, due + ASKED / 1000);
            assertThat(run.verdict()).as("missed").isEqualTo(VerdictLevel.SATURATED.name());
            assertThat(run.reasons()).contains("Start delay p99 = ");
            assertThat(run.figure("/run/verdict/reasons/0/from"))
                    .as("time to verdict")
                    .isEqualTo(2000);
        }
    }

    @RepeatedTest(4)
    void aHealthyGeneratorIsTrusted(RepetitionInfo round) {
        healthy(round);
    }

    @RepeatedTest(20)
    @Tag("nightly")
    void aHealthyGeneratorIsTrustedTwentyTimes(RepetitionInfo round) {
        healthy(round);
    }

    private void healthy(RepetitionInfo round) {
        Duration worst = Duration.ZERO;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try (TruthServer server = TruthServer.setup().keepEntries(false).start();
                    HiccupProbe probe = HiccupProbe.start()) {
                TrialRun run = run(server, HEALTHY, "healthy-" + round.getCurrentRepetition() + "-" + attempt);
                worst = probe.worst();
                boolean isTrusted = run.verdict().equals(VerdictLevel.TRUSTWORTHY.name());
                if (isTrusted || worst.compareTo(QUIET) <= 0) {
                    Figures.print(
                            "M05",
                            "%d/s, round %d: verdict %s, CPU mean %.0f %% of a core, start delay p99 %.2f ms (hiccup %.1f ms)",
                            HEALTHY,
                            round.getCurrentRepetition(),
                            run.verdict(),
                            run.log().cpuPercents.values().stream()
                                    .mapToInt(Integer::intValue)
                                    .filter(percent -> percent >= 0)
                                    .average()
                                    .orElse(-1),
                            run.figure("/generator/startDelay/p99"),
                            worst.toNanos() / 1e6);
                    assertThat(run.verdict())
                            .as("false verdict: " + run.reasons())
                            .isEqualTo("TRUSTWORTHY");
                    return;
                }
            }
        }
        assumeTrue(false, "M05 is inconclusive: the machine itself stalled for " + worst.toMillis() + " ms each time");
    }

    private TrialRun run(TruthServer server, int rate, String folder) {
        TrialRun run = Trial.of(Rate.class, results.resolve(folder))
                .with("url", server.url("/"))
                .with("rate", rate)
                .with("workMicros", rate == ASKED ? 40 : 0)
                .run();
        Invariants.hold(run);
        return run;
    }
}
