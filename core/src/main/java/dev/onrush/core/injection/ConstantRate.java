package dev.onrush.core.injection;

import java.time.Duration;

import dev.onrush.core.Require;

/** Users keep arriving at one rate, however slowly the target answers (open model). */
public record ConstantRate(double usersPerSecond, Duration duration, ArrivalProcess process) implements RateStep {
    public ConstantRate {
        Require.notNegative("constantUsersPerSec: rate", usersPerSecond);
        Require.positiveNanos("constantUsersPerSec: duration", duration);
    }

    public ConstantRate(double usersPerSecond, Duration duration) {
        this(usersPerSecond, duration, ArrivalProcess.EVEN);
    }

    @Override
    public long durationNanos() {
        return duration.toNanos();
    }

    @Override
    public RateCurve curve() {
        return RateCurve.line(usersPerSecond, usersPerSecond, durationNanos());
    }

    @Override
    public String describe() {
        return Words.rate(usersPerSecond) + " users/s for " + Words.of(duration) + process.words();
    }
}
