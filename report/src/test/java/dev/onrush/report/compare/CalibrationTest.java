package dev.onrush.report.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import dev.onrush.report.compare.SyntheticRuns.Kind;
import dev.onrush.report.compare.SyntheticRuns.Process;

/**
 * Whether a page may be believed, on runs whose truth is known: how often equal sides are called different, without the help of
 * a practical floor, and how often a shift of 10 % is found. Seeds are fixed, so that an outcome is the same every time.
 */
class CalibrationTest {
    /** With a false-alarm rate of 5 % more than that in a thousand pages happen once in a hundred times. */
    private static final int MOST_ALARMS_OF_1000 = 66;

    @Test
    void equalSidesAreSeldomCalledDifferent() {
        int alarms = 0;
        for (Process process : Process.values()) {
            alarms += alarms(Kind.of(process, 2, 8000, 20), 30);
        }

        assertThat(alarms).isLessThanOrEqualTo(7); // of 150 pages
    }

    @ParameterizedTest
    @CsvSource({"1, 0.5, 9", "5, 0.5, 9", "1, 1, 8"})
    void aShiftOfTenPercentIsFound(int names, double sigma, int leastOfTen) {
        assertThat(Arrays.stream(found(names, sigma, 10)).min().orElseThrow()).isGreaterThanOrEqualTo(leastOfTen);
    }

    @Tag("nightly")
    @ParameterizedTest
    @EnumSource(Process.class)
    void equalSidesAreCalledDifferentOnAtMostOnePageInTwenty(Process process) {
        for (int names : new int[] {1, 5}) {
            for (double seconds : new double[] {60, 10}) {
                int alarms = alarms(Kind.of(process, names, 20_000, seconds), 1000);

                System.out.printf("%s, %d names, %.0f s: %d alarms on 1000 pages%n", process, names, seconds, alarms);
                assertThat(alarms).isLessThanOrEqualTo(MOST_ALARMS_OF_1000);
            }
        }
    }

    @Tag("nightly")
    @ParameterizedTest
    @CsvSource({"1, 0.5, 90", "5, 0.5, 90", "1, 1, 90", "5, 1, 65"})
    void aShiftOfTenPercentIsFoundAsOftenAsTold(int names, double sigma, int leastPercent) {
        int[] found = found(names, sigma, 1000);

        System.out.printf(
                "%d names, sigma %.1f, found of 1000: mean %d, p50 %d, p95 %d%n",
                names, sigma, found[0], found[1], found[2]);
        assertThat(Arrays.stream(found).min().orElseThrow()).isGreaterThanOrEqualTo(10 * leastPercent);
    }

    private static int alarms(Kind kind, int pages) {
        int alarms = 0;
        for (int page = 0; page < pages; page++) {
            ComparedRuns compared = SyntheticRuns.compare(kind, kind, page, 400, 0);
            alarms += compared.anyShown(Judgement.WORSE) || compared.anyShown(Judgement.BETTER) ? 1 : 0;
        }
        return alarms;
    }

    /** How often mean, p50 and p95 of all 20 000 requests are called worse. */
    private static int[] found(int names, double sigma, int pages) {
        Kind kind = Kind.of(Process.LOGNORMAL, names, 20_000, 60).withSigma(sigma);
        int[] found = new int[3];
        for (int page = 0; page < pages; page++) {
            RequestComparison all = SyntheticRuns.compare(kind, kind.slower(1.1), 5000 + page, 1000, 1)
                    .requests()
                    .get(0);
            found[0] += all.of(Figure.MEAN).judgement() == Judgement.WORSE ? 1 : 0;
            found[1] += all.of(Figure.P50).judgement() == Judgement.WORSE ? 1 : 0;
            found[2] += all.of(Figure.P95).judgement() == Judgement.WORSE ? 1 : 0;
        }
        return found;
    }
}
