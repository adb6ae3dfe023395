package dev.onrush.core.measure;

import java.util.Arrays;

import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.HdrHistogram.PackedHistogram;
import org.jspecify.annotations.Nullable;

/**
 * Adds up times of one kind: a histogram of 3 digits, packed until it is busy, and exact moments. Not thread-safe. What lies
 * below 0 or above {@link #LIMIT_MICROS} is counted at that edge and counted as clamped.
 */
final class TimesFold {
    /** 50 days. */
    static final long LIMIT_MICROS = 1L << 42;

    private static final int BUSY = 2_000;
    private static final int DIGITS = 3;

    private final HistogramBudget budget;
    private final Moments moments = new Moments();
    private @Nullable AbstractHistogram histogram;
    private boolean packed = true;
    private long clamped;

    TimesFold(HistogramBudget budget) {
        this.budget = budget;
    }

    void add(long micros) {
        long value = micros;
        if (value < 0 || value > LIMIT_MICROS) {
            clamped++;
            value = value < 0 ? 0 : LIMIT_MICROS;
        }
        moments.add(value);
        AbstractHistogram into = histogram;
        if (into == null || packed && moments.count >= BUSY) {
            into = grow();
        }
        into.recordValue(value);
    }

    void add(TimesFold other) {
        AbstractHistogram theirs = other.histogram;
        clamped += other.clamped;
        if (theirs == null) {
            return;
        }
        moments.add(other.moments);
        grow().add(theirs);
    }

    long count() {
        return moments.count;
    }

    long clamped() {
        return clamped;
    }

    private AbstractHistogram grow() {
        AbstractHistogram now = histogram;
        if (now == null) {
            now = new PackedHistogram(DIGITS);
            histogram = now;
        }
        if (packed && moments.count >= BUSY && budget.take()) {
            Histogram full = new Histogram(DIGITS);
            full.setAutoResize(true);
            full.add(now);
            packed = false;
            histogram = full;
            now = full;
        }
        return now;
    }

    Times times() {
        AbstractHistogram from = histogram;
        if (from == null) {
            return Times.EMPTY;
        }
        long[] edges = new long[64];
        long[] counts = new long[64];
        int size = 0;
        long cumulated = 0;
        for (HistogramIterationValue value : from.recordedValues()) {
            if (size == edges.length) {
                edges = Arrays.copyOf(edges, size * 2);
                counts = Arrays.copyOf(counts, size * 2);
            }
            cumulated += value.getCountAddedInThisIterationStep();
            edges[size] = from.highestEquivalentValue(value.getValueIteratedTo());
            counts[size++] = cumulated;
        }
        return moments.times(Arrays.copyOf(edges, size), Arrays.copyOf(counts, size));
    }

    /** The times of both together. */
    static Times together(TimesFold one, TimesFold other) {
        if (other.histogram == null) {
            return one.times();
        }
        if (one.histogram == null) {
            return other.times();
        }
        TimesFold both = new TimesFold(new HistogramBudget(1));
        both.add(one);
        both.add(other);
        return both.times();
    }
}
