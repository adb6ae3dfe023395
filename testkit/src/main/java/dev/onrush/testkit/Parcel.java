package dev.onrush.testkit;

import java.nio.ByteBuffer;

/** Bytes, or an end, on their way through a {@link FaultProxy}, and the instant at which they may leave it. */
record Parcel(long dueNanos, Kind kind, ByteBuffer bytes) {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    enum Kind {
        DATA,
        /** The sender will write no more. */
        END,
        /** Both connections are closed. */
        CLOSE,
        /** Both connections are reset. */
        RESET
    }

    static Parcel of(Kind kind, long dueNanos) {
        return new Parcel(dueNanos, kind, NOTHING);
    }

    Parcel at(long otherNanos) {
        return new Parcel(otherNanos, kind, bytes);
    }

    boolean isData() {
        return kind == Kind.DATA;
    }

    int size() {
        return bytes.remaining();
    }

    /** The bytes from {@code from} on, at most {@code count} of them. */
    Parcel slice(int from, int count, long otherNanos) {
        return new Parcel(otherNanos, kind, bytes.slice(bytes.position() + from, Math.min(count, size() - from)));
    }
}
