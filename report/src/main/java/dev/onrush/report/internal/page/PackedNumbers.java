package dev.onrush.report.internal.page;

import java.io.ByteArrayOutputStream;

/** Numbers of 7 bits per byte, low bits first: the high bit says that more follows. */
final class PackedNumbers {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    void add(long number) {
        long rest = number;
        for (; rest > 0x7f; rest >>>= 7) {
            bytes.write((int) rest & 0x7f | 0x80);
        }
        bytes.write((int) rest);
    }

    void addAll(byte[] packed) {
        bytes.writeBytes(packed);
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    /** Reads them again, one after another. */
    static final class Cursor {
        private final byte[] bytes;
        private int at;

        Cursor(byte[] bytes) {
            this.bytes = bytes;
        }

        boolean more() {
            return at < bytes.length;
        }

        long number() {
            long number = 0;
            for (int shift = 0; ; shift += 7) {
                byte part = bytes[at++];
                number |= (part & 0x7fL) << shift;
                if (part >= 0) {
                    return number;
                }
            }
        }
    }
}
