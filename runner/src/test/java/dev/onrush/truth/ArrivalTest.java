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
import org.junit.jupiter.params.provider.ValueSource;

import dev.onrush.dsl.Simulation;
import dev.onrush.testkit.LedgerEntry;
import dev.onrush.testkit.TruthServer;

/** Users arrive when the profile says, as the target's own ledger tells (M06), and do not bunch (M09). */
class ArrivalTest {
    private static final int SECONDS = 3;

    @TempDir
    Path results;

    /** One request per user, at a constant rate. */
    static final class Constant extends Simulation {
        {
            setUp(scenario("arrivals")
                            .exec(http("get").get(Trial.text("url")))
                            .injectOpen(
                                    constantUsersPerSec(Trial.number("rate")).during(Trial.number("seconds"))))
                    .seed(1);
        }
    }

    private record Arrivals(double worstSecond, double p50, double p99, double max, Bunching bunching) {}

    /**
     * How close to each other users came.
     *
     * @param gapMillis between arrivals in the ledger, sorted
     * @param bursts arrivals that were more than the third within 100 µs
     */
    private record Bunching(double[] gapMillis, long bursts) {
        static Bunching of(TruthServer server) {
            long[] arrivals = server.ledger().entries().stream()
                    .mapToLong(LedgerEntry::arrivalNanos)
                    .sorted()
                    .toArray();
            double[] gaps = new double[arrivals.length - 1];
            long bursts = 0;
            for (int i = 1; i < arrivals.length; i++) {
                gaps[i - 1] = (arrivals[i] - arrivals[i - 1]) / 1e6;
                bursts += i >= 3 && arrivals[i] - arrivals[i - 3] <= 100_000 ? 1 : 0;
            }
            return new Bunching(gaps, bursts);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 500, 2000})
    void arriveAtTheRateAskedFor(int rate) throws Exception {
        warmUp();
        Figures.timed(
                "M06 " + rate + "/s",
                attempt -> {
                    try (TruthServer server = TruthServer.start()) {
                        TrialRun run = trial(server, rate, SECONDS, attempt).run();
                        Invariants.hold(run)
                                .scheduled((long) rate * SECONDS)
                                .due("get", (long) rate * SECONDS)
                                .arrived(server.ledger())
                                .open()
                                .ended(Duration.ofSeconds(SECONDS), 0);
                        assertThat(server.ledger().arrivals()).isEqualTo((long) rate * SECONDS);
                        assertThat(run.count("/total/count/ok")).isEqualTo((long) rate * SECONDS);
                        for (LogFacts.Start start : run.log().starts) {
                            assertThat(start.intendedNanos())
                                    .as("M09 intended start of user %d, in whole microseconds", start.userId())
                                    .isEqualTo((start.userId() - 1) * (1_000_000 / rate) * 1000);
                        }
                        return new Arrivals(
                                worstSecond(server, rate),
                                run.figure("/total/startDelay/p50"),
                                run.figure("/total/startDelay/p99"),
                                run.figure("/total/startDelay/max"),
                                Bunching.of(server));
                    }
                },
                figures -> {
                    Figures.print(
                            "M06",
                            "%d/s for %d s: total error 0, worst second %.0f of %d off; start delay p50 %.3f, p99 %.3f, max"
                                    + " %.3f ms",
                            rate,
                            SECONDS,
                            figures.worstSecond,
                            rate,
                            figures.p50,
                            figures.p99,
                            figures.max);
                    double[] gaps = figures.bunching.gapMillis;
                    Figures.print(
                            "M09",
                            "%d/s, intended gaps all %.3f ms; ledger's gaps p1 %.3f, p50 %.3f, p99 %.3f ms; more than 3 within"
                                    + " 100 us: %d of %d arrivals",
                            rate,
                            1000.0 / rate,
                            Figures.percentile(gaps, 1),
                            Figures.percentile(gaps, 50),
                            Figures.percentile(gaps, 99),
                            figures.bunching.bursts,
                            gaps.length + 1);
                    // What is due within a tick of 1 ms goes together, and no more.
                    assertThat(figures.p50).isLessThan(2);
                    if (rate <= 500) {
                        assertThat(figures.bunching.bursts).isLessThanOrEqualTo(gaps.length / 100);
                    }
                    assertThat(figures.worstSecond).isLessThanOrEqualTo(Math.max(1, rate / 100.0));
                });
    }

    @Test
    @Tag("onecore")
    void arriveOnFourThreadsToo() {
        try (TruthServer server = TruthServer.start()) {
            TrialRun run = trial(server, 500, 2, 9).onFourThreads().run();

            Invariants.hold(run)
                    .scheduled(1000)
                    .due("get", 1000)
                    .arrived(server.ledger())
                    .open()
                    .ended(Duration.ofSeconds(2), 0);
            assertThat(run.count("/total/count/ok")).isEqualTo(1000);
        }
    }

    private Trial trial(TruthServer server, int rate, int seconds, int number) {
        return Trial.of(Constant.class, results.resolve(rate + "-" + number))
                .with("url", server.url("/"))
                .with("rate", rate)
                .with("seconds", seconds);
    }

    /** Loads the classes: the start of a run is not held against it. */
    private void warmUp() {
        try (TruthServer server = TruthServer.start()) {
            trial(server, 300, 1, 0).run();
        }
    }

    /** By how many arrivals the second with the greatest error is off. Begins where the median of the arrivals puts it. */
    private static double worstSecond(TruthServer server, int rate) {
        long[] arrivals = server.ledger().entries().stream()
                .mapToLong(LedgerEntry::arrivalNanos)
                .toArray();
        double period = 1e9 / rate;
        double[] begins = new double[arrivals.length];
        for (int i = 0; i < arrivals.length; i++) {
            begins[i] = arrivals[i] - arrivals[0] - i * period;
        }
        // Half a period earlier, so that no arrival is due on an edge.
        double begin = Figures.percentile(begins, 50) - period / 2;
        long[] seconds = new long[SECONDS];
        for (long arrival : arrivals) {
            int second = (int) Math.floor((arrival - arrivals[0] - begin) / 1e9);
            seconds[Math.max(0, Math.min(SECONDS - 1, second))]++;
        }
        double worst = 0;
        for (long count : seconds) {
            worst = Math.max(worst, Math.abs(count - rate));
        }
        return worst;
    }
}
