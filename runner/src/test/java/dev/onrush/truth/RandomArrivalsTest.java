package dev.onrush.truth;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.http;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.onrush.core.injection.ArrivalProcess;
import dev.onrush.core.injection.ArrivalSchedule;
import dev.onrush.core.injection.ConstantRate;
import dev.onrush.core.injection.OpenProfile;
import dev.onrush.dsl.Simulation;
import dev.onrush.testkit.TruthServer;

/** Random arrivals are as random as they say, and the same again from the same seed (M08). */
class RandomArrivalsTest {
    private static final int RATE = 1000;
    private static final int SECONDS = 5;
    private static final long BIN_NANOS = 100_000_000;
    private static final int SEEDS = 40;

    @TempDir
    Path results;

    /**
     * One seed in twenty is below 0.05 by right. So not one seed is judged but forty: their p must be spread evenly
     * between 0 and 1. Arrivals too regular would crowd at 1, arrivals too wild at 0. Where the number of users is fixed the
     * gaps fit better than by chance, so there it is the instants that are judged: they must be spread evenly.
     */
    @ParameterizedTest
    @EnumSource(names = {"RANDOMIZED", "POISSON"})
    void arrivalsAreIndependentWhateverTheSeed(ArrivalProcess process) {
        OpenProfile profile = new OpenProfile(List.of(new ConstantRate(RATE, Duration.ofSeconds(SECONDS), process)));
        double[] fits = new double[SEEDS];
        double varianceOverMean = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            long[] starts = drain(profile.schedule(seed));
            fits[seed] = fit(process == ArrivalProcess.POISSON ? exponentialGaps(starts) : instants(starts));
            varianceOverMean += varianceOverMean(starts) / SEEDS;
        }
        boolean isReplayed = Arrays.equals(drain(profile.schedule(1)), drain(profile.schedule(1)));
        double overall = fit(fits.clone());
        double gaps = fit(exponentialGaps(drain(profile.schedule(1))));
        long below = Arrays.stream(fits).filter(p -> p < 0.05).count();

        Figures.print(
                "M08",
                "%s, %d/s for %d s: gaps of seed 1 against the exponential p = %.3f; p below 0.05 in %d of %d seeds (5 %% are %d),"
                        + " p of all those p %.3f; variance/mean per 100 ms %.3f; the same seed again is the same: %b",
                process,
                RATE,
                SECONDS,
                gaps,
                below,
                SEEDS,
                SEEDS / 20,
                overall,
                varianceOverMean,
                isReplayed);
        assertThat(overall).isGreaterThanOrEqualTo(0.05);
        assertThat(gaps).isGreaterThanOrEqualTo(0.05);
        // Of one seed, with 50 bins, it is good to 0.2.
        assertThat(varianceOverMean).isCloseTo(1, within(4 * 0.2 / Math.sqrt(SEEDS)));
        assertThat(isReplayed).isTrue();
    }

    /** Users who come at random instants. */
    static final class AtRandom extends Simulation {
        {
            setUp(
                            scenario("fixed number")
                                    .exec(http("fixed").get(Trial.text("url")))
                                    .injectOpen(
                                            constantUsersPerSec(200).during(1).randomized()),
                            scenario("any number")
                                    .exec(http("any").get(Trial.text("url")))
                                    .injectOpen(
                                            constantUsersPerSec(200).during(1).poisson()))
                    .seed(Trial.number("seed"));
        }
    }

    @Test
    void aRunNamesItsProcessAndItsSeedAndIsTheSameAgain() {
        try (TruthServer server = TruthServer.start()) {
            TrialRun first = run(server, "first", 4711);
            TrialRun again = run(server, "again", 4711);
            TrialRun other = run(server, "other", 4712);

            assertThat(starts(again)).isEqualTo(starts(first));
            assertThat(starts(other)).isNotEqualTo(starts(first));
            assertThat(first.log().header().values()).containsEntry("seed", "4711");
            assertThat(first.summary().at("/run/seed").asLong()).isEqualTo(4711);
            assertThat(first.log().header().values().values())
                    .anyMatch(text -> text.contains("200 users/s for 1 s, at random instants"))
                    .anyMatch(text -> text.contains("200 users/s for 1 s, as a Poisson process"));
            assertThat(first.folder().resolve("index.html"))
                    .content()
                    .contains("at random instants", "as a Poisson process");
            assertThat(first.log().starts)
                    .filteredOn(start -> start.scenario().equals("fixed number"))
                    .hasSize(200);
            Figures.print(
                    "M08",
                    "the same seed again: %d users, greatest difference of intended starts 0 ns; process and seed in log and page",
                    first.log().starts.size());
        }
    }

    private TrialRun run(TruthServer server, String folder, int seed) {
        TrialRun run = Trial.of(AtRandom.class, results.resolve(folder))
                .with("url", server.url("/"))
                .with("seed", seed)
                .run();
        Invariants.hold(run).open().ended(Duration.ofSeconds(1), 0);
        return run;
    }

    private static List<String> starts(TrialRun run) {
        return run.log().starts.stream()
                .map(start -> start.userId() + " " + start.scenario() + " " + start.intendedNanos())
                .sorted()
                .toList();
    }

    private static long[] drain(ArrivalSchedule schedule) {
        long[] starts = new long[2 * RATE * SECONDS];
        int count = 0;
        for (long at = schedule.next(); at != ArrivalSchedule.END; at = schedule.next()) {
            starts[count++] = at;
        }
        return Arrays.copyOf(starts, count);
    }

    /** Gaps, where an exponential of that rate puts them between 0 and 1. */
    private static double[] exponentialGaps(long[] starts) {
        double[] uniform = new double[starts.length];
        long before = 0;
        for (int user = 0; user < starts.length; user++) {
            uniform[user] = -Math.expm1(-(starts[user] - before) / 1e9 * RATE);
            before = starts[user];
        }
        return uniform;
    }

    /** Instants, where a constant rate puts them between 0 and 1. */
    private static double[] instants(long[] starts) {
        return Arrays.stream(starts).mapToDouble(at -> at / (SECONDS * 1e9)).toArray();
    }

    private static double varianceOverMean(long[] starts) {
        int[] counts = new int[(int) (SECONDS * 1_000_000_000L / BIN_NANOS)];
        for (long start : starts) {
            counts[(int) (start / BIN_NANOS)]++;
        }
        double mean = (double) starts.length / counts.length;
        double variance = 0;
        for (int count : counts) {
            variance += (count - mean) * (count - mean) / (counts.length - 1);
        }
        return variance / mean;
    }

    /** Kolmogorov-Smirnov: how probable so great a distance from the uniform distribution is by chance. Sorts. */
    private static double fit(double[] uniform) {
        Arrays.sort(uniform);
        double distance = 0;
        int n = uniform.length;
        for (int i = 0; i < n; i++) {
            distance = Math.max(distance, Math.max(uniform[i] - (double) i / n, (i + 1.0) / n - uniform[i]));
        }
        double scaled = (Math.sqrt(n) + 0.12 + 0.11 / Math.sqrt(n)) * distance;
        double p = 0;
        for (int k = 1; k <= 100; k++) {
            p += (k % 2 == 1 ? 2 : -2) * Math.exp(-2.0 * k * k * scaled * scaled);
        }
        return Math.max(0, Math.min(1, p));
    }
}
