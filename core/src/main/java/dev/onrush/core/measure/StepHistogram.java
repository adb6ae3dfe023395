package dev.onrush.core.measure;

import java.util.Arrays;

/**
 * Response times of one step of the timeline, while it is open: buckets of 2 digits (1/128 wide), which pack into a few
 * hundred bytes.
 */
final class StepHistogram {
    private static final int LINEAR = 256;
    private static final int HALF = LINEAR / 2;
    private static final int BUCKETS = index(TimesFold.LIMIT_MICROS) + 1;

    private final int[] counts = new int[BUCKETS];
    private int least = BUCKETS;
    private int greatest = -1;

    void add(long micros) {
        add(index(micros), 1);
    }

    private void add(int bucket, int count) {
        counts[bucket] += count;
        least = Math.min(least, bucket);
        greatest = Math.max(greatest, bucket);
    }

    private static int index(long micros) {
        if (micros < LINEAR) {
            return (int) micros;
        }
        int shift = 64 - Long.numberOfLeadingZeros(micros) - 8;
        return shift * HALF + (int) (micros >>> shift);
    }

    private static long upperEdge(int bucket) {
        if (bucket < LINEAR) {
            return bucket;
        }
        int shift = bucket / HALF - 1;
        long mantissa = bucket - (long) shift * HALF;
        return ((mantissa + 1) << shift) - 1;
    }

    void clear() {
        if (greatest >= least) {
            Arrays.fill(counts, least, greatest + 1, 0);
        }
        least = BUCKETS;
        greatest = -1;
    }

    /** Pairs of bucket distance and count, each a number of 7 bits per byte. */
    byte[] pack() {
        byte[] packed = new byte[64];
        int pos = 0;
        int before = 0;
        for (int bucket = least; bucket <= greatest; bucket++) {
            if (counts[bucket] != 0) {
                if (packed.length - pos < 10) {
                    packed = Arrays.copyOf(packed, packed.length * 2);
                }
                pos = put(packed, pos, bucket - before);
                pos = put(packed, pos, counts[bucket]);
                before = bucket;
            }
        }
        return Arrays.copyOf(packed, pos);
    }

    private static int put(byte[] data, int at, int value) {
        int rest = value;
        int pos = at;
        while ((rest & ~0x7f) != 0) {
            data[pos++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        data[pos++] = (byte) rest;
        return pos;
    }

    void addPacked(byte[] packed) {
        int bucket = 0;
        for (int pos = 0; pos < packed.length; ) {
            int distance = 0;
            int shift = 0;
            do {
                distance |= (packed[pos] & 0x7f) << shift;
                shift += 7;
            } while (packed[pos++] < 0);
            int count = 0;
            shift = 0;
            do {
                count |= (packed[pos] & 0x7f) << shift;
                shift += 7;
            } while (packed[pos++] < 0);
            bucket += distance;
            add(bucket, count);
        }
    }

    Times times(Moments moments) {
        int size = 0;
        for (int bucket = least; bucket <= greatest; bucket++) {
            size += counts[bucket] != 0 ? 1 : 0;
        }
        long[] edges = new long[size];
        long[] cumulated = new long[size];
        long sum = 0;
        int i = 0;
        for (int bucket = least; bucket <= greatest; bucket++) {
            if (counts[bucket] != 0) {
                sum += counts[bucket];
                edges[i] = upperEdge(bucket);
                cumulated[i++] = sum;
            }
        }
        return moments.times(edges, cumulated);
    }
}
