package dev.onrush.core.eventlog;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Reads numbers and texts from a piece of memory and never beyond its end. */
final class ByteReader {
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /** The bit of each byte that says that another one follows. */
    private static final long STOPS = 0x8080808080808080L;

    private byte[] data;
    private int pos;
    private int end;

    ByteReader(byte[] data, int from, int to) {
        this.data = data;
        this.pos = from;
        this.end = to;
    }

    /** Goes on at another place. */
    void over(byte[] bytes, int from, int to) {
        data = bytes;
        pos = from;
        end = to;
    }

    int position() {
        return pos;
    }

    void position(int at) {
        pos = at;
    }

    void end(int at) {
        end = at;
    }

    int oneByte() {
        if (pos >= end) {
            throw MalformedRecordException.INSTANCE;
        }
        return data[pos++] & 0xff;
    }

    long number() {
        int at = pos;
        if (at < end && data[at] >= 0) {
            pos = at + 1;
            return data[at];
        }
        if (at > data.length - Long.BYTES) {
            return longNumber();
        }
        // All bytes at once: a number of any length costs the same, where a loop is mispredicted.
        long word = (long) WORD.get(data, at);
        long stops = ~word & STOPS;
        if (stops == 0) {
            return longNumber();
        }
        int bits = Long.numberOfTrailingZeros(stops) + 1;
        int behind = at + (bits >> 3);
        if (behind > end) {
            throw MalformedRecordException.INSTANCE;
        }
        pos = behind;
        long value = word & ~STOPS & -1L >>> Long.SIZE - bits;
        value = value & 0x007f007f007f007fL | (value & 0x7f007f007f007f00L) >>> 1;
        value = value & 0x00003fff00003fffL | (value & 0x3fff00003fff0000L) >>> 2;
        return value & 0x0fffffffL | (value & 0x0fffffff00000000L) >>> 4;
    }

    private long longNumber() {
        long value = 0;
        int at = pos;
        int last = Math.min(end, at + Varint.MAX_BYTES);
        for (int shift = 0; at < last; shift += 7) {
            byte part = data[at++];
            value |= (long) (part & 0x7f) << shift;
            if (part >= 0) {
                pos = at;
                return value;
            }
        }
        throw MalformedRecordException.INSTANCE;
    }

    void skipNumbers(int count) {
        for (int left = count; left > 0; left--) {
            number();
        }
    }

    long signed() {
        return Varint.signed(number());
    }

    /** The number of a name, or any other that must stay small. */
    int name() {
        return small(LogFormat.MAX_NAME_NUMBER);
    }

    /** A length that does not reach beyond the end. */
    int length() {
        return small(end - pos);
    }

    String text() {
        int length = length();
        String text = new String(data, pos, length, StandardCharsets.UTF_8);
        pos += length;
        return text;
    }

    void skipText() {
        int length = length();
        pos += length;
    }

    <T> T oneOf(T[] values) {
        return values[small(values.length - 1)];
    }

    private int small(int most) {
        long value = number();
        if (value < 0 || value > most) {
            throw MalformedRecordException.INSTANCE;
        }
        return (int) value;
    }
}
