package dev.onrush.core.measure;

import java.util.Arrays;

/**
 * Times counted in buckets of 2 digits (1/128 wide): what is kept of one step of the run. They add up without loss. Immutable.
 */
public final class TimeCounts {
    /** No sample at all. */
    public static final TimeCounts NONE = new TimeCounts(PackedCounts.NOTHING);

    /** Takes buckets in their order: the number of each, and how many samples are in it. */
    public interface Taker {
        void bucket(int bucket, long count);
    }

    private final byte[] packed;

    private TimeCounts(byte[] packed) {
        this.packed = packed;
    }

    /** Of packed counts that nobody changes any more. */
    static TimeCounts of(byte[] packed) {
        return packed.length == 0 ? NONE : new TimeCounts(packed);
    }

    public boolean isEmpty() {
        return packed.length == 0;
    }

    /** How many samples. */
    public long count() {
        long count = 0;
        for (PackedCounts.Cursor cursor = new PackedCounts.Cursor(packed); cursor.more(); ) {
            cursor.number();
            count += cursor.number();
        }
        return count;
    }

    /** Hands over the buckets that hold a sample. Their numbers are told at {@link #packed}. */
    public void forEach(Taker taker) {
        int bucket = 0;
        for (PackedCounts.Cursor cursor = new PackedCounts.Cursor(packed); cursor.more(); ) {
            bucket += (int) cursor.number();
            taker.bucket(bucket, cursor.number());
        }
    }

    /** The longest time of a bucket, microseconds. */
    public static long upperEdgeMicros(int bucket) {
        return StepHistogram.upperEdge(bucket);
    }

    /** The samples of both. */
    public TimeCounts plus(TimeCounts other) {
        return of(PackedCounts.merge(packed, other.packed));
    }

    /**
     * All buckets in their order, in numbers of 7 bits per byte, low bits first: an even one is twice the count of the next bucket;
     * an odd one is twice the distance, plus one, to a bucket whose count follows. The bucket before the first is −1. The bucket of
     * a time below 256 µs is that number; else, with s = bits − 8, it is 128 s + (µs &gt;&gt; s).
     */
    public byte[] packed() {
        PackedCounts.Writer writer = new PackedCounts.Writer();
        int before = -1;
        int bucket = 0;
        for (PackedCounts.Cursor cursor = new PackedCounts.Cursor(packed); cursor.more(); ) {
            bucket += (int) cursor.number();
            long count = cursor.number();
            if (bucket == before + 1) {
                writer.number(2 * count);
            } else {
                writer.number(2L * (bucket - before) + 1);
                writer.number(count);
            }
            before = bucket;
        }
        return writer.bytes();
    }

    /**
     * The figures as far as buckets tell them. A percentile is the upper edge of its bucket, at most 1 % high; least and greatest
     * are the outer edges, mean and standard deviation are those of the buckets' middles.
     */
    public Times times() {
        if (packed.length == 0) {
            return Times.EMPTY;
        }
        long[] edges = new long[packed.length / 2];
        long[] cumulated = new long[packed.length / 2];
        int size = 0;
        int bucket = 0;
        long count = 0;
        long least = -1;
        double sum = 0;
        double squares = 0;
        for (PackedCounts.Cursor cursor = new PackedCounts.Cursor(packed); cursor.more(); ) {
            bucket += (int) cursor.number();
            long here = cursor.number();
            long lower = StepHistogram.lowerEdge(bucket);
            long upper = StepHistogram.upperEdge(bucket);
            least = least < 0 ? lower : least;
            double middle = (lower + upper) / 2.0;
            sum += here * middle;
            squares += here * middle * middle;
            count += here;
            edges[size] = upper;
            cumulated[size++] = count;
        }
        double mean = sum / count;
        return new Times(
                count,
                least,
                edges[size - 1],
                mean,
                Math.sqrt(Math.max(0, squares / count - mean * mean)),
                Arrays.copyOf(edges, size),
                Arrays.copyOf(cumulated, size));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TimeCounts counts && Arrays.equals(packed, counts.packed);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(packed);
    }

    @Override
    public String toString() {
        return "TimeCounts[" + times() + "]";
    }
}
