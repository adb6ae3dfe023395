package dev.onrush.core.time;

import org.jspecify.annotations.Nullable;

/**
 * Something that becomes due. It is its own node in a {@link TimerWheel}, {@link TimerQueue} or {@link TimerInbox}, and in one
 * of them at most at a time: so waiting costs no memory beside it.
 */
public abstract class Timer {
    long atNanos;

    @Nullable
    Timer link;

    protected Timer() {}

    /** When it is due; changed only while it waits nowhere. */
    public final long atNanos() {
        return atNanos;
    }

    protected final void atNanos(long nanos) {
        atNanos = nanos;
    }
}
