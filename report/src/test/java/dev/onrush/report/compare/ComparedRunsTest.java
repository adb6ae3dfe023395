package dev.onrush.report.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.onrush.report.compare.SyntheticRuns.Kind;
import dev.onrush.report.compare.SyntheticRuns.Process;

class ComparedRunsTest {
    private static final Kind ONE = Kind.of(Process.LOGNORMAL, 1, 5000, 20);

    private final Comparison how = SyntheticRuns.how();

    @Test
    void tellsTheFiguresOfTheReport() {
        List<Long> times = new ArrayList<>();
        SyntheticRuns.run(ONE, 4, (name, end, ok, micros) -> times.add(micros));
        long[] sorted = times.stream().mapToLong(Long::longValue).sorted().toArray();

        RequestComparison request = compare(ONE, 4, ONE, 5).requests().get(0);

        assertThat(request.baselineCount()).isEqualTo(5000);
        assertThat(request.baselineThroughput()).isEqualTo(250);
        assertThat(request.of(Figure.MEAN).baseline())
                .isCloseTo(Arrays.stream(sorted).average().orElseThrow() / 1000, within(1e-9));
        assertThat(request.of(Figure.P95).baseline()).isBetween(sorted[4749] / 1000.0, sorted[4749] / 1000.0 * 1.001);
        assertThat(request.of(Figure.P99).baseline()).isBetween(sorted[4949] / 1000.0, sorted[4949] / 1000.0 * 1.001);
        assertThat(request.baselineMaxMillis()).isEqualTo(sorted[4999] / 1000.0);
    }

    /** Independent times: mean and median have errors that can be written down. */
    @Test
    void measuresTheErrorThatTheoryKnows() {
        Kind kind = Kind.of(Process.LOGNORMAL, 1, 20_000, 60);
        double meanError = Math.sqrt(Math.expm1(0.25) / 20_000 * 2);
        double medianError = Math.sqrt(Math.PI / 2 * 0.25 / 20_000 * 2);
        double mean = 0;
        double median = 0;
        int rounds = 10;

        for (int round = 0; round < rounds; round++) {
            RequestComparison request =
                    compare(kind, 2 * round, kind, 2 * round + 1).requests().get(0);
            mean += halfWidth(request.of(Figure.MEAN)) / rounds;
            median += halfWidth(request.of(Figure.P50)) / rounds;
        }

        // 8 tests on the page: 2.73 errors with a normal distribution, somewhat more with t and for likeness of blocks.
        assertThat(mean / meanError / 2.73).isBetween(1.0, 1.6);
        assertThat(median / medianError / 2.73).isBetween(1.0, 1.6);
    }

    private static double halfWidth(Difference difference) {
        return (Math.log1p(difference.upper() / 100) - Math.log1p(difference.lower() / 100)) / 2;
    }

    @Test
    void sameRunsAndSeedGiveTheSameFigures() {
        assertThat(compare(ONE, 1, ONE.slower(1.04), 2)).isEqualTo(compare(ONE, 1, ONE.slower(1.04), 2));
    }

    @Test
    void intervalsAgreeWithTheWords() {
        for (int seed = 0; seed < 10; seed++) {
            ComparedRuns compared = compare(
                    Kind.of(Process.STALLS, 3, 9000, 20),
                    seed,
                    Kind.of(Process.STALLS, 3, 9000, 20).slower(1 + seed * 0.02),
                    seed + 100);
            for (RequestComparison request : compared.requests()) {
                for (Difference difference : request.differences()) {
                    double floor = difference.figure().isTime() ? 1 : 0.1;
                    switch (difference.judgement()) {
                        case WORSE -> assertThat(difference.lower()).isGreaterThan(floor);
                        case BETTER -> assertThat(difference.upper()).isLessThan(0);
                        case EQUAL ->
                            assertThat(difference.upper() - difference.lower()).isLessThan(2 * floor);
                        case NOT_SHOWN -> assertThat(difference.smallestShift()).isGreaterThan(floor);
                        case TOO_FEW -> assertThat(difference.lower()).isNull();
                    }
                }
            }
        }
    }

