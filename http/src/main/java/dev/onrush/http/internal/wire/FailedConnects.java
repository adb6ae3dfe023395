package dev.onrush.http.internal.wire;

/** Notices that connections fail so fast that only users who never pause can be behind it. Thread-safe. */
final class FailedConnects {
    static final int MOST_PER_SECOND = 1000;
    private static final long SECOND = 1_000_000_000L;

    private long secondBeganNanos = Long.MIN_VALUE;
    private int failed;

    /** Counts one more; true for the first one that is too many in its second. */
    synchronized boolean areTooMany(long now) {
        if (secondBeganNanos == Long.MIN_VALUE || now - secondBeganNanos >= SECOND) {
            secondBeganNanos = now;
            failed = 0;
        }
        return ++failed == MOST_PER_SECOND + 1;
    }
}
