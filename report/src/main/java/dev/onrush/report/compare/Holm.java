package dev.onrush.report.compare;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Holm's step-down procedure with weights: with many tests on a page the chance that any one is rejected wrongly stays at or below
 * {@code alpha}, however they depend on each other. A test of twice the weight is decided at twice the level.
 */
final class Holm {
    private final boolean[] rejected;
    private final double[] levels;

    Holm(double[] pValues, double[] weights, double alpha) {
        int tests = pValues.length;
        rejected = new boolean[tests];
        levels = new double[tests];
        Integer[] order = new Integer[tests];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> pValues[i] / weights[i]));
        // Backwards, so that the weight of those not yet decided is a sum of few rather than a difference of many.
        double[] left = new double[tests + 1];
        for (int rank = tests - 1; rank >= 0; rank--) {
            left[rank] = left[rank + 1] + weights[order[rank]];
        }
        boolean stopped = false;
        double undecided = 0;
        for (int rank = 0; rank < tests; rank++) {
            int test = order[rank];
            undecided = stopped ? undecided : left[rank];
            levels[test] = alpha * weights[test] / undecided;
            stopped |= pValues[test] > levels[test];
            rejected[test] = !stopped;
        }
    }

    boolean rejected(int test) {
        return rejected[test];
    }

    /** The level at which a test was decided; an interval of that level agrees with the decision. */
    double level(int test) {
        return levels[test];
    }
}
