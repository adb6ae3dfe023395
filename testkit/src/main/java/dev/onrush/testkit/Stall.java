package dev.onrush.testkit;

import java.time.Duration;

/**
 * A span in which a {@link TruthServer} goes on accepting and reading but answers nothing; what waited is answered at
 * once when it is over.
 *
 * @param at its beginning, counted from the arrival of the server's first request
 * @param length how long it lasts
 */
public record Stall(Duration at, Duration length) {
    public Stall {
        if (at.isNegative() || length.isNegative()) {
            throw new IllegalArgumentException("a stall must not be negative, was at " + at + " for " + length);
        }
    }

    /** Returns the instant at which what is due at {@code nowNanos} may go: the end of this stall, or now. */
    long releaseNanos(long firstNanos, long nowNanos) {
        long beginNanos = firstNanos + at.toNanos();
        long endNanos = beginNanos + length.toNanos();
        return nowNanos - beginNanos >= 0 && nowNanos - endNanos < 0 ? endNanos : nowNanos;
    }
}
