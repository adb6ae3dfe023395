package dev.onrush.core.injection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.onrush.core.DefinitionException;

class OpenProfileTest {
    private static final long SEED = 42;

    @Test
    void spacesUsersOfAConstantRateEvenlyAndThenEnds() {
        ArrivalSchedule schedule =
                profile(new ConstantRate(4, Duration.ofSeconds(1))).schedule(SEED);

        assertThat(List.of(schedule.next(), schedule.next(), schedule.next(), schedule.next()))
                .containsExactly(0L, 250_000_000L, 500_000_000L, 750_000_000L);
        assertThat(schedule.next()).isEqualTo(ArrivalSchedule.END);
        assertThat(schedule.next()).isEqualTo(ArrivalSchedule.END);
    }

    @ParameterizedTest
    @CsvSource({"10, 1000", "1000, 10", "10000, 1"})
    void startsTenThousandUsersToTheNanosecond(double rate, long seconds) {
        List<Long> starts = starts(profile(new ConstantRate(rate, Duration.ofSeconds(seconds))));

        assertThat(starts).hasSize(10_000);
        long gap = (long) (1e9 / rate);
        for (int user = 0; user < starts.size(); user++) {
            assertThat(starts.get(user)).isEqualTo(user * gap);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 3, 7, 33.333333333333336, 99.99, 1234.567, 200_000})
    void roundsEachStartDownToTheNanosecondWhateverTheRate(double rate) {
        List<Long> starts = starts(profile(new ConstantRate(rate, Duration.ofSeconds(30))));

        for (int user = 0; user < starts.size(); user += 1 + starts.size() / 997) {
            BigDecimal exact = BigDecimal.valueOf(user)
                    .multiply(BigDecimal.valueOf(1_000_000_000))
                    .divide(BigDecimal.valueOf(rate), 0, RoundingMode.FLOOR);
            assertThat(starts.get(user)).isEqualTo(exact.longValueExact());
        }
    }

    @Test
    void startsTheUsersOfARampWhereItsIntegralPassesWholeNumbers() {
        // 0 to 2/s over 1 s: the integral is t², so user k starts at √k s.
        assertThat(starts(profile(new RampRate(0, 2, Duration.ofSeconds(1))))).containsExactly(0L);
        assertThat(starts(profile(new RampRate(0, 8, Duration.ofSeconds(2)))))
                .containsExactly(
                        0L,
                        707_106_781L,
                        1_000_000_000L,
                        1_224_744_871L,
                        1_414_213_562L,
                        1_581_138_830L,
                        1_732_050_807L,
                        1_870_828_693L);
    }

    @Test
    void startsTheUsersOfAFallingRampUntilItsVeryEnd() {
        // 8/s to 0 over 2 s, mirrored: the integral is 8t − 2t².
        List<Long> starts = starts(profile(new RampRate(8, 0, Duration.ofSeconds(2))));

        assertThat(starts).hasSize(8);
        assertThat(starts.get(0)).isZero();
        assertThat(starts.get(7)).isEqualTo((long) ((2 - Math.sqrt(0.5)) * 1e9));
    }

    @Test
    void losesNoFractionOfAUserBetweenRateSteps() {
        OpenProfile profile = profile(
                new ConstantRate(0.5, Duration.ofSeconds(1)),
                new ConstantRate(0.5, Duration.ofSeconds(1)),
                new ConstantRate(0.5, Duration.ofSeconds(2)));

        assertThat(starts(profile)).containsExactly(0L, 2_000_000_000L);
        assertThat(profile.users(SEED)).isEqualTo(2);
    }

    @Test
    void waitsOutAPlateauOfRateZero() {
        OpenProfile profile = profile(
                new ConstantRate(1, Duration.ofSeconds(1)),
                new ConstantRate(0, Duration.ofSeconds(5)),
                new ConstantRate(1, Duration.ofSeconds(1)));

        assertThat(starts(profile)).containsExactly(0L, 6_000_000_000L);
    }

    @ParameterizedTest
    @CsvSource({"3.4, 3", "3.5, 4", "3.6, 4", "0.4, 0", "0.5, 1", "0, 0"})
    void roundsTheNumberOfUsersHalfUp(double rate, int users) {
        OpenProfile profile = profile(new ConstantRate(rate, Duration.ofSeconds(1)));

        assertThat(profile.users(SEED)).isEqualTo(users);
        assertThat(starts(profile)).hasSize(users);
    }

    @Test
    void startsUsersAtOnceAndOverATime() {
        OpenProfile profile = profile(
                new NothingFor(Duration.ofSeconds(1)), new AtOnceUsers(2), new RampUsers(3, Duration.ofSeconds(1)));

        assertThat(starts(profile))
                .containsExactly(1_000_000_000L, 1_000_000_000L, 1_000_000_000L, 1_333_333_333L, 1_666_666_666L);
    }

