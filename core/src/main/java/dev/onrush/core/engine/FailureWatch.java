package dev.onrush.core.engine;

import java.time.Duration;

/** Whether too many requests of the last seconds failed. Asked once a second by the control thread. */
final class FailureWatch {
    private final RunPlan.FailureLimit limit;
    /** Totals at the ends of the last seconds, the oldest behind {@link #seconds}. */
    private final long[] ok;

    private final long[] ko;
    private int seconds;

    FailureWatch(RunPlan.FailureLimit limit) {
        this.limit = limit;
        int length = (int) Math.max(1, Math.min(86_400, (limit.windowNanos() + 999_999_999) / 1_000_000_000));
        this.ok = new long[length];
        this.ko = new long[length];
    }

    /** Takes the totals so far; judged once a whole window has passed. */
    boolean isAbove(long totalOk, long totalKo) {
        int slot = seconds % ok.length;
        long failed = totalKo - ko[slot];
        long all = failed + totalOk - ok[slot];
        ok[slot] = totalOk;
        ko[slot] = totalKo;
        seconds++;
        return seconds >= ok.length && all > 0 && failed * 100.0 / all > limit.percent();
    }

    String text() {
        return "More than " + limit.percent() + " % of the requests of the last "
                + Duration.ofNanos(limit.windowNanos()) + " failed (stopIfFailedAbove).";
    }
}
