package dev.onrush.core.injection;

import java.math.BigInteger;
import java.time.Duration;

import dev.onrush.core.Require;

/** The number of users present changes in a straight line, rounded towards where it began. */
public record RampConcurrent(int from, int to, Duration duration) implements ClosedStep {
    public RampConcurrent {
        Require.notNegative("rampConcurrentUsers: users", from);
        Require.notNegative("rampConcurrentUsers: to", to);
        Require.positiveNanos("rampConcurrentUsers: duration", duration);
    }

    @Override
    public long durationNanos() {
        return duration.toNanos();
    }

    @Override
    public int target(long nanos) {
        // Integer division cuts towards zero, which is towards "from" for rising and falling ramps alike.
        return from + times((long) to - from, nanos, durationNanos(), false).intValueExact();
    }

    @Override
    public long nextRise(long nanos) {
        if (to <= from) {
            return Long.MAX_VALUE;
        }
        long risen = target(nanos) - from + 1L;
        long at = times(risen, durationNanos(), (long) to - from, true).longValueExact();
        return at < durationNanos() ? at : Long.MAX_VALUE;
    }

    @Override
    public int peak() {
        return Math.max(from, to);
    }

    @Override
    public LoadLevel level() {
        return new LoadLevel(0, durationNanos(), from, to);
    }

    @Override
    public String describe() {
        return from + " to " + to + " users present over " + Words.of(duration);
    }

    private static BigInteger times(long a, long b, long divisor, boolean up) {
        BigInteger[] parts =
                BigInteger.valueOf(a).multiply(BigInteger.valueOf(b)).divideAndRemainder(BigInteger.valueOf(divisor));
        return up && parts[1].signum() > 0 ? parts[0].add(BigInteger.ONE) : parts[0];
    }
}
