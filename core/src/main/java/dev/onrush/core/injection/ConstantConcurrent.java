package dev.onrush.core.injection;

import java.time.Duration;

import dev.onrush.core.Require;

/** So many users present all the time. */
public record ConstantConcurrent(int users, Duration duration) implements ClosedStep {
    public ConstantConcurrent {
        Require.notNegative("constantConcurrentUsers: users", users);
        Require.positiveNanos("constantConcurrentUsers: duration", duration);
    }

    @Override
    public long durationNanos() {
        return duration.toNanos();
    }

    @Override
    public int target(long nanos) {
        return users;
    }

    @Override
    public long nextRise(long nanos) {
        return Long.MAX_VALUE;
    }

    @Override
    public int peak() {
        return users;
    }

    @Override
    public LoadLevel level() {
        return new LoadLevel(0, durationNanos(), users, users);
    }

    @Override
    public String describe() {
        return Words.users(users) + " present for " + Words.of(duration);
    }
}
