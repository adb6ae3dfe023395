package dev.onrush.report.internal.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BucketWidthTest {
    private static long bucket(long micros, int perDoubling) {
        int shift = 0;
        while (micros >> shift >= 2L * perDoubling) {
            shift++;
        }
        return (long) perDoubling * shift + (micros >> shift);
    }

    /** As {@code TimeCounts.packed()} describes it. */
    private static byte[] packed(TreeMap<Long, Long> counts) {
        PackedNumbers numbers = new PackedNumbers();
        long before = -1;
        for (Map.Entry<Long, Long> entry : counts.entrySet()) {
            long distance = entry.getKey() - before;
            if (distance == 1) {
                numbers.add(2 * entry.getValue());
            } else {
                numbers.add(2 * distance + 1);
                numbers.add(entry.getValue());
            }
            before = entry.getKey();
        }
        return numbers.bytes();
    }

    @ParameterizedTest
    @EnumSource
    void countsAsIfTheTimesHadBeenCountedInWideBucketsAtOnce(BucketWidth width) {
        Random random = new Random(3);
        for (int size : new int[] {0, 1, 2, 50, 3_000}) {
            for (double octaves : new double[] {1, 7, 9, 30}) {
                TreeMap<Long, Long> narrow = new TreeMap<>();
                TreeMap<Long, Long> wide = new TreeMap<>();
                for (int i = 0; i < size; i++) {
                    long micros = (long) Math.pow(2, random.nextDouble() * octaves) - 1;
                    narrow.merge(bucket(micros, 128), 1L, Long::sum);
                    wide.merge(bucket(micros, width.perDoubling()), 1L, Long::sum);
                }

                assertThat(width.of(packed(narrow)))
                        .as("%s times up to 2^%s µs", size, octaves)
                        .isEqualTo(packed(wide));
            }
        }
    }
}
