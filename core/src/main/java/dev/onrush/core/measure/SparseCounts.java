package dev.onrush.core.measure;

import java.util.Arrays;

/**
 * Counts by bucket of a name that is not busy: the buckets of HdrHistogram with 3 digits, of which only those with a sample
 * are kept, as pairs of distance and count in 7 bits per byte. New values wait in a small buffer until there are enough to
 * be worked in.
 */
final class SparseCounts {
    private static final int LINEAR = 2048;
    private static final int HALF = LINEAR / 2;
    private static final int WAITING = 64;
    private static final byte[] NOTHING = {};

    /** Takes the buckets in their order. */
    interface Taker {
        void bucket(long upperEdge, long count);
    }

    private byte[] packed = NOTHING;
    private int[] waiting = new int[8];
    private int waitingSize;

    void add(long micros) {
        if (waitingSize == waiting.length) {
            if (waitingSize < WAITING) {
                waiting = Arrays.copyOf(waiting, waitingSize * 2);
            } else {
                workIn();
            }
        }
        waiting[waitingSize++] = bucket(micros);
    }

    void add(SparseCounts other) {
        other.workIn();
        workIn();
        merge(other.packed);
    }

    void forEach(Taker taker) {
        workIn();
        int bucket = 0;
        for (Cursor cursor = new Cursor(packed); cursor.more(); ) {
            bucket += (int) cursor.number();
            taker.bucket(upperEdge(bucket), cursor.number());
        }
    }

    private void workIn() {
        if (waitingSize == 0) {
            return;
        }
        Arrays.sort(waiting, 0, waitingSize);
        byte[] add = new byte[waitingSize * 4];
        int size = 0;
        int before = 0;
        for (int i = 0; i < waitingSize; ) {
            int bucket = waiting[i];
            int count = 0;
            while (i < waitingSize && waiting[i] == bucket) {
                count++;
                i++;
            }
            size = put(add, size, bucket - before);
            size = put(add, size, count);
            before = bucket;
        }
        waitingSize = 0;
        merge(Arrays.copyOf(add, size));
    }

    private void merge(byte[] other) {
        if (packed.length == 0 || other.length == 0) {
            packed = packed.length == 0 ? other : packed;
            return;
        }
        // A sum needs at most one byte more than the longer of both, a distance never more.
        byte[] merged = new byte[2 * (packed.length + other.length)];
        int size = 0;
        int before = 0;
        Cursor one = new Cursor(packed);
        Cursor two = new Cursor(other);
        int first = (int) one.number();
        int second = (int) two.number();
        while (first >= 0 || second >= 0) {
            boolean takeFirst = first >= 0 && (second < 0 || first <= second);
            boolean takeSecond = second >= 0 && (first < 0 || second <= first);
            int bucket = takeFirst ? first : second;
            long count = 0;
            if (takeFirst) {
                count += one.number();
                first = one.more() ? first + (int) one.number() : -1;
            }
            if (takeSecond) {
                count += two.number();
                second = two.more() ? second + (int) two.number() : -1;
            }
            size = put(merged, size, bucket - before);
            size = put(merged, size, count);
            before = bucket;
        }
        packed = Arrays.copyOf(merged, size);
    }

    static int bucket(long micros) {
        if (micros < LINEAR) {
            return (int) micros;
        }
        int shift = 64 - Long.numberOfLeadingZeros(micros) - 11;
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

    private static int put(byte[] data, int at, long value) {
        long rest = value;
        int pos = at;
        while ((rest & ~0x7fL) != 0) {
            data[pos++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        data[pos++] = (byte) rest;
        return pos;
    }

    private static final class Cursor {
        private final byte[] data;
        private int pos;

        Cursor(byte[] data) {
            this.data = data;
        }

        boolean more() {
            return pos < data.length;
        }

        long number() {
            long value = 0;
            int shift = 0;
            byte part;
            do {
                part = data[pos++];
                value |= (long) (part & 0x7f) << shift;
                shift += 7;
            } while (part < 0);
            return value;
        }
    }
}
