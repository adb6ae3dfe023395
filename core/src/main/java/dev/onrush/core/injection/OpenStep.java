package dev.onrush.core.injection;

import java.util.List;

/** One step of an open profile: a pure function of time. */
public sealed interface OpenStep permits NothingFor, AtOnceUsers, RampUsers, StressPeakUsers, RateStep {
    long durationNanos();

    String describe();

    /** Its rate over time; the zero curve of its duration if it has none. */
    default RateCurve curve() {
        return RateCurve.nothing(durationNanos());
    }

    default ArrivalProcess process() {
        return ArrivalProcess.EVEN;
    }

    /** Whether it forms one curve with its neighbours that do. */
    default boolean joins() {
        return false;
    }

    /** Whether its rate changes until its end. */
    default boolean isRamp() {
        return false;
    }

    /** Users per second at its highest; of users at once, their number. */
    double peakRate();

    /** Expected number of users in its first {@code nanos}, fractions included; for drawing its shape. */
    double usersBefore(long nanos);

    /** What it asks for over its time; empty for users at one instant. */
    default List<LoadLevel> loadLevels() {
        return curve().loadLevels();
    }

    /** How many users start; {@code curve} is its own, joined with that of the steps it forms one curve with. */
    long users(RateCurve curve);

    ArrivalSchedule schedule(RateCurve curve, long seed);
}
