package dev.onrush.core.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {
    private static final double[] PERCENTILES = {0, 1, 5, 25, 50, 75, 90, 95, 99, 99.9, 99.99, 100};

    private static TimesFold fold(long... micros) {
        TimesFold fold = new TimesFold(new HistogramBudget(1));
        for (long value : micros) {
            fold.add(value);
        }
        return fold;
    }

    @Test
    void givesTheNearestRankOfAnyData() {
        for (long seed = 0; seed < 1000; seed++) {
            Random random = new Random(seed);
            int count = 1 + random.nextInt(seed % 10 == 0 ? 5000 : 200);
            int bits = 1 + random.nextInt(40);
            long[] values = new long[count];
            for (int i = 0; i < count; i++) {
                values[i] = random.nextInt(4) == 0 ? random.nextInt(50) : random.nextLong() >>> (64 - bits);
            }

            Times times = fold(values).times();

            Arrays.sort(values);
            for (double percentile : PERCENTILES) {
                int rank = percentile == 0 ? 1 : nearestRank(percentile, count);
                long exact = values[rank - 1];
                assertThat(times.percentileMicros(percentile))
                        .as("seed %d, p%s of %d values", seed, percentile, count)
                        .isBetween(exact, exact + exact / 1000);
            }
            assertThat(times.minMicros()).isEqualTo(values[0]);
            assertThat(times.maxMicros()).isEqualTo(values[count - 1]);
            assertThat(times.percentileMicros(100)).isEqualTo(times.maxMicros());
        }
    }

    @Test
    void hasTheBucketsOfHdrHistogram() {
        Random random = new Random(7);
        Histogram reference = new Histogram(3);
        TimesFold fold = fold();
        for (int i = 0; i < 20_000; i++) {
            long value = random.nextLong() >>> 22 + random.nextInt(42);
            reference.recordValue(value);
            fold.add(value);
        }

        Times times = fold.times();

        int bucket = 0;
        for (HistogramIterationValue expected : reference.recordedValues()) {
            assertThat(times.bucketUpperMicros(bucket))
                    .isEqualTo(reference.highestEquivalentValue(expected.getValueIteratedTo()));
            assertThat(times.bucketCount(bucket++)).isEqualTo(expected.getCountAddedInThisIterationStep());
        }
        assertThat(times.buckets()).isEqualTo(bucket);
    }

    /** By whole numbers: percentiles here have at most two decimals. */
    private static int nearestRank(double percentile, int count) {
        long hundredths = Math.round(percentile * 100);
        return (int) Math.max(1, (hundredths * count + 9999) / 10000);
    }

    @Test
    void keepsTheValuesOfGoldenData() {
        TimesFold twoHumps = fold();
        for (int i = 0; i < 96; i++) {
            twoHumps.add(7_000);
        }
        for (int i = 0; i < 6; i++) {
            twoHumps.add(1_502_000);
        }
        TimesFold rareSlow = fold();
        for (int i = 0; i < 20_000; i++) {
            rareSlow.add(i % 1000 == 0 ? 100_000 : 5_000);
        }
        Times few = fold(0, 279_000, 2_000, 281_000).times();

        assertThat(twoHumps.times().percentileMicros(95)).isEqualTo(1_502_000);
        assertThat(twoHumps.times().percentileMicros(94)).isBetween(7_000L, 7_007L);
        assertThat(rareSlow.times().percentileMicros(99)).isBetween(5_000L, 5_005L);
        assertThat(rareSlow.times().percentileMicros(99.9)).isBetween(5_000L, 5_005L);
        assertThat(rareSlow.times().percentileMicros(99.91)).isEqualTo(100_000);
        assertThat(few.percentileMicros(25)).isZero();
        assertThat(few.percentileMicros(50)).isBetween(2_000L, 2_002L);
        assertThat(few.percentileMicros(75)).isBetween(279_000L, 279_279L);
        assertThat(few.percentileMicros(76)).isEqualTo(281_000);
    }

    @Test
    void computesMeanAndDeviationExactly() {
        Times times =
                fold(1_000_000_000_001L, 1_000_000_000_002L, 1_000_000_000_003L).times();

        assertThat(times.meanMicros()).isEqualTo(1_000_000_000_002.0);
        assertThat(times.stdDevMicros()).isCloseTo(Math.sqrt(2.0 / 3), within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 100.1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesPercentilesOutsideOf0To100(double percentile) {
        assertThatThrownBy(() -> fold(1).times().percentileMicros(percentile))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("percentile must be from 0 to 100, was " + percentile + ".");
    }

    @Test
    void saysWhenThereAreTooFewSamples() {
        assertThat(fold(1, 2, 3).times().tooFewFor(99)).isTrue();
        assertThat(fold(1, 2, 3).times().tooFewFor(50)).isFalse();
        assertThat(fold(new long[999]).times().tooFewFor(99.9)).isTrue();
        assertThat(fold(new long[1000]).times().tooFewFor(99.9)).isFalse();
    }

    @Test
    void countsValuesOutsideOfTheHistogramAtItsEdge() {
        TimesFold fold = fold(-5, 0, 1, Long.MAX_VALUE, Long.MIN_VALUE, 3 * 3600 * 1_000_000L);

        Times times = fold.times();

        assertThat(times.count()).isEqualTo(6);
        assertThat(fold.clamped()).isEqualTo(3);
        assertThat(times.minMicros()).isZero();
        assertThat(times.maxMicros()).isEqualTo(TimesFold.LIMIT_MICROS);
    }

    @Test
    void countsBeyondThirtyTwoBits() {
        TimesFold fold = fold(250_000);
        TimesFold sum = fold();
        for (long bit = 1, left = 3_000_000_000L; left > 0; bit <<= 1, left >>= 1) {
            if ((left & 1) == 1) {
                sum.add(fold);
            }
            TimesFold twice = fold();
            twice.add(fold);
            twice.add(fold);
            fold = twice;
        }

        Times times = sum.times();

        assertThat(times.count()).isEqualTo(3_000_000_000L);
        assertThat(times.meanMicros()).isEqualTo(250_000.0);
        assertThat(times.stdDevMicros()).isZero();
        assertThat(times.percentileMicros(99.9)).isEqualTo(250_000);
    }

    @Test
    void staysTheSameWhenItsHistogramIsUnpacked() {
        TimesFold packed = new TimesFold(new HistogramBudget(0));
        TimesFold full = new TimesFold(new HistogramBudget(1));
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            long value = random.nextInt(1 << random.nextInt(31));
            packed.add(value);
            full.add(value);
        }

        assertThat(packed.times()).isEqualTo(full.times());
    }

    @Test
    void hasNothingButZerosWithoutSamples() {
        assertThat(Times.EMPTY.percentileMicros(99)).isZero();
        assertThat(Times.EMPTY.maxMicros()).isZero();
        assertThat(fold().times()).isSameAs(Times.EMPTY);
    }

    @Test
    void tellsWhatItsBucketsHold() {
        Times times = fold(1, 1, 2, 5, 5, 5).times();

        assertThat(times.buckets()).isEqualTo(3);
        assertThat(new long[] {times.bucketUpperMicros(0), times.bucketUpperMicros(1), times.bucketUpperMicros(2)})
                .containsExactly(1, 2, 5);
        assertThat(new long[] {times.bucketCount(0), times.bucketCount(1), times.bucketCount(2)})
                .containsExactly(2, 1, 3);
        assertThat(new long[] {
                    times.countUpTo(0), times.countUpTo(1), times.countUpTo(4), times.countUpTo(5), times.countUpTo(99)
                })
                .containsExactly(0, 2, 3, 6, 6);
        assertThat(times.countUpTo(Long.MAX_VALUE)).isEqualTo(6);
    }

    @Test
    void isEqualToTimesOfTheSameSamplesOnly() {
        Times times = fold(1, 2, 5).times();

        assertThat(times)
                .isEqualTo(fold(5, 2, 1).times())
                .hasSameHashCodeAs(fold(5, 2, 1).times())
                .isNotEqualTo(fold(1, 2, 6).times())
                .isNotEqualTo(fold(1, 3, 5).times())
                .isNotEqualTo(fold(1, 2).times())
                .isNotEqualTo("1, 2, 5")
                .hasToString("Times[count=3, min=1 µs, mean=2.6666666666666665 µs, p50=2 µs, p99=5 µs, max=5 µs]");
        assertThat(times.hashCode()).isNotEqualTo(fold(1, 3, 5).times().hashCode());
    }

    @Test
    void aRankIsNotRaisedByBinaryFractions() {
        long[] thousand = new long[1000];
        for (int i = 0; i < 1000; i++) {
            thousand[i] = i + 1;
        }
        Times times = fold(thousand).times();

        assertThat(times.percentileMicros(99.9)).isEqualTo(999);
        assertThat(times.percentileMicros(99.8)).isEqualTo(998);
        assertThat(times.percentileMicros(0.1)).isEqualTo(1);
        assertThat(times.percentileMicros(0.11)).isEqualTo(2);
        assertThat(times.percentileMicros(0)).isEqualTo(1);
        assertThat(times.tooFewFor(99.9)).isFalse();
        assertThat(times.tooFewFor(99.91)).isTrue();
        assertThat(times.tooFewFor(100)).isFalse();
    }
}