    @Test
    void buildsAStaircaseWithoutRamps() {
        var stairs = new StaircaseRate(10, 3, Duration.ofSeconds(2), 5, Duration.ZERO);

        assertThat(stairs.durationNanos()).isEqualTo(6_000_000_000L);
        assertThat(profile(stairs).users(SEED)).isEqualTo(2 * 5 + 2 * 15 + 2 * 25);
    }

    @Test
    void putsARampBeforeEachLevelOfAStaircaseFromZero() {
        var stairs = new StaircaseRate(10, 2, Duration.ofSeconds(2), 0, Duration.ofSeconds(1));

        assertThat(stairs.durationNanos()).isEqualTo(6_000_000_000L);
        assertThat(profile(stairs).users(SEED)).isEqualTo(5 + 20 + 15 + 40);
    }

    @Test
    void putsRampsBetweenTheLevelsOfAStaircaseFromAbove() {
        var stairs = new StaircaseRate(10, 2, Duration.ofSeconds(2), 5, Duration.ofSeconds(1));

        assertThat(stairs.durationNanos()).isEqualTo(5_000_000_000L);
        assertThat(profile(stairs).users(SEED)).isEqualTo(10 + 10 + 30);
    }

    @Test
    void smoothsAPeakAroundItsMiddle() {
        List<Long> starts = starts(profile(new StressPeakUsers(101, Duration.ofSeconds(10))));

        assertThat(starts).hasSize(101).isSorted();
        assertThat(starts.get(0)).isZero();
        assertThat(starts.get(50)).isEqualTo(5_000_000_000L);
        assertThat(starts.get(100)).isEqualTo(10_000_000_000L);
        assertThat(starts.get(51) - starts.get(50)).isLessThan(starts.get(1) - starts.get(0));
    }

    @Test
    void startsTheOneUserOfAPeakInItsMiddle() {
        assertThat(starts(profile(new StressPeakUsers(1, Duration.ofSeconds(10)))))
                .containsExactly(5_000_000_000L);
    }

    @Test
    void keepsTheNumberOfRandomizedUsersAndRepeatsThemBySeed() {
        OpenProfile profile = profile(new ConstantRate(100, Duration.ofSeconds(10), ArrivalProcess.RANDOMIZED));

        List<Long> starts = starts(profile);

        assertThat(starts).hasSize(1000).isSorted();
        assertThat(starts.get(999)).isLessThan(10_000_000_000L);
        assertThat(drain(profile.schedule(SEED))).isEqualTo(starts);
        assertThat(drain(profile.schedule(SEED + 1))).isNotEqualTo(starts);
    }

    @Test
    void spreadsRandomizedUsersUniformlyUnderTheRate() {
        List<Long> starts = starts(profile(new RampRate(0, 2000, Duration.ofSeconds(10), ArrivalProcess.RANDOMIZED)));

        // Under a ramp from 0, (t/d)² is uniform.
        double distance = kolmogorovSmirnov(
                starts.stream().mapToDouble(t -> Math.pow(t / 1e10, 2)).sorted().toArray());
        assertThat(distance * Math.sqrt(starts.size())).isLessThan(1.358);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void letsPoissonUsersComeIndependently(long seed) {
        List<Long> starts = drain(profile(new ConstantRate(1000, Duration.ofSeconds(20), ArrivalProcess.POISSON))
                .schedule(seed));

        double[] uniform = new double[starts.size()];
        long before = 0;
        for (int user = 0; user < uniform.length; user++) {
            uniform[user] = 1 - Math.exp(-(starts.get(user) - before) / 1e9 * 1000);
            before = starts.get(user);
        }
        java.util.Arrays.sort(uniform);
        assertThat(kolmogorovSmirnov(uniform) * Math.sqrt(uniform.length)).isLessThan(1.628);
        assertThat(varianceOverMean(starts, 100_000_000L, 200)).isCloseTo(1, within(0.35));
    }

    @Test
    void countsPoissonUsersOfItsSeed() {
        OpenProfile profile = profile(new ConstantRate(100, Duration.ofSeconds(10), ArrivalProcess.POISSON));

        assertThat(profile.users(SEED)).isEqualTo(starts(profile).size()).isNotEqualTo(1000);
    }

    @Test
    void keepsCountAndOrderForTenThousandRandomProfiles() {
        long seed = 20261123;
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 10_000; round++) {
            OpenProfile profile = randomProfile(random);
            ArrivalSchedule schedule = profile.schedule(round);
            long count = 0;
            long last = 0;
            for (long at = schedule.next(); at != ArrivalSchedule.END; at = schedule.next()) {
                assertThat(at)
                        .as("seed %d, round %d, %s", seed, round, profile.describe())
                        .isGreaterThanOrEqualTo(last);
                last = at;
                count++;
            }
            assertThat(count)
                    .as("seed %d, round %d, %s", seed, round, profile.describe())
                    .isEqualTo(profile.users(round));
            if (count > 0) {
                assertThat(last).isLessThanOrEqualTo(profile.durationNanos());
            }
        }
    }

