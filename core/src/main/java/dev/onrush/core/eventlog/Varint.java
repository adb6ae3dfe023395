package dev.onrush.core.eventlog;

/** Numbers of 1 to 10 bytes, 7 bits each, the lowest first; signed ones are folded ("zigzag") so that small ones stay short. */
final class Varint {
    static final int MAX_BYTES = 10;

    private Varint() {}

    /** Writes a number, taken as unsigned; returns the place behind it. */
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

    static int putSigned(byte[] data, int at, long value) {
        return put(data, at, (value << 1) ^ (value >> 63));
    }

    static long signed(long folded) {
        return (folded >>> 1) ^ -(folded & 1);
    }
}
