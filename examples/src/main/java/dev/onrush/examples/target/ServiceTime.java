package dev.onrush.examples.target;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long a replica works on one request. */
public sealed interface ServiceTime {

    /** Returns the next service time in nanoseconds, 0 or more; the caller's generator makes it repeatable. */
    long nextNanos(RandomGenerator random);

    /** No time at all: requests are answered at once and never queue. */
    static ServiceTime none() {
        return new Fixed(0);
    }

    /** The same time for every request. */
    static ServiceTime fixed(Duration time) {
        return new Fixed(positiveNanos("fixed", time));
    }

    /** Memoryless work: often short, sometimes several times the mean. */
    static ServiceTime exponential(Duration mean) {
        return new Exponential(positiveNanos("exponential", mean));
    }

    /** Work with a long tail, as of a real service; {@code sigma} is the spread of the logarithm, 0.5 is common. */
    static ServiceTime logNormal(Duration mean, double sigma) {
        if (!(sigma > 0 && sigma <= 5)) {
            throw new IllegalArgumentException("service time logNormal: sigma must be in (0, 5], was " + sigma + ".");
        }
        return new LogNormal(positiveNanos("logNormal", mean), sigma);
    }

    /** Returns whether requests need no time, so that the queue can be passed by. */
    default boolean isNone() {
        return false;
    }

    private static long positiveNanos(String kind, Duration time) {
        if (time.isZero() || time.isNegative()) {
            throw new IllegalArgumentException("service time " + kind + ": the time must be positive, was " + time
                    + ". To answer at once use ServiceTime.none().");
        }
        return time.toNanos();
    }

    record Fixed(long nanos) implements ServiceTime {
        @Override
        public long nextNanos(RandomGenerator random) {
            return nanos;
        }

        @Override
        public boolean isNone() {
            return nanos == 0;
        }
    }

    record Exponential(long meanNanos) implements ServiceTime {
        @Override
        public long nextNanos(RandomGenerator random) {
            return (long) (meanNanos * random.nextExponential());
        }
    }

    record LogNormal(long meanNanos, double sigma) implements ServiceTime {
        @Override
        public long nextNanos(RandomGenerator random) {
            // mean of a log-normal is exp(mu + sigma²/2): take sigma²/2 off so that the mean is the one asked for
            return (long) (meanNanos * Math.exp(sigma * random.nextGaussian() - sigma * sigma / 2));
        }
    }
}