    @Test
    void staysExactOverThirtyDays() {
        ArrivalSchedule schedule =
                profile(new RampRate(0.001, 0.003, Duration.ofDays(30))).schedule(SEED);
        var line = RateCurve.line(0.001, 0.003, Duration.ofDays(30).toNanos())
                .lines()
                .get(0);

        int user = 0;
        for (long at = schedule.next(); at != ArrivalSchedule.END; at = schedule.next()) {
            BigDecimal k = BigDecimal.valueOf(user++);
            assertThat(line.atMost(k, at)).isTrue();
            assertThat(line.atMost(k, at + 1)).isFalse();
        }
        assertThat(user).isEqualTo(5184);
    }

    @Test
    void drawsItsShapeInUsersPerSecond() {
        double[] shape = profile(
                        new RampRate(0, 10, Duration.ofSeconds(10)), new ConstantRate(10, Duration.ofSeconds(10)))
                .shape(4);

        assertThat(shape).containsExactly(new double[] {2.5, 7.5, 10, 10}, within(1e-9));
    }

    @Test
    void saysThatARampAtTheEndHasNoSteadyState() {
        assertThat(profile(new RampRate(0, 9, Duration.ofSeconds(60))).remark())
                .contains("The ramp ends with the run: there is no steady state, so percentiles mix load levels."
                        + " Let a constant rate follow it.");
        assertThat(profile(new RampRate(0, 9, Duration.ofSeconds(60)), new ConstantRate(9, Duration.ofSeconds(60)))
                        .remark())
                .isEmpty();
    }

    @Test
    void describesItselfInWords() {
        assertThat(profile(
                                new NothingFor(Duration.ofSeconds(5)),
                                new RampRate(0, 9, Duration.ofMinutes(1)),
                                new ConstantRate(2.5, Duration.ofMillis(1500), ArrivalProcess.POISSON))
                        .describe())
                .isEqualTo("nobody for 5 s, then 0 to 9 users/s over 1 min,"
                        + " then 2.5 users/s for 1.5 s, as a Poisson process");
    }

    @Test
    void refusesWhatIsNoRate() {
        assertThatThrownBy(() -> new ConstantRate(Double.NaN, Duration.ofSeconds(1)))
                .isInstanceOf(DefinitionException.class)
                .hasMessage("constantUsersPerSec: rate must be a finite number of 0 or more, was NaN.");
        assertThatThrownBy(() -> new RampRate(-1, 1, Duration.ofSeconds(1)))
                .hasMessage("rampUsersPerSec: rate must be a finite number of 0 or more, was -1.0.");
        assertThatThrownBy(() -> new RampUsers(1, Duration.ZERO))
                .hasMessage("rampUsers: duration must be positive, was PT0S.");
    }

    private static OpenProfile profile(OpenStep... steps) {
        return new OpenProfile(List.of(steps));
    }

    private static List<Long> starts(OpenProfile profile) {
        return drain(profile.schedule(SEED));
    }

    private static List<Long> drain(ArrivalSchedule schedule) {
        List<Long> starts = new ArrayList<>();
        for (long at = schedule.next(); at != ArrivalSchedule.END; at = schedule.next()) {
            starts.add(at);
        }
        return starts;
    }

    private static OpenProfile randomProfile(SplittableRandom random) {
        List<OpenStep> steps = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            Duration duration = Duration.ofNanos(1 + random.nextLong(3_000_000_000L));
            double rate = random.nextInt(4) == 0 ? 0 : random.nextDouble() * 20;
            double other = random.nextInt(4) == 0 ? 0 : random.nextDouble() * 20;
            ArrivalProcess process = ArrivalProcess.values()[random.nextInt(3)];
            steps.add(
                    switch (random.nextInt(7)) {
                        case 0 -> new NothingFor(duration);
                        case 1 -> new AtOnceUsers(random.nextInt(5));
                        case 2 -> new RampUsers(random.nextInt(30), duration);
                        case 3 -> new StressPeakUsers(random.nextInt(30), duration);
                        case 4 -> new ConstantRate(rate, duration, process);
                        case 5 -> new RampRate(rate, other, duration, process);
                        default ->
                            new StaircaseRate(
                                    rate,
                                    1 + random.nextInt(3),
                                    duration,
                                    other,
                                    random.nextBoolean() ? duration : Duration.ZERO);
                    });
        }
        return new OpenProfile(steps);
    }

    private static double kolmogorovSmirnov(double[] sortedUniform) {
        double distance = 0;
        for (int i = 0; i < sortedUniform.length; i++) {
            distance = Math.max(distance, Math.abs(sortedUniform[i] - (double) i / sortedUniform.length));
            distance = Math.max(distance, Math.abs(sortedUniform[i] - (i + 1.0) / sortedUniform.length));
        }
        return distance;
    }

    private static double varianceOverMean(List<Long> starts, long binNanos, int bins) {
        int[] counts = new int[bins];
        for (long start : starts) {
            counts[(int) (start / binNanos)]++;
        }
        double mean = (double) starts.size() / bins;
        double variance = 0;
        for (int count : counts) {
            variance += (count - mean) * (count - mean) / (bins - 1);
        }
        return variance / mean;
    }
}
