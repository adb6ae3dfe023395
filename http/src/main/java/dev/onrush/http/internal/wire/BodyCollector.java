package dev.onrush.http.internal.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Gathers a body that somebody reads, up to a limit. */
final class BodyCollector {
    static final byte[] EMPTY = {};
    private static final int FIRST_BYTES = 1024;
    /** What a length that is only announced may cost us. */
    private static final int MOST_AHEAD_BYTES = 1 << 20;

    private final long limitBytes;
    private byte[] bytes;
    private int length;

    /** @param announcedBytes negative if unknown */
    BodyCollector(long announcedBytes, long limitBytes) {
        this.limitBytes = Math.min(limitBytes, Integer.MAX_VALUE - 8);
        long first = announcedBytes < 0 ? FIRST_BYTES : Math.min(announcedBytes, MOST_AHEAD_BYTES);
        this.bytes = new byte[(int) Math.min(first, this.limitBytes)];
    }

    /** Takes all that is in there; false if that is more than the limit. */
    boolean add(ByteBuffer source) {
        int more = source.remaining();
        long total = (long) length + more;
        if (total > limitBytes) {
            source.position(source.limit());
            return false;
        }
        if (total > bytes.length) {
            long wanted = Math.max(total, Math.min(2L * bytes.length, limitBytes));
            bytes = Arrays.copyOf(bytes, (int) wanted);
        }
        source.get(bytes, length, more);
        length += more;
        return true;
    }

    byte[] bytes() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }
}
