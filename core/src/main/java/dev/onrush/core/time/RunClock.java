package dev.onrush.core.time;

import java.time.Instant;

/** The time of one run: every instant in it is a number of nanoseconds since it began. */
public final class RunClock {
    private final Clock clock;
    private long anchorNanos;
    private Instant start;
    private boolean begun;

    /** Begins the run now. */
    public RunClock(Clock clock) {
        this.clock = clock;
        this.start = clock.wallTime();
        this.anchorNanos = clock.nanoTime();
    }

    /**
     * Begins the run now, when all is prepared and before any of its threads asks for the time. The first call counts: whoever
     * writes the log begins it, and the engine then finds it begun.
     */
    public void begin() {
        if (begun) {
            return;
        }
        begun = true;
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
