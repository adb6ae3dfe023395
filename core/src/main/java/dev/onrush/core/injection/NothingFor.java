package dev.onrush.core.injection;

import java.time.Duration;

import dev.onrush.core.Require;

/** Nobody starts for that long. */
public record NothingFor(Duration duration) implements OpenStep {
    public NothingFor {
        Require.positiveNanos("nothingFor: duration", duration);
    }

    @Override
    public long durationNanos() {
        return duration.toNanos();
    }

    @Override
    public String describe() {
        return "nobody for " + Words.of(duration);
    }

    @Override
    public double peakRate() {
        return 0;
    }

    @Override
    public double usersBefore(long nanos) {
        return 0;
    }

    @Override
    public long users(RateCurve curve) {
        return 0;
    }

    @Override
    public ArrivalSchedule schedule(RateCurve curve, long seed) {
        return () -> ArrivalSchedule.END;
    }
}
