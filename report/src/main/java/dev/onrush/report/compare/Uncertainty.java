package dev.onrush.report.compare;

import org.hipparchus.distribution.continuous.TDistribution;

/**
 * How sure one difference is, read from its replications in three ways that must agree: Student's t on the logarithm of the
 * ratio, Student's t on the plain difference, and the quantiles of the replications themselves. Each of them errs alone: the
 * plain difference where the sides differ a lot, the logarithm and t where a figure hangs on a few rare stalls. What is shown
 * must show in all three, and an interval is what they span.
 *
 * <p>Differences are logarithms of ratios, or percentage points of the share of failed requests.
 *
 * @param difference candidate against baseline
 * @param error standard error of {@code difference}
 * @param plainDifference of a time: the difference as a fraction of the baseline
 * @param plainError its standard error
 * @param degrees of freedom
 * @param replications of {@code difference}, sorted
 */
record Uncertainty(
        boolean ratio,
        double difference,
        double error,
        double plainDifference,
        double plainError,
        double degrees,
        float[] replications) {
    /** Ends of an interval, in the scale of the differences. */
    record Interval(double lower, double upper) {}

    /** That the true difference is not beyond {@code floor} on either side; the greatest of three p-values. */
    double pValue(double floor) {
        double beyond = Math.abs(difference) - floor;
        if (beyond <= 0) {
            return 1;
        }
        double p = twoTails(beyond / error);
        if (ratio) {
            double plainFloor = difference > 0 ? Math.expm1(floor) : -Math.expm1(-floor);
            p = Math.max(p, twoTails((Math.abs(plainDifference) - plainFloor) / plainError));
        }
        return Math.min(1, Math.max(p, 2.0 * notBeyond(floor) / replications.length));
    }

    private double twoTails(double t) {
        if (!(t > 0)) {
            return 1;
        }
        return Double.isInfinite(t) ? 0 : 2 * new TDistribution(degrees).cumulativeProbability(-t);
    }

    /** Replications that do not lie beyond the floor on the side of the difference. */
    private int notBeyond(double floor) {
        int count = 0;
        for (float replication : replications) {
            if (difference > 0 ? replication <= floor : replication >= -floor) {
                count++;
            }
        }
        return count;
    }

    /** Holds the true difference with probability 1 − {@code alpha}. */
    Interval interval(double alpha) {
        double t = quantile(1 - alpha / 2);
        double lower = difference - t * error;
        double upper = difference + t * error;
        if (ratio) {
            lower = Math.min(lower, log(1 + plainDifference - t * plainError));
            upper = Math.max(upper, log(1 + plainDifference + t * plainError));
        }
        int beyond = (int) Math.floor(alpha / 2 * replications.length);
        return new Interval(
                Math.min(lower, replications[beyond]), Math.max(upper, replications[replications.length - 1 - beyond]));
    }

    private static double log(double ratio) {
        return Math.log(Math.max(ratio, 1e-6));
    }

    /** The smallest true difference beyond {@code floor} that is found with that power. */
    double smallestShift(double alpha, double power, double floor) {
        return floor + (quantile(1 - alpha / 2) + quantile(power)) * error;
    }

    private double quantile(double probability) {
        return new TDistribution(degrees).inverseCumulativeProbability(probability);
    }
}
