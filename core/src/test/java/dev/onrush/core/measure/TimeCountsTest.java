package dev.onrush.core.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;

class TimeCountsTest {
    private static TimeCounts of(long... micros) {
        StepHistogram histogram = new StepHistogram();
        Arrays.stream(micros).forEach(histogram::add);
        PackedCounts.Writer writer = new PackedCounts.Writer();
        histogram.pack(writer);
        return TimeCounts.of(writer.bytes());
    }

    @Test
    void isPackedByDistanceAndCount() {
        // 300 µs have 9 bits: s = 1, bucket 128 + 150 = 278, which is 273 behind bucket 5; twice that and one takes two
        // bytes.
        TimeCounts counts = of(5, 300, 5, 301, 302);

        assertThat(counts.packed()).containsExactly(13, 2, (byte) (547 & 0x7f | 0x80), 547 >> 7, 2, 2);
        assertThat(counts.count()).isEqualTo(5);
        assertThat(of(0, 0, 1).packed()).containsExactly(4, 2);
        assertThat(TimeCounts.NONE.packed()).isEmpty();
    }

    @Test
    void tellsWhatBucketsTell() {
        Times times = of(5, 300, 5, 301).times();

        assertThat(times.count()).isEqualTo(4);
        assertThat(times.minMicros()).isEqualTo(5);
        assertThat(times.maxMicros()).isEqualTo(301);
        assertThat(times.percentileMicros(50)).isEqualTo(5);
        assertThat(times.percentileMicros(75)).isEqualTo(301);
        assertThat(times.meanMicros()).isEqualTo((5 + 300.5 + 5 + 300.5) / 4);
        assertThat(times.stdDevMicros()).isEqualTo((300.5 - 5) / 2);
        assertThat(TimeCounts.NONE.times()).isEqualTo(Times.EMPTY);
    }

    @Test
    void percentilesAreAtMostOnePercentHighAndNeverLow() {
        Random random = new Random(11);
        for (int round = 0; round < 200; round++) {
            long[] micros = new long[1 + random.nextInt(300)];
            Arrays.setAll(micros, i -> (long) Math.exp(random.nextDouble() * Math.log(TimesFold.LIMIT_MICROS)));
            Times times = of(micros).times();
            Arrays.sort(micros);
            for (double percentile : new double[] {1, 50, 90, 99, 100}) {
                long exact = micros[(int) Math.max(1, Math.ceil(percentile / 100 * micros.length)) - 1];
                assertThat(times.percentileMicros(percentile)).isBetween(exact, exact + exact / 100);
            }
        }
    }

    @Test
    void addsUpWithoutLossInAnyOrder() {
        TimeCounts one = of(1, 1, 1000, 50_000);
        TimeCounts other = of(0, 1, 999_999, TimesFold.LIMIT_MICROS);

        assertThat(one.plus(other)).isEqualTo(of(1, 1, 1000, 50_000, 0, 1, 999_999, TimesFold.LIMIT_MICROS));
        assertThat(other.plus(one)).isEqualTo(one.plus(other));
        assertThat(one.plus(TimeCounts.NONE)).isEqualTo(one);
    }
}
