package dev.onrush.core.health;

import dev.onrush.core.eventlog.HealthSample;
import dev.onrush.core.time.Clock;

/** Reads the machine's and the JVM's own figures, once a second, by the control thread. What is not offered stays unknown. */
public final class HealthProbe {
    private final Clock clock;

    public HealthProbe(Clock clock) {
        this.clock = clock;
    }

    /** Fills in what changed since the last call. */
    public void fill(HealthSample sample, long nowNanos) {
        sample.atNanos = nowNanos;
        sample.wallClockJumpMillis = 0;
        clock.wallTime();
    }
}
