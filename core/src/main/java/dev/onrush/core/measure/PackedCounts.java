package dev.onrush.core.measure;

import java.util.Arrays;

/** Counts by bucket, in bytes: pairs of distance to the bucket before and count, each a number of 7 bits per byte, low bits first. */
final class PackedCounts {
    static final byte[] NOTHING = {};

    /** Bytes that one number takes at most. */
    private static final int MOST_PER_NUMBER = 10;

    private PackedCounts() {}

    /** The counts of both together. */
    static byte[] merge(byte[] one, byte[] other) {
        if (one.length == 0 || other.length == 0) {
            return one.length == 0 ? other : one;
        }
        // A sum needs at most one byte more than the longer of both, a distance never more.
        byte[] merged = new byte[2 * (one.length + other.length)];
        int size = 0;
        int before = 0;
        Cursor left = new Cursor(one);
        Cursor right = new Cursor(other);
        int first = (int) left.number();
        int second = (int) right.number();
        while (first >= 0 || second >= 0) {
            boolean takeFirst = first >= 0 && (second < 0 || first <= second);
            boolean takeSecond = second >= 0 && (first < 0 || second <= first);
            int bucket = takeFirst ? first : second;
            long count = 0;
            if (takeFirst) {
                count += left.number();
                first = left.more() ? first + (int) left.number() : -1;
            }
            if (takeSecond) {
                count += right.number();
                second = right.more() ? second + (int) right.number() : -1;
            }
            size = put(merged, size, bucket - before);
            size = put(merged, size, count);
            before = bucket;
        }
        return Arrays.copyOf(merged, size);
    }

    /** Writes a number and returns the place behind it. */
    static int put(byte[] data, int at, long value) {
        long rest = value;
        int pos = at;
        while ((rest & ~0x7fL) != 0) {
            data[pos++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        data[pos++] = (byte) rest;
        return pos;
    }

    /** Takes numbers one after another; used again. */
    static final class Writer {
        private byte[] data = new byte[64];
        private int size;

        void number(long value) {
            if (data.length - size < MOST_PER_NUMBER) {
                data = Arrays.copyOf(data, data.length * 2);
            }
            size = put(data, size, value);
        }

        void append(Writer other) {
            if (data.length - size < other.size) {
                data = Arrays.copyOf(data, Math.max(data.length * 2, size + other.size));
            }
            System.arraycopy(other.data, 0, data, size, other.size);
            size += other.size;
        }

        int size() {
            return size;
        }

        void clear() {
            size = 0;
        }

        byte[] bytes() {
            return size == 0 ? NOTHING : Arrays.copyOf(data, size);
        }

        /** Without zeros at the end: the last byte of a number is zero only if all of it is. */
        byte[] bytesWithoutZeros() {
            while (size > 0 && data[size - 1] == 0) {
                size--;
            }
            return bytes();
        }
    }

    /** Reads numbers one after another. */
    static final class Cursor {
        private final byte[] data;
        private int pos;
        private final int end;

        Cursor(byte[] data) {
            this(data, 0, data.length);
        }

        Cursor(byte[] data, int from, int end) {
            this.data = data;
            this.pos = from;
            this.end = end;
        }

        boolean more() {
            return pos < end;
        }

        /** Where the next number stands. */
        int position() {
            return pos;
        }

        void skip(int bytes) {
            pos += bytes;
        }

        long number() {
            byte part = data[pos++];
            if (part >= 0) {
                return part;
            }
            long value = part & 0x7f;
            for (int shift = 7; part < 0; shift += 7) {
                part = data[pos++];
                value |= (long) (part & 0x7f) << shift;
            }
            return value;
        }
    }
}