    @Test
    void twiceAsSlowIsWorseAndHalfIsBetter() {
        assertThat(compare(ONE, 1, ONE.slower(2), 2).requests().get(0).differences().stream()
                        .filter(difference -> difference.figure().ordinal() < Figure.P99_9.ordinal())
                        .map(Difference::judgement))
                .containsOnly(Judgement.WORSE);
        assertThat(compare(ONE, 1, ONE.slower(0.5), 2)
                        .requests()
                        .get(0)
                        .of(Figure.P95)
                        .judgement())
                .isEqualTo(Judgement.BETTER);
    }

    @Test
    void aRareNameIsTooFewToSayAndCostsTheOthersNothing() {
        RunSlices before = SyntheticRuns.run(ONE, 1);
        RunSlices after = SyntheticRuns.run(ONE, 2);
        RequestName rare = new RequestName(List.of(), "rare");
        for (int i = 0; i < 49; i++) {
            before.add(rare, i * 300_000L, true, 5000);
            after.add(rare, i * 300_000L, true, 50_000);
        }

        ComparedRuns compared =
                ComparedRuns.of(List.of(new SlicedRun(before, 20)), List.of(new SlicedRun(after, 20)), how);

        RequestComparison request = compared.requests().get(1);
        assertThat(request.name()).isEqualTo(rare);
        assertThat(request.differences()).extracting(Difference::judgement).containsOnly(Judgement.TOO_FEW);
        assertThat(request.of(Figure.MEAN).difference()).isCloseTo(900, within(1e-9));
        assertThat(compared.tests()).isEqualTo(2 * 6);
    }

    @Test
    void whatHappenedInOneSecondOnlyIsTooFewToSay() {
        RunSlices before = SyntheticRuns.run(ONE, 1);
        RunSlices after = SyntheticRuns.run(ONE, 2);
        RequestName burst = new RequestName(List.of(), "burst");
        for (int i = 0; i < 1000; i++) {
            before.add(burst, 10_000_000L + i * 100, true, 5000 + i);
            after.add(burst, 10_000_000L + i * 100, true, 50_000 + i);
        }

        ComparedRuns compared =
                ComparedRuns.of(List.of(new SlicedRun(before, 20)), List.of(new SlicedRun(after, 20)), how);

        assertThat(compared.requests().get(1).differences())
                .extracting(Difference::judgement)
                .doesNotContain(Judgement.WORSE);
    }

    @Test
    void findsMoreFailuresAndSaysHowFewCouldHide() {
        RunSlices before = SyntheticRuns.run(ONE, 1);
        RunSlices after = new RunSlices();
        int[] number = {0};
        SyntheticRuns.run(ONE, 2, (name, end, ok, micros) -> after.add(name, end, ++number[0] % 50 != 0, micros));

        Difference worse = ComparedRuns.of(List.of(new SlicedRun(before, 20)), List.of(new SlicedRun(after, 20)), how)
                .requests()
                .get(0)
                .of(Figure.KO_PERCENT);
        Difference none = compare(ONE, 1, ONE, 3).requests().get(0).of(Figure.KO_PERCENT);

        assertThat(worse.judgement()).isEqualTo(Judgement.WORSE);
        assertThat(worse.difference()).isCloseTo(2, within(1e-9));
        assertThat(none.judgement()).isEqualTo(Judgement.NOT_SHOWN);
        assertThat(none.difference()).isZero();
        assertThat(none.smallestShift()).isBetween(0.1, 0.5);
        assertThat(none.upper()).isBetween(0.05, 0.5);
    }

