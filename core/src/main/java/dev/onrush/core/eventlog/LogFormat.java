package dev.onrush.core.eventlog;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The numbers of the file format; described in docs/event-log.md. */
final class LogFormat {
    /** As in PNG: a byte above 127, line ends of both kinds, so that a transfer as text shows. */
    private static final byte[] MAGIC = {(byte) 0x89, 'O', 'N', 'R', 'U', 'S', 'H', '\r', '\n', 0x1a, '\n', 0};

    static final int MAGIC_LENGTH = MAGIC.length;
    static final int MAJOR = 1;
    static final int MINOR = 0;
    static final int SYNC_LENGTH = 16;
    /** Magic, version, sync mark, length of the run record, CRC. */
    static final int HEAD_LENGTH = MAGIC_LENGTH + 4 + SYNC_LENGTH + 4 + 4;
    /** Sync mark, payload length, records, number of the first record, instant, CRC. */
    static final int BLOCK_HEADER_LENGTH = SYNC_LENGTH + 4 + 4 + 8 + 8 + 4;
    /** Where a writer ends a block, so that it stays below 64 KiB. */
    static final int BLOCK_FULL = 60 * 1024;
    /** What no payload may exceed, whatever its length field says. */
    static final int MAX_PAYLOAD = 1 << 20;
    /** What no run record may exceed. */
    static final int MAX_RUN_RECORD = 8 << 20;
    /** What no number of a name may exceed, so that a strange file cannot ask for any amount of memory. */
    static final int MAX_NAME_NUMBER = 1 << 22;

    /** No instant lies further from the begin of the run than 142 years, so that nanoseconds and sums stay numbers of 64 bits. */
    static final long MAX_INSTANT_MICROS = 1L << 52;

    static final int NAME_GROUP = 0;
    static final int NAME_REQUEST = 1;
    static final int NAME_SCENARIO = 2;
    static final int NAME_ERROR = 3;

    static final int KIND_USER_START = 1;
    static final int KIND_USER_END = 2;
    static final int KIND_USERS_DROPPED = 3;
    static final int KIND_GROUP_END = 4;
    static final int KIND_STEP_FAILURE = 5;
    static final int KIND_HEALTH = 6;
    static final int KIND_MARK = 7;
    static final int KIND_RUN_END = 8;
    static final int KIND_FAILED_EXCHANGE = 9;
    /** For figures of the target. */
    static final int KIND_KEPT = 10;

    static final int KIND_HELD_THREAD = 11;

    static final int REQUEST = 0x80;
    static final int REQUEST_OUTCOME = 0x03;
    static final int REQUEST_STATUS = 0x04;
    static final int REQUEST_ERROR = 0x08;
    static final int REQUEST_MORE = 0x10;
    static final int REQUEST_FIRST_BYTE = 0x20;
    static final int REQUEST_SCENARIO = 0x40;

    static final int MORE_NOT_STARTED = 0x01;
    static final int MORE_WARM_UP = 0x02;
    static final int MORE_ATTEMPT = 0x04;
    static final int MORE_SILENT = 0x08;
    /** From here on each bit stands for one number that follows. */
    static final int MORE_FIRST_NUMBER = 4;

    static final int MORE_PACE_OVERRUN = 1 << 4;
    static final int MORE_THROTTLE_WAIT = 1 << 5;
    static final int MORE_CONNECTION_WAIT = 1 << 6;
    static final int MORE_DNS = 1 << 7;
    static final int MORE_CONNECT = 1 << 8;
    static final int MORE_TLS = 1 << 9;

    /** No request is longer: head, presence, scenario, six numbers always, start delay, first byte, status, error, six more. */
    static final int MAX_REQUEST_BYTES = 1 + 18 * Varint.MAX_BYTES;

    static final int MAX_SMALL_BYTES = 2 + 8 * Varint.MAX_BYTES;
    static final int HEALTH_FIELDS = 19;
    /** Fewer no version ever wrote. */
    static final int FIRST_HEALTH_FIELDS = 15;

    static final int MAX_HEALTH_BYTES = 3 + (2 + HEALTH_FIELDS) * Varint.MAX_BYTES;

    private LogFormat() {}

    static byte[] magic() {
        return MAGIC.clone();
    }

    static boolean isMagic(byte[] data, int at) {
        return Arrays.equals(data, at, at + MAGIC_LENGTH, MAGIC, 0, MAGIC_LENGTH);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
