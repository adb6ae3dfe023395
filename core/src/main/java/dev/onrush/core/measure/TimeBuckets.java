package dev.onrush.core.measure;

/**
 * The buckets into which whole-run times are counted: those of HdrHistogram with 3 digits, numbered from 0. Below 2048 µs each
 * holds one microsecond, above that a bucket is at most 0.1 % wide.
 */
public final class TimeBuckets {
    private static final int LINEAR = 2048;
    private static final int HALF = LINEAR / 2;

    /** Longer times count as this long. */
    public static final long LIMIT_MICROS = TimesFold.LIMIT_MICROS;

    /** How many there are; fits into 16 bits. */
    public static final int COUNT = of(LIMIT_MICROS) + 1;

    private TimeBuckets() {}

    /** The number of the bucket of a time from 0 to {@link #LIMIT_MICROS}. */
    public static int of(long micros) {
        if (micros < LINEAR) {
            return (int) micros;
        }
        int shift = 64 - Long.numberOfLeadingZeros(micros) - 11;
        return shift * HALF + (int) (micros >>> shift);
    }

    /** The longest time of a bucket, microseconds. */
    public static long upperEdge(int bucket) {
        if (bucket < LINEAR) {
            return bucket;
        }
        int shift = bucket / HALF - 1;
        long mantissa = bucket - (long) shift * HALF;
        return ((mantissa + 1) << shift) - 1;
    }
}
