package dev.onrush.report.compare;

/** What is compared of each request. Lower is better in all of them. */
public enum Figure {
    MEAN("mean", "mean", -1),
    P50("p50", "p50", 50),
    P75("p75", "p75", 75),
    P90("p90", "p90", 90),
    P95("p95", "p95", 95),
    P99("p99", "p99", 99),
    P99_9("p99_9", "p99.9", 99.9),
    /** Failed requests in percent of all; its differences are percentage points. */
    KO_PERCENT("koPercent", "KO %", -1);

    private final String key;
    private final String label;
    private final double percentile;

    Figure(String key, String label, double percentile) {
        this.key = key;
        this.label = label;
        this.percentile = percentile;
    }

    /** Its name in {@code comparison.json}, as in {@code summary.json}. */
    public String key() {
        return key;
    }

    /** Its name for people. */
    public String label() {
        return label;
    }

    /** Whether it is a time, whose differences are told in percent of the baseline. */
    public boolean isTime() {
        return this != KO_PERCENT;
    }

    boolean isPercentile() {
        return percentile >= 0;
    }

    /** As a fraction, such as 0.99. */
    double fraction() {
        return percentile / 100;
    }

    /** Fewer samples than that on a side, and nothing can be said. */
    long leastSamples() {
        return isPercentile() ? Math.max(LEAST, Math.round(LEAST_IN_TAIL / (1 - fraction()))) : LEAST;
    }

    /** So many samples must lie beyond a percentile: how often rarer ones come cannot be told from one run. */
    private static final int LEAST_IN_TAIL = 20;

    private static final int LEAST = 50;
}
