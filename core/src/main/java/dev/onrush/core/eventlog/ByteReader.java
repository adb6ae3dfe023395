package dev.onrush.core.eventlog;

import java.nio.charset.StandardCharsets;

/** Reads numbers and texts from a piece of memory and never beyond its end. */
final class ByteReader {
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
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            int part = oneByte();
            value |= (long) (part & 0x7f) << shift;
            if (part < 0x80) {
                return value;
            }
        }
        throw MalformedRecordException.INSTANCE;
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