    @Test
    void severalRunsOfASideCountAsRuns() {
        // Each run has a level of its own, 10 % apart: within each nothing varies as much.
        double[] levels = {0.9, 1.1, 1.0, 0.95, 1.05};
        List<SlicedRun> before = new ArrayList<>();
        List<SlicedRun> after = new ArrayList<>();
        for (int i = 0; i < levels.length; i++) {
            before.add(new SlicedRun(SyntheticRuns.run(ONE.slower(levels[i]), i), 20));
            after.add(new SlicedRun(SyntheticRuns.run(ONE.slower(1.1 * levels[i]), 50 + i), 20));
        }

        Difference pooled =
                ComparedRuns.of(before, after, how).requests().get(0).of(Figure.P50);
        Difference alone = ComparedRuns.of(before.subList(2, 3), after.subList(2, 3), how)
                .requests()
                .get(0)
                .of(Figure.P50);

        assertThat(alone.judgement()).isEqualTo(Judgement.WORSE);
        assertThat(pooled.judgement()).isEqualTo(Judgement.NOT_SHOWN);
        assertThat(pooled.upper() - pooled.lower()).isGreaterThan(2 * (alone.upper() - alone.lower()));
    }

    @Test
    void findsAcrossRunsWhatIsLargerThanTheirSpread() {
        List<SlicedRun> before = new ArrayList<>();
        List<SlicedRun> after = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            before.add(new SlicedRun(SyntheticRuns.run(ONE.slower(1 + 0.01 * i), i), 20));
            after.add(new SlicedRun(SyntheticRuns.run(ONE.slower(1.3 + 0.01 * i), 50 + i), 20));
        }

        assertThat(ComparedRuns.of(before, after, how)
                        .requests()
                        .get(0)
                        .of(Figure.P50)
                        .judgement())
                .isEqualTo(Judgement.WORSE);
    }

    @Test
    void namesWhatOnlyOneSideHas() {
        RunSlices before = SyntheticRuns.run(ONE, 1);
        RunSlices after = SyntheticRuns.run(ONE, 2);
        before.add(new RequestName(List.of("old"), "gone"), 5, true, 5);
        after.add(new RequestName(List.of(), "new"), 5, true, 5);

        ComparedRuns compared =
                ComparedRuns.of(List.of(new SlicedRun(before, 20)), List.of(new SlicedRun(after, 20)), how);

        assertThat(compared.requests()).hasSize(1);
        assertThat(compared.notCompared())
                .containsExactly(
                        new NotCompared(new RequestName(List.of("old"), "gone"), "only the baseline has it"),
                        new NotCompared(new RequestName(List.of(), "new"), "only the candidate has it"));
    }

    @Test
    void wrongOptionsAreRefusedAtTheirCall() {
        assertThatThrownBy(() -> Comparison.of(List.of(), List.of(Path.of("a"))))
                .hasMessage("compare: baselines names no run. Give the folder of at least one run.");
        assertThatThrownBy(() -> Comparison.of(List.of(Path.of("a")), List.of()))
                .hasMessage("compare: candidates names no run. Give the folder of at least one run.");
        assertThatThrownBy(() -> how.failIfWorseBy(-5))
                .hasMessage("compare: failIfWorseBy must be from 0 to 10000, was -5. Write 5 for 5 %.");
        assertThatThrownBy(() -> how.failIfWorseBy(Double.NaN))
                .hasMessage("compare: failIfWorseBy must be from 0 to 10000, was NaN. Write 5 for 5 %.");
        assertThatThrownBy(() -> how.practicalPercent(100.5))
                .hasMessage("compare: practicalPercent must be from 0 to 100, was 100.5. Write 1 for 1 %.");
        assertThatThrownBy(() -> how.replications(199))
                .hasMessage("compare: replications must be from 200 to 100000, was 199. 2000 are enough for most.");
    }

    private ComparedRuns compare(Kind before, long seed, Kind after, long otherSeed) {
        return ComparedRuns.of(
                List.of(new SlicedRun(SyntheticRuns.run(before, seed), before.seconds())),
                List.of(new SlicedRun(SyntheticRuns.run(after, otherSeed), after.seconds())),
                how);
    }
}
