package dev.onrush.core.injection;

import java.util.SplittableRandom;

/**
 * A fixed number of users at instants drawn under a rate, in order. The order statistics of n uniform draws are made one
 * after the other, so that memory does not grow with n: the smallest of m draws above u is 1 − (1 − u)·V^(1/m).
 */
final class RandomizedSchedule implements ArrivalSchedule {
    private final RateCurve curve;
    private final double area;
    private final SplittableRandom random;
    private long left;
    private double above = 1;

    RandomizedSchedule(RateCurve curve, long seed) {
        this.curve = curve;
        this.area = curve.usersExactly().doubleValue();
        this.random = new SplittableRandom(seed);
        this.left = curve.users();
    }

    @Override
    public long next() {
        if (left == 0) {
            return END;
        }
        above *= Math.pow(1 - random.nextDouble(), 1.0 / left);
        left--;
        return Math.min(curve.invert((1 - above) * area), curve.durationNanos() - 1);
    }
}
