package dev.onrush.core.injection;

import java.time.Duration;

import dev.onrush.core.Require;

/** Users arrive at a rate that changes in a straight line. */
public record RampRate(double fromPerSecond, double toPerSecond, Duration duration, ArrivalProcess process)
        implements RateStep {
    public RampRate {
        Require.notNegative("rampUsersPerSec: rate", fromPerSecond);
        Require.notNegative("rampUsersPerSec: to", toPerSecond);
        Require.positiveNanos("rampUsersPerSec: duration", duration);
    }

    public RampRate(double fromPerSecond, double toPerSecond, Duration duration) {
        this(fromPerSecond, toPerSecond, duration, ArrivalProcess.EVEN);
    }

    @Override
    public long durationNanos() {
        return duration.toNanos();
    }

    @Override
    public RateCurve curve() {
        return RateCurve.line(fromPerSecond, toPerSecond, durationNanos());
    }

    @Override
    public boolean isRamp() {
        return fromPerSecond != toPerSecond;
    }

    @Override
    public String describe() {
        return Words.rate(fromPerSecond) + " to " + Words.rate(toPerSecond) + " users/s over " + Words.of(duration)
                + process.words();
    }
}
