package dev.onrush.core.measure;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Adds up times of one kind: a histogram of 3 digits, sparse until it is busy, and exact moments. Not thread-safe. What lies
 * below 0 or above {@link #LIMIT_MICROS} is counted at that edge and counted as clamped.
 */
final class TimesFold {
    /** 50 days. */
    static final long LIMIT_MICROS = 1L << 42;

    private static final int BUSY = 2_000;

    private final HistogramBudget budget;
    private final Moments moments = new Moments();
    /** The buckets, until there are enough samples and the budget allows dense ones. */
    private @Nullable SparseCounts sparse;

    private @Nullable DenseCounts dense;
    private long clamped;

    TimesFold(HistogramBudget budget) {
        this.budget = budget;
    }

    /** The time, or the edge of what is counted if it lies beyond. */
    static long within(long micros) {
        return Math.max(0, Math.min(LIMIT_MICROS, micros));
    }

    void add(long micros) {
        long value = micros;
        if (value < 0 || value > LIMIT_MICROS) {
            clamped++;
            value = value < 0 ? 0 : LIMIT_MICROS;
        }
        moments.add(value);
        int bucket = TimeBuckets.of(value);
        DenseCounts full = dense;
        if (full != null) {
            full.add(bucket);
            return;
        }
        sparse().add(bucket);
        unpackIfBusy();
    }

    void add(TimesFold other) {
        clamped += other.clamped;
        if (other.moments.count == 0) {
            return;
        }
        moments.add(other.moments);
        DenseCounts theirs = other.dense;
        SparseCounts theirSparse = other.sparse;
        if (theirs != null) {
            // What is busy there is so here; the budget is for those that grow by themselves.
            unpack().add(theirs);
        } else if (theirSparse != null) {
            DenseCounts full = dense;
            if (full != null) {
                theirSparse.forEach(full::add);
            } else {
                sparse().add(theirSparse);
                unpackIfBusy();
            }
        }
    }

    long count() {
        return moments.count;
    }

    long clamped() {
        return clamped;
    }

    private SparseCounts sparse() {
        SparseCounts counts = sparse;
        if (counts == null) {
            counts = new SparseCounts();
            sparse = counts;
        }
        return counts;
    }

    private void unpackIfBusy() {
        if (moments.count >= BUSY && budget.take()) {
            unpack();
        }
    }

    private DenseCounts unpack() {
        DenseCounts full = dense;
        if (full == null) {
            full = new DenseCounts();
            SparseCounts counts = sparse;
            if (counts != null) {
                counts.forEach(full::add);
                sparse = null;
            }
            dense = full;
        }
        return full;
    }

    Times times() {
        Buckets buckets = new Buckets();
        DenseCounts full = dense;
        SparseCounts counts = sparse;
        if (full != null) {
            full.forEach(buckets);
        } else if (counts != null) {
            counts.forEach(buckets);
        }
        return buckets.times(moments);
    }

    /** Collects buckets in their order. */
    private static final class Buckets implements SparseCounts.Taker {
        private long[] edges = new long[64];
        private long[] cumulated = new long[64];
        private int size;
        private long sum;

        @Override
        public void bucket(int bucket, long count) {
            if (size == edges.length) {
                edges = Arrays.copyOf(edges, size * 2);
                cumulated = Arrays.copyOf(cumulated, size * 2);
            }
            sum += count;
            edges[size] = TimeBuckets.upperEdge(bucket);
            cumulated[size++] = sum;
        }

        Times times(Moments moments) {
            return moments.times(Arrays.copyOf(edges, size), Arrays.copyOf(cumulated, size));
        }
    }

    /** The times of both together. */
    static Times together(TimesFold one, TimesFold other) {
        TimesFold both = new TimesFold(new HistogramBudget(1));
        both.add(one);
        both.add(other);
        return both.times();
    }
}
