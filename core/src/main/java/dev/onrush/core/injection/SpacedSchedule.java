package dev.onrush.core.injection;

import java.math.BigInteger;

/** n users over a duration d: user k starts at k·d/n, rounded down. */
final class SpacedSchedule implements ArrivalSchedule {
    private final long users;
    private final long durationNanos;
    private long user;

    SpacedSchedule(long users, long durationNanos) {
        this.users = users;
        this.durationNanos = durationNanos;
    }

    @Override
    public long next() {
        if (user >= users) {
            return END;
        }
        long k = user++;
        if (Math.multiplyHigh(k, durationNanos) == 0 && k * durationNanos >= 0) {
            return k * durationNanos / users;
        }
        return BigInteger.valueOf(k)
                .multiply(BigInteger.valueOf(durationNanos))
                .divide(BigInteger.valueOf(users))
                .longValueExact();
    }
}
