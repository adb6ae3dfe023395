package dev.onrush.core.time;

import java.time.Duration;
import java.time.Instant;

/**
 * A clock that stands still until it is moved. An engine that is given one runs on the caller's thread and moves the clock
 * itself from one due time to the next, so that an hour of load takes as long as its work. Not thread-safe.
 */
public final class ManualClock implements Clock {
    private final Instant origin;
    private long nanos;

    public ManualClock() {
        this(Instant.parse("2026-01-01T00:00:00Z"));
    }

    public ManualClock(Instant origin) {
        this.origin = origin;
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public Instant wallTime() {
        return origin.plusNanos(nanos);
    }

    public void advance(Duration by) {
        advanceTo(nanos + by.toNanos());
    }

    /** Moves on to that {@link #nanoTime()}; an earlier one is refused. */
    public void advanceTo(long toNanos) {
        if (toNanos < nanos) {
            throw new IllegalArgumentException("time runs forward: at " + nanos + " ns, asked for " + toNanos + " ns");
        }
        nanos = toNanos;
    }
}
