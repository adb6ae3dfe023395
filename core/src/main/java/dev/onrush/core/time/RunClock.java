package dev.onrush.core.time;

import java.time.Instant;

/** The time of one run: every instant in it is a number of nanoseconds since it began. */
public final class RunClock {
    private final Clock clock;
    private long anchorNanos;
    private Instant start;

    /** Begins the run now. */
    public RunClock(Clock clock) {
        this.clock = clock;
        this.start = clock.wallTime();
        this.anchorNanos = clock.nanoTime();
    }

    /** Begins the run now: called once, when all is prepared and before any thread of the run asks for the time. */
    public void begin() {
        start = clock.wallTime();
        anchorNanos = clock.nanoTime();
    }

    /** Nanoseconds since the run began. */
    public long now() {
        return clock.nanoTime() - anchorNanos;
    }

    /** An instant of the run as the clock's own {@link Clock#nanoTime()}. */
    public long toNanoTime(long runNanos) {
        return runNanos + anchorNanos;
    }

    /** Wall time at which the run began. */
    public Instant start() {
        return start;
    }
}
