package dev.onrush.core.measure;

import java.util.Arrays;

/**
 * Puts back what coordinated omission left out. A user who expects to ask once per interval i and waits v for one answer could not
 * ask at i, 2i, 3i … of that wait; those requests would have waited v − i, v − 2i, v − 3i … down to i. Nothing is made up for waits
 * below 2i. Several series, each with its own interval, may be added. Pure arithmetic; not thread-safe.
 *
 * <p>A recorded time is taken as the upper edge of its bucket, at most 0.1 % high, and never above the greatest, so that the number
 * of requests put back for the longest wait is exact.
 */
final class Compensation {
    /** The compensated series of one recording. */
    static Compensated of(Times recorded, long intervalMicros) {
        Compensation compensation = new Compensation();
        compensation.add(recorded, intervalMicros);
        return compensation.compensated();
    }

    /** By bucket of {@link TimeBuckets}. */
    private long[] counts = new long[1024];

    private long count;
    private long added;
    private long min = Long.MAX_VALUE;
    private long max;
    private double sum;
    private double squares;
    private long interval;
    private boolean severalIntervals;

    void add(Times recorded, long intervalMicros) {
        if (intervalMicros <= 0) {
            throw new IllegalArgumentException(
                    "the expected interval must be at least 1 µs, was " + intervalMicros + ".");
        }
        if (recorded.isEmpty()) {
            return;
        }
        severalIntervals |= interval != 0 && interval != intervalMicros;
        interval = intervalMicros;
        count += recorded.count();
        min = Math.min(min, recorded.minMicros());
        max = Math.max(max, recorded.maxMicros());
        double mean = recorded.meanMicros();
        sum += recorded.count() * mean;
        squares += recorded.count() * (recorded.stdDevMicros() * recorded.stdDevMicros() + mean * mean);
        for (int i = 0; i < recorded.buckets(); i++) {
            long waited = Math.min(recorded.maxMicros(), recorded.bucketUpperMicros(i));
            long times = recorded.bucketCount(i);
            put(TimeBuckets.of(waited), times);
            putBack(waited, times, intervalMicros);
        }
    }

    /** Bucket by bucket, not request by request: a wait of an hour holds millions of intervals. */
    private void putBack(long waited, long times, long intervalMicros) {
        long omitted = waited / intervalMicros - 1;
        if (omitted <= 0) {
            return;
        }
        long number = 1;
        while (number <= omitted) {
            int bucket = TimeBuckets.of(waited - number * intervalMicros);
            long lowerEdge = bucket == 0 ? 0 : TimeBuckets.upperEdge(bucket - 1) + 1;
            long last = Math.min(omitted, (waited - lowerEdge) / intervalMicros);
            put(bucket, times * (last - number + 1));
            number = last + 1;
        }
        count += times * omitted;
        added += times * omitted;
        min = Math.min(min, waited - omitted * intervalMicros);
        double n = omitted;
        double v = waited;
        double i = intervalMicros;
        sum += times * (n * v - i * n * (n + 1) / 2);
        squares += times * (n * v * v - v * i * n * (n + 1) + i * i * n * (n + 1) * (2 * n + 1) / 6);
    }

    private void put(int bucket, long times) {
        if (bucket >= counts.length) {
            counts = Arrays.copyOf(counts, Math.max(bucket + 1, counts.length * 2));
        }
        counts[bucket] += times;
    }

    /** All that was added, and what was put back. */
    Compensated compensated() {
        if (count == 0) {
            return new Compensated(Times.EMPTY, 0, 0);
        }
        int buckets = (int) Arrays.stream(counts).filter(times -> times != 0).count();
        long[] edges = new long[buckets];
        long[] cumulated = new long[buckets];
        long upTo = 0;
        int next = 0;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            if (counts[bucket] != 0) {
                upTo += counts[bucket];
                edges[next] = TimeBuckets.upperEdge(bucket);
                cumulated[next++] = upTo;
            }
        }
        double mean = sum / count;
        double stdDev = Math.sqrt(Math.max(0, squares / count - mean * mean));
        return new Compensated(
                new Times(count, min, max, mean, stdDev, edges, cumulated), added, severalIntervals ? 0 : interval);
    }
}
