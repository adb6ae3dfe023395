package dev.onrush.core.measure;

/** How many more histograms may be unpacked. */
final class HistogramBudget {
    private int left;

    HistogramBudget(int left) {
        this.left = left;
    }

    boolean take() {
        if (left == 0) {
            return false;
        }
        left--;
        return true;
    }
}
