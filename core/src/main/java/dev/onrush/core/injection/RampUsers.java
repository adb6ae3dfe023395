package dev.onrush.core.injection;

import java.time.Duration;
import java.util.List;

import dev.onrush.core.Require;

/** So many users, evenly over a time: user k starts at k·d/n. */
public record RampUsers(int users, Duration duration) implements OpenStep {
    public RampUsers {
        Require.notNegative("rampUsers: users", users);
        Require.positiveNanos("rampUsers: duration", duration);
    }

    @Override
    public long durationNanos() {
        return duration.toNanos();
    }

    @Override
    public String describe() {
        return Words.users(users) + " over " + Words.of(duration);
    }

    @Override
    public double peakRate() {
        return users / (durationNanos() / 1e9);
    }

    @Override
    public double usersBefore(long nanos) {
        return (double) users * nanos / durationNanos();
    }

    @Override
    public List<LoadLevel> loadLevels() {
        return List.of(new LoadLevel(0, durationNanos(), peakRate(), peakRate()));
    }

    @Override
    public long users(RateCurve curve) {
        return users;
    }

    @Override
    public ArrivalSchedule schedule(RateCurve curve, long seed) {
        return new SpacedSchedule(users, durationNanos());
    }
}
