package dev.onrush.core.measure;

import java.util.Arrays;

/**
 * Times counted in buckets of 2 digits (1/128 wide), to be added up and packed into a few hundred bytes. Which buckets hold a
 * sample is known by a bit for each, so that packing and clearing cost what is in it, not what could be.
 */
final class StepHistogram {
    private static final int LINEAR = 256;
    private static final int HALF = LINEAR / 2;
    static final int BUCKETS = bucket(TimesFold.LIMIT_MICROS) + 1;

    private final long[] counts = new long[BUCKETS];
    private final long[] used = new long[(BUCKETS + 63) / 64];

    void add(long micros) {
        add(bucket(micros), 1);
    }

    void add(int bucket, long count) {
        counts[bucket] += count;
        used[bucket >> 6] |= 1L << bucket;
    }

    /** The bucket of a time from 0 to {@link TimesFold#LIMIT_MICROS}. */
    static int bucket(long micros) {
        if (micros < LINEAR) {
            return (int) micros;
        }
        int shift = 64 - Long.numberOfLeadingZeros(micros) - 8;
        return shift * HALF + (int) (micros >>> shift);
    }

    static long upperEdge(int bucket) {
        if (bucket < LINEAR) {
            return bucket;
        }
        int shift = bucket / HALF - 1;
        long mantissa = bucket - (long) shift * HALF;
        return ((mantissa + 1) << shift) - 1;
    }

    static long lowerEdge(int bucket) {
        return bucket == 0 ? 0 : upperEdge(bucket - 1) + 1;
    }

    void clear() {
        for (int word = 0; word < used.length; word++) {
            for (long bits = used[word]; bits != 0; bits &= bits - 1) {
                counts[word * 64 + Long.numberOfTrailingZeros(bits)] = 0;
            }
        }
        Arrays.fill(used, 0);
    }

    int size() {
        int size = 0;
        for (long bits : used) {
            size += Long.bitCount(bits);
        }
        return size;
    }

    /** As {@link PackedCounts}. */
    byte[] pack() {
        int size = size();
        if (size == 0) {
            return PackedCounts.NOTHING;
        }
        byte[] packed = new byte[size * 4 + 2 * PackedCounts.MOST_PER_NUMBER];
        int pos = 0;
        int before = 0;
        for (int word = 0; word < used.length; word++) {
            for (long bits = used[word]; bits != 0; bits &= bits - 1) {
                if (packed.length - pos < 2 * PackedCounts.MOST_PER_NUMBER) {
                    packed = Arrays.copyOf(packed, packed.length * 2);
                }
                int bucket = word * 64 + Long.numberOfTrailingZeros(bits);
                pos = PackedCounts.put(packed, pos, bucket - before);
                pos = PackedCounts.put(packed, pos, counts[bucket]);
                before = bucket;
            }
        }
        return Arrays.copyOf(packed, pos);
    }

    void addPacked(byte[] packed) {
        addPacked(packed, 0, packed.length);
    }

    void addPacked(byte[] data, int from, int end) {
        int bucket = 0;
        for (PackedCounts.Cursor cursor = new PackedCounts.Cursor(data, from, end); cursor.more(); ) {
            bucket += (int) cursor.number();
            add(bucket, cursor.number());
        }
    }

    Times times(Moments moments) {
        int size = size();
        long[] edges = new long[size];
        long[] cumulated = new long[size];
        long sum = 0;
        int i = 0;
        for (int word = 0; word < used.length; word++) {
            for (long bits = used[word]; bits != 0; bits &= bits - 1) {
                int bucket = word * 64 + Long.numberOfTrailingZeros(bits);
                sum += counts[bucket];
                edges[i] = upperEdge(bucket);
                cumulated[i++] = sum;
            }
        }
        return moments.times(edges, cumulated);
    }
}
