package dev.onrush.core.measure;

import java.util.Arrays;

/** The times of one interval, each kept until it ends: its percentiles are exact. Used again for the next one. */
final class IntervalTimes {
    /** More than this in one interval are counted, but tell nothing more about percentiles. */
    private static final int MOST = 1 << 20;

    private static final long[] NOTHING = {};

    private long[] values = NOTHING;
    private int size;

    void add(long micros) {
        if (size == values.length) {
            if (size == MOST) {
                return;
            }
            values = Arrays.copyOf(values, Math.max(16, size * 2));
        }
        values[size++] = micros;
    }

    void add(IntervalTimes other) {
        for (int i = 0; i < other.size; i++) {
            add(other.values[i]);
        }
    }

    Times times() {
        if (size == 0) {
            return Times.EMPTY;
        }
        Arrays.sort(values, 0, size);
        Moments moments = new Moments();
        long[] edges = new long[size];
        long[] cumulated = new long[size];
        int distinct = 0;
        for (int i = 0; i < size; i++) {
            moments.add(values[i]);
            if (distinct > 0 && edges[distinct - 1] == values[i]) {
                cumulated[distinct - 1]++;
            } else {
                edges[distinct] = values[i];
                cumulated[distinct++] = i + 1;
            }
        }
        return moments.times(Arrays.copyOf(edges, distinct), Arrays.copyOf(cumulated, distinct));
    }

    /** Empty again; memory of a much busier interval is given back. */
    void clear() {
        if (values.length > 1024 && size < values.length / 8) {
            values = NOTHING;
        }
        size = 0;
    }
}
