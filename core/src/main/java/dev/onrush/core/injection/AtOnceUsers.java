package dev.onrush.core.injection;

import dev.onrush.core.Require;

/** So many users start at one instant. */
public record AtOnceUsers(int users) implements OpenStep {
    public AtOnceUsers {
        Require.notNegative("atOnceUsers: users", users);
    }

    @Override
    public long durationNanos() {
        return 0;
    }

    @Override
    public String describe() {
        return Words.users(users) + " at once";
    }

    @Override
    public double peakRate() {
        return users;
    }

    @Override
    public double usersBefore(long nanos) {
        return users;
    }

    @Override
    public long users(RateCurve curve) {
        return users;
    }

    @Override
    public ArrivalSchedule schedule(RateCurve curve, long seed) {
        return new SpacedSchedule(users, 0);
    }
}
