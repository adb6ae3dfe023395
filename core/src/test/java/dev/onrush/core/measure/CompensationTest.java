package dev.onrush.core.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class CompensationTest {
    private static TimesFold fold(long... micros) {
        TimesFold fold = new TimesFold(new HistogramBudget(1));
        for (long value : micros) {
            fold.add(value);
        }
        return fold;
    }

    @Test
    void putsBackWhatWasNotAskedInOneLongWait() {
        TimesFold recorded = fold(100_000_000);
        for (int i = 0; i < 10_000; i++) {
            recorded.add(1_000);
        }

        Compensated compensated = Compensation.of(recorded.times(), 10_000);

        Times times = compensated.responseTime();
        System.out.printf(
                "FIGURE M02 10000 x 1 ms + 100 s, expected interval 10 ms: corrected count %d, p50 %.3f ms, p99 %.3f s%n",
                times.count(), times.percentileMicros(50) / 1e3, times.percentileMicros(99) / 1e6);
        assertThat(times.count()).isEqualTo(20_000);
        assertThat(compensated.added()).isEqualTo(9_999);
        assertThat(compensated.intervalMicros()).isEqualTo(10_000);
        assertThat(times.countUpTo(5_000)).isEqualTo(10_000);
        assertThat(times.percentileMicros(50)).isEqualTo(1_000);
        // The 9 800th of 10 000 waits of 10 ms, 20 ms … 100 s.
        assertThat(times.percentileMicros(99)).isBetween(98_000_000L, 98_098_000L);
        assertThat(times.minMicros()).isEqualTo(1_000);
        assertThat(times.maxMicros()).isEqualTo(100_000_000);
        // 10 000 waits of 1 ms, and those from 10 ms to 100 s, 50.005 s on the average.
        assertThat(times.meanMicros()).isCloseTo((1_000 + 50_005_000) / 2.0, within(1.0));
        assertThat(recorded.times().count()).as("what was recorded stays").isEqualTo(10_001);
    }

    @Test
    void addsOneRequestForEachIntervalThatFitsBesideTheOneRecorded() {
        for (long seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            long[] values = new long[1 + random.nextInt(100)];
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextInt(1 + random.nextInt(5_000_000));
            }
            long interval = 1 + random.nextInt(1 + random.nextInt(1_000_000)) + (seed % 2 == 0 ? 1_000 : 10_000);
            Times recorded = fold(values).times();

            Compensated compensated = Compensation.of(recorded, interval);

            long[] expected = oneByOne(recorded, interval);
            Times times = compensated.responseTime();
            assertThat(times.count()).as("seed %d", seed).isEqualTo(expected.length);
            assertThat(compensated.added()).isEqualTo(expected.length - values.length);
            assertThat(times.minMicros()).isEqualTo(Math.min(expected[0], recorded.minMicros()));
            assertThat(times.maxMicros()).isEqualTo(recorded.maxMicros());
            for (double percentile : new double[] {10, 50, 90, 99, 100}) {
                long exact = expected[(int) Math.max(0, Math.ceil(percentile * expected.length / 100 - 1e-9) - 1)];
                assertThat(times.percentileMicros(percentile))
                        .as("seed %d, p%s", seed, percentile)
                        .isBetween(Math.min(exact, recorded.maxMicros()), exact + exact / 1000);
            }
            double mean = Arrays.stream(expected).average().orElseThrow();
            assertThat(times.meanMicros()).as("seed %d", seed).isCloseTo(mean, within(mean / 1000));
            double deviation = Math.sqrt(Arrays.stream(expected)
                    .mapToDouble(value -> (value - mean) * (value - mean))
                    .average()
                    .orElseThrow());
            assertThat(times.stdDevMicros()).as("seed %d", seed).isCloseTo(deviation, within(deviation / 500 + 1));
        }
    }

    /** The definition, without any cleverness. */
    private static long[] oneByOne(Times recorded, long interval) {
        long[] all = new long[8_000_000];
        int size = 0;
        for (int i = 0; i < recorded.buckets(); i++) {
            long value = Math.min(recorded.maxMicros(), recorded.bucketUpperMicros(i));
            for (long count = recorded.bucketCount(i); count > 0; count--) {
                all[size++] = value;
                for (long missing = value - interval; missing >= interval; missing -= interval) {
                    all[size++] = missing;
                }
            }
        }
        long[] sorted = Arrays.copyOf(all, size);
        Arrays.sort(sorted);
        return sorted;
    }

    /** HdrHistogram corrects from the upper edge of a bucket, also above the greatest; the numbers agree but for that. */
    @Test
    void agreesWithTheCorrectionOfHdrHistogramButForTheEdgeOfTheGreatest() {
        long onTheLowerEdge = 1L << 26;
        Histogram theirs = new Histogram(3);
        theirs.recordValue(onTheLowerEdge);
        Histogram corrected = theirs.copyCorrectedForCoordinatedOmission(10_000);

        Compensated ours = Compensation.of(fold(onTheLowerEdge).times(), 10_000);

        assertThat(ours.added()).isEqualTo(onTheLowerEdge / 10_000 - 1).isEqualTo(6_709);
        assertThat(corrected.getTotalCount() - 1).isEqualTo(6_716);
        for (int percentile = 5; percentile < 100; percentile += 5) {
            assertThat((double) ours.responseTime().percentileMicros(percentile))
                    .isCloseTo(corrected.getValueAtPercentile(percentile), within(0.003 * onTheLowerEdge));
        }
    }

    @Test
    void addsNothingToWaitsBelowTwoIntervals() {
        Compensated compensated = Compensation.of(fold(1, 500, 1_999).times(), 1_000);

        assertThat(compensated.added()).isZero();
        assertThat(compensated.responseTime().count()).isEqualTo(3);
        assertThat(Compensation.of(Times.EMPTY, 1_000).responseTime()).isEqualTo(Times.EMPTY);
    }

    @Test
    void refusesAnIntervalOfNothing() {
        assertThatThrownBy(() -> Compensation.of(fold(1).times(), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the expected interval must be at least 1 µs, was 0.");
    }

    @Test
    void takesNoLongerForAnHourThanForASecond() {
        Compensated compensated =
                Compensation.of(fold(50L * 24 * 3600 * 1_000_000).times(), 1);

        assertThat(compensated.added()).isEqualTo(50L * 24 * 3600 * 1_000_000 - 1);
        assertThat((double) compensated.responseTime().percentileMicros(50))
                .isCloseTo(25.0 * 24 * 3600 * 1_000_000, within(25.0 * 24 * 3600 * 1_000));
    }
}
