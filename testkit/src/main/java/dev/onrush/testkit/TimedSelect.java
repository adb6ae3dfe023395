package dev.onrush.testkit;

import java.io.IOException;
import java.nio.channels.Selector;
import java.util.concurrent.locks.LockSupport;

/** Waits for sockets or an instant, whichever comes first. */
final class TimedSelect {
    private static final long MILLI = 1_000_000;

    private TimedSelect() {}

    /**
     * Returns when a socket is ready, the instant has come, the selector was woken, or after {@code mostMillis}.
     *
     * <p>The selector knows whole milliseconds only, so the last stretch is parked in short steps: exact to about 0.1 ms.
     */
    static void until(Selector selector, long dueNanos, long mostMillis) throws IOException {
        long leftNanos = dueNanos - System.nanoTime();
        if (leftNanos > 2 * MILLI) {
            selector.select(Math.min(mostMillis, leftNanos / MILLI - 1));
            return;
        }
        while (selector.selectNow() == 0 && leftNanos > 0) {
            LockSupport.parkNanos(Math.min(leftNanos, 50_000));
            leftNanos = dueNanos - System.nanoTime();
        }
    }
}
