package dev.onrush.core.injection;

import java.time.Duration;
import java.util.List;

import dev.onrush.core.Require;

/** So many users as a smoothed step: few at first, most in the middle, few at the end. */
public record StressPeakUsers(int users, Duration duration) implements OpenStep {
    public StressPeakUsers {
        Require.notNegative("stressPeakUsers: users", users);
        Require.positiveNanos("stressPeakUsers: duration", duration);
    }

    @Override
    public long durationNanos() {
        return duration.toNanos();
    }

    @Override
    public String describe() {
        return Words.users(users) + " as a smoothed peak over " + Words.of(duration);
    }

    @Override
    public boolean isRamp() {
        return true;
    }

    @Override
    public double peakRate() {
        // Between the two users in the middle, where they stand closest.
        if (users < 2) {
            return users / (durationNanos() / 1e9);
        }
        int middle = (users - 1) / 2;
        double gap = startNanos(middle + 1) - startNanos(middle);
        return gap > 0 ? 1e9 / gap : users;
    }

    @Override
    public double usersBefore(long nanos) {
        long low = 0;
        long high = users;
        while (low < high) {
            long middle = (low + high) / 2;
            if (startNanos(middle) < nanos) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** As two ramps: up to the middle, and down. */
    @Override
    public List<LoadLevel> loadLevels() {
        long middle = durationNanos() / 2;
        return List.of(new LoadLevel(0, middle, 0, peakRate()), new LoadLevel(middle, durationNanos(), peakRate(), 0));
    }

    @Override
    public long users(RateCurve curve) {
        return users;
    }

    @Override
    public ArrivalSchedule schedule(RateCurve curve, long seed) {
        return new ArrivalSchedule() {
            private int user;

            @Override
            public long next() {
                return user < users ? (long) startNanos(user++) : END;
            }
        };
    }

    /** d/2·(1 + z((k+1)/(n+1)) / z(n/(n+1))); z may be any multiple of the normal quantile, as it cancels out. */
    private double startNanos(long user) {
        double half = durationNanos() / 2.0;
        if (users == 1) {
            return half;
        }
        double widest = NormalQuantile.of((double) users / (users + 1));
        double z = NormalQuantile.of((user + 1.0) / (users + 1));
        return Math.min(durationNanos(), Math.max(0, half * (1 + z / widest)));
    }
}
