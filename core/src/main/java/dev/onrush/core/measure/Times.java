package dev.onrush.core.measure;

import java.util.Arrays;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * How long something took, over many samples: all times in microseconds. Count, least, greatest, mean and standard deviation
 * are exact; a percentile is nearest rank on a histogram of 3 digits, the upper edge of its bucket (at most 0.1 % high) and
 * never above the greatest. Immutable.
 */
public final class Times {
    /** No sample at all: every figure is 0. */
    public static final Times EMPTY = new Times(0, 0, 0, 0, 0, new long[0], new long[0]);

    private final long count;
    private final long minMicros;
    private final long maxMicros;
    private final double meanMicros;
    private final double stdDevMicros;
    /** Upper edges of the buckets, then as many cumulated counts; as int where they fit, which halves the memory. */
    private final int @Nullable [] small;

    private final long @Nullable [] large;
    private final int buckets;

    /** From upper edges of the buckets that hold a sample, rising, and how many samples lie up to there. */
    Times(
            long count,
            long minMicros,
            long maxMicros,
            double meanMicros,
            double stdDevMicros,
            long[] upperEdges,
            long[] cumulatedCounts) {
        this.count = count;
        this.minMicros = minMicros;
        this.maxMicros = maxMicros;
        this.meanMicros = meanMicros;
        this.stdDevMicros = stdDevMicros;
        this.buckets = upperEdges.length;
        if (buckets == 0 || upperEdges[buckets - 1] <= Integer.MAX_VALUE && count <= Integer.MAX_VALUE) {
            int[] figures = new int[2 * buckets];
            for (int i = 0; i < buckets; i++) {
                figures[i] = (int) upperEdges[i];
                figures[buckets + i] = (int) cumulatedCounts[i];
            }
            small = figures;
            large = null;
        } else {
            long[] figures = Arrays.copyOf(upperEdges, 2 * buckets);
            System.arraycopy(cumulatedCounts, 0, figures, buckets, buckets);
            small = null;
            large = figures;
        }
    }

    public long count() {
        return count;
    }

    public boolean isEmpty() {
        return count == 0;
    }

    public long minMicros() {
        return minMicros;
    }

    public long maxMicros() {
        return maxMicros;
    }

    public double meanMicros() {
        return meanMicros;
    }

    /** Standard deviation of the whole population. */
    public double stdDevMicros() {
        return stdDevMicros;
    }

    /**
     * The least recorded value that at least {@code percentile} percent of the samples do not exceed; 0 without samples.
     *
     * @param percentile 0 to 100, such as 99.9; anything else is refused
     */
    public long percentileMicros(double percentile) {
        if (!(percentile >= 0 && percentile <= 100)) {
            throw new IllegalArgumentException("percentile must be from 0 to 100, was " + percentile + ".");
        }
        if (count == 0) {
            return 0;
        }
        long rank = rank(percentile);
        if (rank == 1 && percentile == 0) {
            return minMicros;
        }
        int bucket = search(buckets, rank) - buckets;
        return Math.max(minMicros, Math.min(maxMicros, figure(bucket)));
    }

    /** Whether there are too few samples for that percentile to differ from the greatest: n &lt; 100 / (100 − p). */
    public boolean tooFewFor(double percentile) {
        // 100 − 99.9 is a hair below 0.1 in binary: a thousand samples are enough for p99.9 all the same.
        return percentile < 100 && count * (100 - percentile) < 100 - 1e-9;
    }

    /** Samples up to and with that value, as the histogram tells. */
    public long countUpTo(long micros) {
        if (micros >= maxMicros) {
            return count;
        }
        int above = micros == Long.MAX_VALUE ? buckets : search(0, micros + 1);
        return above == 0 ? 0 : figure(buckets + above - 1);
    }

    /** How many buckets hold a sample. */
    public int buckets() {
        return buckets;
    }

    /** Upper edge of a bucket, microseconds; they rise. */
    public long bucketUpperMicros(int bucket) {
        return figure(bucket);
    }

    /** Samples in a bucket. */
    public long bucketCount(int bucket) {
        return figure(buckets + bucket) - (bucket == 0 ? 0 : figure(buckets + bucket - 1));
    }

    private long figure(int at) {
        int[] ints = small;
        if (ints != null) {
            return ints[at];
        }
        return Objects.requireNonNull(large)[at];
    }

    /** The first place from {@code from} on whose figure is at least {@code least}; behind the buckets if there is none. */
    private int search(int from, long least) {
        int low = from;
        int high = from + buckets;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (figure(middle) < least) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private long rank(double percentile) {
        // 99.9 / 100 * 1000 is a hair above 999 in binary: a rank must not rise for that.
        double exact = percentile * count / 100;
        long nearest = Math.round(exact);
        long rank = Math.abs(exact - nearest) <= 1e-12 * count ? nearest : (long) Math.ceil(exact);
        return Math.min(count, Math.max(1, rank));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Times times
                && count == times.count
                && minMicros == times.minMicros
                && maxMicros == times.maxMicros
                && Double.compare(meanMicros, times.meanMicros) == 0
                && Double.compare(stdDevMicros, times.stdDevMicros) == 0
                && Arrays.equals(small, times.small)
                && Arrays.equals(large, times.large);
    }

    @Override
    public int hashCode() {
        return (Long.hashCode(count) * 31 + Arrays.hashCode(small)) * 31 + Arrays.hashCode(large);
    }

    @Override
    public String toString() {
        return "Times[count=" + count + ", min=" + minMicros + " µs, mean=" + meanMicros + " µs, p50="
                + percentileMicros(50) + " µs, p99=" + percentileMicros(99) + " µs, max=" + maxMicros + " µs]";
    }
}
