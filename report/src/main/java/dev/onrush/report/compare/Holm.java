package dev.onrush.report.compare;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Holm's step-down procedure: with many tests on a page the chance that any one is rejected wrongly stays at or below
 * {@code alpha}, however they depend on each other.
 */
final class Holm {
    private final boolean[] rejected;
    private final double[] levels;

    Holm(double[] pValues, double alpha) {
        int tests = pValues.length;
        rejected = new boolean[tests];
        levels = new double[tests];
        Integer[] order = new Integer[tests];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> pValues[i]));
        int rank = 0;
        while (rank < tests && pValues[order[rank]] <= alpha / (tests - rank)) {
            rejected[order[rank]] = true;
            levels[order[rank]] = alpha / (tests - rank);
            rank++;
        }
        for (int rest = rank; rest < tests; rest++) {
            levels[order[rest]] = alpha / (tests - rank);
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
