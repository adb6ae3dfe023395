package dev.onrush.core.injection;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What profiles say of themselves: words, highest rate, users so far, the shape that is drawn. */
class ProfileFiguresTest {
    private static final long SECOND = 1_000_000_000;

    static Stream<Arguments> steps() {
        return Stream.of(
                Arguments.of(new NothingFor(ofHours(2)), "nobody for 2 h", 0.0, false),
                Arguments.of(new AtOnceUsers(1), "1 user at once", 1.0, false),
                Arguments.of(new AtOnceUsers(12), "12 users at once", 12.0, false),
                Arguments.of(new RampUsers(30, ofMinutes(1)), "30 users over 1 min", 0.5, false),
                Arguments.of(new ConstantRate(4, ofMillis(900)), "4 users/s for 900 ms", 4.0, false),
                Arguments.of(new RampRate(3, 9, ofSeconds(90)), "3 to 9 users/s over 90 s", 9.0, true),
                Arguments.of(new RampRate(9, 3, ofSeconds(61)), "9 to 3 users/s over 61 s", 9.0, true),
                Arguments.of(new RampRate(9, 9, ofSeconds(61)), "9 to 9 users/s over 61 s", 9.0, false),
                Arguments.of(
                        new StaircaseRate(2, 3, ofSeconds(5), 1, Duration.ZERO),
                        "3 levels of 5 s, each 2 users/s above the last, from 1",
                        5.0,
                        false),
                Arguments.of(
                        new StaircaseRate(2, 3, ofSeconds(5), 0, ofSeconds(1)),
                        "3 levels of 5 s, each 2 users/s above the last, from 0, ramps of 1 s",
                        6.0,
                        false));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void tellTheirWordsAndTheirHighestRate(OpenStep step, String words, double peakRate, boolean isRamp) {
        OpenProfile profile = profile(step);

        assertThat(profile.describe()).isEqualTo(words);
        assertThat(profile.peakRate()).isCloseTo(peakRate, within(1e-9));
        assertThat(profile.remark().isPresent()).isEqualTo(isRamp);
    }

    @Test
    void tellTheHighestOfTheirSteps() {
        assertThat(profile(new ConstantRate(2, ofSeconds(1)), new AtOnceUsers(7), new RampUsers(3, ofSeconds(1)))
                        .peakRate())
                .isEqualTo(7);
    }

    @Test
    void addUpWhoComesAtOneInstant() {
        assertThat(profile(
                                new AtOnceUsers(3),
                                new AtOnceUsers(4),
                                new NothingFor(ofSeconds(1)),
                                new AtOnceUsers(5),
                                new ConstantRate(100, ofSeconds(1)))
                        .mostAtOnce())
                .isEqualTo(7);
        assertThat(profile(new ConstantRate(100, ofSeconds(1))).mostAtOnce()).isZero();
    }

    @Test
    void countUsersUpToAnInstant() {
        assertThat(new RampUsers(10, ofSeconds(4)).usersBefore(SECOND)).isEqualTo(2.5);
        assertThat(new AtOnceUsers(3).usersBefore(0)).isEqualTo(3);
        assertThat(new NothingFor(ofSeconds(1)).usersBefore(SECOND)).isZero();
        RateCurve curve = new RampRate(0, 10, ofSeconds(10)).curve().then(new ConstantRate(10, ofSeconds(10)).curve());
        assertThat(curve.usersBefore(0)).isZero();
        assertThat(curve.usersBefore(5 * SECOND)).isCloseTo(12.5, within(1e-9));
        assertThat(curve.usersBefore(10 * SECOND)).isCloseTo(50, within(1e-9));
        assertThat(curve.usersBefore(15 * SECOND)).isCloseTo(100, within(1e-9));
        assertThat(curve.usersBefore(99 * SECOND)).isCloseTo(150, within(1e-9));
    }

    @Test
    void findTheInstantOfSoManyUsers() {
        RateCurve curve = new RampRate(0, 10, ofSeconds(10)).curve().then(new ConstantRate(10, ofSeconds(10)).curve());

        assertThat(curve.invert(12.5)).isCloseTo(5 * SECOND, within(2L));
        assertThat(curve.invert(50)).isCloseTo(10 * SECOND, within(2L));
        assertThat(curve.invert(60)).isCloseTo(11 * SECOND, within(2L));
        assertThat(curve.invert(150)).isEqualTo(20 * SECOND);
    }

    @Test
    void drawStepsOfEveryKindInUsersPerSecond() {
        double[] shape = profile(
                        new AtOnceUsers(6),
                        new NothingFor(ofSeconds(2)),
                        new RampUsers(8, ofSeconds(4)),
                        new AtOnceUsers(2),
                        new NothingFor(ofSeconds(2)))
                .shape(4);

        assertThat(shape[0]).isCloseTo(3, within(1e-9));
        assertThat(shape[1]).isCloseTo(2, within(1e-9));
        double all = 0;
        for (double rate : shape) {
            all += rate * 2;
        }
        assertThat(all).isGreaterThanOrEqualTo(16 - 1e-9);
    }

    @Test
    void aPeakIsHighestInItsMiddle() {
        StressPeakUsers peak = new StressPeakUsers(101, ofSeconds(10));
        OpenProfile profile = profile(peak);

        assertThat(profile.describe()).isEqualTo("101 users as a smoothed peak over 10 s");
        assertThat(profile.remark()).isPresent();
        assertThat(peak.usersBefore(0)).isZero();
        assertThat(peak.usersBefore(5 * SECOND)).isEqualTo(50);
        assertThat(peak.usersBefore(5 * SECOND + 1)).isEqualTo(51);
        assertThat(peak.usersBefore(10 * SECOND + 1)).isEqualTo(101);
        ArrivalSchedule schedule = profile.schedule(1);
        long before = schedule.next();
        double least = Double.MAX_VALUE;
        for (long at = schedule.next(); at != ArrivalSchedule.END; at = schedule.next()) {
            least = Math.min(least, at - before);
            before = at;
        }
        assertThat(profile.peakRate()).isCloseTo(1e9 / least, within(0.01));
        assertThat(new StressPeakUsers(1, ofSeconds(4)).peakRate()).isEqualTo(0.25);
        assertThat(new StressPeakUsers(0, ofSeconds(4)).peakRate()).isZero();
        double[] shape = profile.shape(5);
        assertThat(shape[2]).isGreaterThan(shape[1]).isGreaterThan(shape[3]);
        assertThat(shape[0]).isCloseTo(shape[4], within(0.51));
    }

    @Test
    void spacedUsersAreExactBeyondSixtyFourBits() {
        Duration year = Duration.ofDays(365);
        SpacedSchedule schedule = new SpacedSchedule(3, year.toNanos());

        assertThat(List.of(schedule.next(), schedule.next(), schedule.next(), schedule.next()))
                .containsExactly(0L, year.toNanos() / 3, year.toNanos() / 3 * 2, ArrivalSchedule.END);
        // 300 users over 292 years: the product of the last does not fit 64 bits.
        long length = Long.MAX_VALUE / 2;
        SpacedSchedule long300 = new SpacedSchedule(300, length);
        for (int k = 0; k < 300; k++) {
            assertThat(long300.next())
                    .isEqualTo(BigInteger.valueOf(length)
                            .multiply(BigInteger.valueOf(k))
                            .divide(BigInteger.valueOf(300))
                            .longValueExact());
        }
        assertThat(long300.next()).isEqualTo(ArrivalSchedule.END);
    }

    @Test
    void sourcesOfRandomnessDifferByStepAndBySeed() {
        OpenProfile twice = profile(
                new ConstantRate(50, ofSeconds(2), ArrivalProcess.RANDOMIZED),
                new NothingFor(ofSeconds(1)),
                new ConstantRate(50, ofSeconds(2), ArrivalProcess.RANDOMIZED));
        List<Long> all = starts(twice, 7);

        assertThat(all).hasSize(200).isNotEqualTo(starts(twice, 8)).isSorted();
        List<Long> first = all.subList(0, 100);
        List<Long> second =
                all.subList(100, 200).stream().map(at -> at - 3 * SECOND).toList();
        assertThat(second).isNotEqualTo(first).allMatch(at -> at >= 0 && at < 2 * SECOND);
    }

    @Test
    void closedProfilesTellTheirLengthTheirWordsAndTheirShape() {
        ClosedProfile profile = new ClosedProfile(List.of(
                new ConstantConcurrent(4, ofSeconds(4)),
                new RampConcurrent(4, 12, ofSeconds(4)),
                new ConstantConcurrent(1, ofSeconds(8))));

        assertThat(profile.durationNanos()).isEqualTo(16 * SECOND);
        assertThat(profile.describe())
                .isEqualTo("4 users present for 4 s, then 4 to 12 users present over 4 s, then 1 user present for 8 s");
        assertThat(profile.peak()).isEqualTo(12);
        assertThat(profile.shape(8)).containsExactly(4, 4, 6, 10, 1, 1, 1, 1);
        assertThat(List.of(
                        profile.target(0),
                        profile.target(4 * SECOND - 1),
                        profile.target(6 * SECOND),
                        profile.target(8 * SECOND - 1),
                        profile.target(8 * SECOND),
                        profile.target(16 * SECOND - 1),
                        profile.target(16 * SECOND)))
                .containsExactly(4, 4, 8, 11, 1, 1, 0);
    }

    @Test
    void aClosedRampAtTheEndHasNoSteadyState() {
        String closed = "In a closed model the target's slowness lowers the load: a user waits for its answer.";

        assertThat(new ClosedProfile(List.of(new RampConcurrent(1, 9, ofSeconds(1)))).remark())
                .contains(closed + " The ramp ends with the run: there is no steady state.");
        assertThat(new ClosedProfile(List.of(new RampConcurrent(9, 9, ofSeconds(1)))).remark())
                .contains(closed);
    }

    @Test
    void closedStaircasesRampFirstWhenTheyBeginWithNobody() {
        assertThat(ClosedProfile.staircase(5, 2, ofSeconds(10), 0, ofSeconds(2)))
                .containsExactly(
                        new RampConcurrent(0, 5, ofSeconds(2)),
                        new ConstantConcurrent(5, ofSeconds(10)),
                        new RampConcurrent(5, 10, ofSeconds(2)),
                        new ConstantConcurrent(10, ofSeconds(10)));
        assertThat(ClosedProfile.staircase(5, 2, ofSeconds(10), 0, Duration.ZERO))
                .containsExactly(new ConstantConcurrent(0, ofSeconds(10)), new ConstantConcurrent(5, ofSeconds(10)));
    }

    @Test
    void closedStepsRiseWhereASecondOneBegins() {
        ClosedProfile profile = new ClosedProfile(List.of(
                new ConstantConcurrent(2, ofSeconds(1)),
                new RampConcurrent(2, 4, ofSeconds(2)),
                new RampConcurrent(8, 2, ofSeconds(1)),
                new ConstantConcurrent(3, ofSeconds(1))));

        assertThat(profile.nextRise(-1)).isZero();
        assertThat(profile.nextRise(0)).isEqualTo(2 * SECOND);
        assertThat(profile.nextRise(2 * SECOND)).isEqualTo(3 * SECOND);
        assertThat(profile.nextRise(3 * SECOND)).isEqualTo(Long.MAX_VALUE);
        assertThat(new RampConcurrent(5, 5, ofSeconds(1)).nextRise(0)).isEqualTo(Long.MAX_VALUE);
    }

    private static List<Long> starts(OpenProfile profile, long seed) {
        ArrivalSchedule schedule = profile.schedule(seed);
        return Stream.iterate(schedule.next(), at -> at != ArrivalSchedule.END, at -> schedule.next())
                .toList();
    }

    private static OpenProfile profile(OpenStep... steps) {
        return new OpenProfile(List.of(steps));
    }
}
