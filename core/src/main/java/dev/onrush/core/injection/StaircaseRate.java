package dev.onrush.core.injection;

import java.time.Duration;

import dev.onrush.core.Require;

/**
 * Levels of rate, one above the other.
 *
 * <p>Without ramps the levels are s, s+r, s+2r, … With ramps and s = 0 each level r, 2r, … follows its ramp; with ramps and
 * s &gt; 0 the ramps lie between the levels s, s+r, …
 *
 * @param ramp length of the ramps, zero for none
 */
public record StaircaseRate(double increment, int levels, Duration level, double startingFrom, Duration ramp)
        implements RateStep {
    public StaircaseRate {
        Require.notNegative("incrementUsersPerSec: increment", increment);
        Require.atLeast("incrementUsersPerSec: times", 1, levels);
        Require.positiveNanos("incrementUsersPerSec: eachLevelLasting", level);
        Require.notNegative("incrementUsersPerSec: startingFrom", startingFrom);
        Require.nanosOrZero("incrementUsersPerSec: separatedByRampsLasting", ramp);
    }

    @Override
    public long durationNanos() {
        return curve().durationNanos();
    }

    @Override
    public RateCurve curve() {
        boolean ramps = !ramp.isZero();
        boolean rampFirst = ramps && startingFrom == 0;
        RateCurve curve = RateCurve.nothing(0);
        for (int index = 0; index < levels; index++) {
            double rate = startingFrom + increment * (rampFirst ? index + 1 : index);
            if (ramps && (rampFirst || index > 0)) {
                curve = curve.then(RateCurve.line(Math.max(0, rate - increment), rate, ramp.toNanos()));
            }
            curve = curve.then(RateCurve.line(rate, rate, level.toNanos()));
        }
        return curve;
    }

    @Override
    public String describe() {
        return levels + " levels of " + Words.of(level) + ", each " + Words.rate(increment)
                + " users/s above the last, from " + Words.rate(startingFrom)
                + (ramp.isZero() ? "" : ", ramps of " + Words.of(ramp));
    }
}
