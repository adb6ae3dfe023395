package dev.onrush.core.eventlog;

import static dev.onrush.core.eventlog.LogFormat.*;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;

import org.jspecify.annotations.Nullable;

/**
 * The head of a log file: version, sync mark, run record. It stands there twice, so that one damaged byte costs nothing.
 *
 * @param length of one copy in bytes
 */
record LogHead(int major, int minor, byte[] syncMark, RunHeader run, int length) {
    /** One copy of the head. */
    static byte[] encode(byte[] syncMark, RunHeader run) {
        int size = HEAD_LENGTH + Varint.MAX_BYTES;
        Map<byte[], byte[]> texts = new LinkedHashMap<>();
        for (Map.Entry<String, String> entry : run.values().entrySet()) {
            byte[] key = utf8(LogText.of(entry.getKey(), LogText.NAME_LENGTH));
            byte[] text = utf8(LogText.of(entry.getValue(), LogText.HEADER_LENGTH));
            if (size + key.length + text.length > MAX_RUN_RECORD - 1024) {
                break;
            }
            texts.put(key, text);
            size += 2 * Varint.MAX_BYTES + key.length + text.length;
        }
        byte[] head = new byte[size];
        int p = HEAD_LENGTH - 4;
        p = Varint.put(head, p, texts.size());
        for (Map.Entry<byte[], byte[]> entry : texts.entrySet()) {
            p = putText(head, p, entry.getKey());
            p = putText(head, p, entry.getValue());
        }
        ByteBuffer buffer = ByteBuffer.wrap(head);
        buffer.put(magic()).putShort((short) MAJOR).putShort((short) MINOR).put(syncMark);
        buffer.putInt(p - (HEAD_LENGTH - 4));
        buffer.putInt(p, checksum(head, 0, p));
        return java.util.Arrays.copyOf(head, p + 4);
    }

    private static int putText(byte[] head, int at, byte[] utf8) {
        int p = Varint.put(head, at, utf8.length);
        System.arraycopy(utf8, 0, head, p, utf8.length);
        return p + utf8.length;
    }

    private static int checksum(byte[] data, int from, int to) {
        CRC32C crc = new CRC32C();
        crc.update(data, from, to - from);
        return (int) crc.getValue();
    }

    /** The head at that place, or null if there is no whole and sound one of this major version. */
    static @Nullable LogHead decode(byte[] data, int at, int end) {
        if (end - at < HEAD_LENGTH || !isMagic(data, at)) {
            return null;
        }
        ByteBuffer buffer = ByteBuffer.wrap(data, at + MAGIC_LENGTH, end - at - MAGIC_LENGTH);
        int major = buffer.getShort() & 0xffff;
        int minor = buffer.getShort() & 0xffff;
        byte[] syncMark = new byte[SYNC_LENGTH];
        buffer.get(syncMark);
        int length = buffer.getInt();
        if (length < 0 || length > buffer.remaining() - 4) {
            return null;
        }
        int textsAt = at + HEAD_LENGTH - 4;
        int textsEnd = textsAt + length;
        if (major != MAJOR || buffer.getInt(textsEnd) != checksum(data, at, textsEnd)) {
            return null;
        }
        try {
            return new LogHead(major, minor, syncMark, texts(data, textsAt, textsEnd), HEAD_LENGTH + length);
        } catch (MalformedRecordException e) {
            return null;
        }
    }

    private static RunHeader texts(byte[] data, int from, int to) {
        Map<String, String> texts = new LinkedHashMap<>();
        ByteReader reader = new ByteReader(data, from, to);
        for (long left = reader.number(); left > 0; left--) {
            String key = reader.text();
            texts.put(key, reader.text());
        }
        return new RunHeader(texts);
    }
}
