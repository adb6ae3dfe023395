package dev.onrush.core.measure;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Counts by bucket of a name that is busy: {@link TimeBuckets}, each with a place of its own up to the greatest one used. */
final class DenseCounts {
    private static final int FEWEST = 2048;

    /** As int, so that twice as many stay near the processor. */
    private int[] counts = new int[FEWEST];
    /** What did not fit, in all; a bucket may have some here and some there. */
    private final Map<Integer, Long> beyond = new HashMap<>(0);

    void add(int bucket) {
        if (bucket < counts.length && counts[bucket] != Integer.MAX_VALUE) {
            counts[bucket]++;
        } else {
            add(bucket, 1);
        }
    }

    void add(int bucket, long count) {
        if (bucket >= counts.length) {
            counts = Arrays.copyOf(counts, Math.min(TimeBuckets.COUNT, Math.max(bucket + 1, counts.length * 2)));
        }
        long sum = counts[bucket] + count;
        if (sum <= Integer.MAX_VALUE) {
            counts[bucket] = (int) sum;
        } else {
            counts[bucket] = 0;
            beyond.merge(bucket, sum, Long::sum);
        }
    }

    void add(DenseCounts other) {
        other.forEach(this::add);
    }

    /** Hands over the buckets that hold something, in their order. */
    void forEach(SparseCounts.Taker taker) {
        boolean isAnyBeyond = !beyond.isEmpty();
        for (int bucket = 0; bucket < counts.length; bucket++) {
            long count = isAnyBeyond ? counts[bucket] + beyond.getOrDefault(bucket, 0L) : counts[bucket];
            if (count > 0) {
                taker.bucket(bucket, count);
            }
        }
    }
}
