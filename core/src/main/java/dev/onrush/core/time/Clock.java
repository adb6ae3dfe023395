package dev.onrush.core.time;

import java.time.Instant;

/** Where all time in a run comes from; handed in, never taken. Safe for use by many threads. */
public interface Clock {
    /** Monotonic nanoseconds of no particular origin: the only time that is measured with. */
    long nanoTime();

    /** Wall time, to date a run; read once at its start. */
    Instant wallTime();

    /** The clock of the machine. */
    static Clock system() {
        return SystemClock.INSTANCE;
    }
}
