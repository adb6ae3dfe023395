package dev.onrush.core.injection;

import java.util.SplittableRandom;

/** A Poisson process of a given rate: on the scale of Λ the gaps are exponential with mean 1. */
final class PoissonSchedule implements ArrivalSchedule {
    private final RateCurve curve;
    private final double area;
    private final SplittableRandom random;
    private double reached;

    PoissonSchedule(RateCurve curve, long seed) {
        this.curve = curve;
        this.area = curve.usersExactly().doubleValue();
        this.random = new SplittableRandom(seed);
    }

    @Override
    public long next() {
        reached -= Math.log(1 - random.nextDouble());
        return reached < area ? Math.min(curve.invert(reached), curve.durationNanos() - 1) : END;
    }
}
