package dev.onrush.core.measure;

/**
 * Times counted in buckets of 2 digits (1/128 wide), to be added up and packed into a few hundred bytes. A bit for each bucket
 * tells which ones hold a sample, so that packing and clearing cost what is in it, not what could be.
 */
final class StepHistogram {
    private static final int LINEAR = 256;
    private static final int HALF = LINEAR / 2;
    static final int BUCKETS = bucket(TimesFold.LIMIT_MICROS) + 1;

    private final long[] counts = new long[BUCKETS];
    private final long[] used = new long[(BUCKETS + 63) / 64];
    /** The first and the last word of these that is not zero. */
    private int least = used.length;

    private int greatest = -1;

    void add(long micros) {
        add(bucket(micros), 1);
    }

    void add(int bucket, long count) {
        counts[bucket] += count;
        int word = bucket >> 6;
        used[word] |= 1L << bucket;
        least = Math.min(least, word);
        greatest = Math.max(greatest, word);
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
        for (int word = least; word <= greatest; word++) {
            for (long bits = used[word]; bits != 0; bits &= bits - 1) {
                counts[word * 64 + Long.numberOfTrailingZeros(bits)] = 0;
            }
            used[word] = 0;
        }
        least = used.length;
        greatest = -1;
    }

    /** As {@link PackedCounts}. */
    void pack(PackedCounts.Writer writer) {
        int before = 0;
        for (int word = least; word <= greatest; word++) {
            for (long bits = used[word]; bits != 0; bits &= bits - 1) {
                int bucket = word * 64 + Long.numberOfTrailingZeros(bits);
                writer.number(bucket - before);
                writer.number(counts[bucket]);
                before = bucket;
            }
        }
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
        int size = 0;
        for (int word = least; word <= greatest; word++) {
            size += Long.bitCount(used[word]);
        }
        long[] edges = new long[size];
        long[] cumulated = new long[size];
        long sum = 0;
        int i = 0;
        for (int word = least; word <= greatest; word++) {
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
