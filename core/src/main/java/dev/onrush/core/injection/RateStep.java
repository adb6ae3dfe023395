package dev.onrush.core.injection;

/** A step that says how many users start per second. */
public sealed interface RateStep extends OpenStep permits ConstantRate, RampRate, StaircaseRate {
    @Override
    RateCurve curve();

    @Override
    default boolean joins() {
        return process() == ArrivalProcess.EVEN;
    }

    @Override
    default double peakRate() {
        return curve().peakRate();
    }

    @Override
    default double usersBefore(long nanos) {
        return curve().usersBefore(nanos);
    }

    @Override
    default long users(RateCurve curve) {
        return curve.users();
    }

    @Override
    default ArrivalSchedule schedule(RateCurve curve, long seed) {
        return switch (process()) {
            case EVEN -> new EvenSchedule(curve);
            case RANDOMIZED -> new RandomizedSchedule(curve, seed);
            case POISSON -> new PoissonSchedule(curve, seed);
        };
    }
}
