package dev.onrush.examples.target;

import java.time.Duration;

/**
 * How many replicas serve, and how their number follows the load.
 *
 * @param min replicas at the start and at least
 * @param max replicas at most; equal to {@code min} means no autoscaling
 * @param targetUtilisation busy share of the replicas, in (0, 1], above which one more is wanted
 * @param interval time between two looks at the utilisation
 * @param startUp time a new replica needs before it serves
 * @param failureShare share of the calls, in [0, 1], that get 502 while a replica starts
 * @param calmBeforeDown how long fewer replicas must have been enough before one is taken away
 */
public record Scaling(
        int min,
        int max,
        double targetUtilisation,
        Duration interval,
        Duration startUp,
        double failureShare,
        Duration calmBeforeDown) {

    public Scaling {
        if (min < 1 || max < min) {
            throw new IllegalArgumentException("replicas: 1 <= min <= max expected, was " + min + ".." + max + ".");
        }
        if (!(targetUtilisation > 0 && targetUtilisation <= 1)) {
            throw new IllegalArgumentException(
                    "utilisation to scale at must be in (0, 1], was " + targetUtilisation + ". 0.75 means 75 percent.");
        }
        if (!(failureShare >= 0 && failureShare <= 1)) {
            throw new IllegalArgumentException(
                    "share of 502 while scaling must be in [0, 1], was " + failureShare + ". 0.05 means 5 percent.");
        }
        if (interval.isZero() || interval.isNegative() || startUp.isNegative() || calmBeforeDown.isNegative()) {
            throw new IllegalArgumentException("scaling times must not be negative and the interval positive, were "
                    + interval + ", " + startUp + " and " + calmBeforeDown + ".");
        }
    }

    /** From {@code min} to {@code max} at 75 % utilisation, looked at each second; a replica takes 3 s, meanwhile 5 % get 502. */
    public static Scaling between(int min, int max) {
        return new Scaling(min, max, 0.75, Duration.ofSeconds(1), Duration.ofSeconds(3), 0.05, Duration.ofSeconds(10));
    }

    /** Always so many replicas. */
    public static Scaling fixed(int replicas) {
        return between(replicas, replicas);
    }

    public Scaling startUp(Duration time) {
        return new Scaling(min, max, targetUtilisation, interval, time, failureShare, calmBeforeDown);
    }

    public Scaling interval(Duration time) {
        return new Scaling(min, max, targetUtilisation, time, startUp, failureShare, calmBeforeDown);
    }

    public Scaling failureShare(double share) {
        return new Scaling(min, max, targetUtilisation, interval, startUp, share, calmBeforeDown);
    }

    public Scaling calmBeforeDown(Duration time) {
        return new Scaling(min, max, targetUtilisation, interval, startUp, failureShare, time);
    }
}
