package dev.onrush.testkit;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * How long a {@link TruthServer} takes from the arrival of a request to its answer.
 *
 * <p>Asked once per request, in order of arrival, on the server's own thread.
 */
@FunctionalInterface
public interface ResponseTime {
    /** Returns the next time in nanoseconds, not negative. */
    long nextNanos();

    /** Answers at once. */
    static ResponseTime none() {
        return () -> 0;
    }

    /** Always the same. */
    static ResponseTime fixed(Duration time) {
        long nanos = notNegative(time);
        return () -> nanos;
    }

    /** Even between {@code low} (included) and {@code high} (excluded); the same seed gives the same times. */
    static ResponseTime uniform(Duration low, Duration high, long seed) {
        long lowNanos = notNegative(low);
        long highNanos = notNegative(high);
        if (highNanos <= lowNanos) {
            throw new IllegalArgumentException("high must be above low (" + low + "), was " + high);
        }
        var random = new SplittableRandom(seed);
        return () -> random.nextLong(lowNanos, highNanos);
    }

    /** {@code slow} for a share ({@code 0..1}) of the requests, picked by seed, {@code fast} for the others. */
    static ResponseTime twoHumped(Duration fast, Duration slow, double slowShare, long seed) {
        long fastNanos = notNegative(fast);
        long slowNanos = notNegative(slow);
        if (!(slowShare >= 0 && slowShare <= 1)) {
            throw new IllegalArgumentException("slowShare must be in 0..1, was " + slowShare);
        }
        var random = new SplittableRandom(seed);
        return () -> random.nextDouble() < slowShare ? slowNanos : fastNanos;
    }

    /** Log-normal: half of the times are below {@code median}, {@code sigma} is the deviation of the logarithm. */
    static ResponseTime logNormal(Duration median, double sigma, long seed) {
        long medianNanos = notNegative(median);
        if (!(sigma >= 0 && sigma <= 5)) {
            throw new IllegalArgumentException("sigma must be in 0..5, was " + sigma);
        }
        var random = new java.util.Random(seed);
        return () -> Math.round(medianNanos * Math.exp(sigma * random.nextGaussian()));
    }

    private static long notNegative(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("a response time must not be negative, was " + time);
        }
        return time.toNanos();
    }
}
