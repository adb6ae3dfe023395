package dev.onrush.core.measure;

import java.util.ArrayList;
import java.util.List;

/**
 * The step that all series of a run share, and how many bytes they may take together: the step is 1 s and doubles once there
 * would be more. What counts is what the series hold, not the order in which it came, so that parts of a run come to the same
 * step in whatever order they are merged.
 */
final class SeriesBudget {
    static final long SECOND_MICROS = 1_000_000;
    /** A series of a long run with few names would else be finer than anybody can look at. */
    private static final int MOST_STEPS = 5_000;

    /** Times that may wait for the whole run in all series together, and in each. */
    private static final int WAITING = 1 << 19;

    private static final int MOST_WAITING = 4096;

    private final long mostBytes;
    private final List<SeriesFold> series = new ArrayList<>();
    /** To add up in: large, so there is one for all. */
    final StepSum work = new StepSum();

    private int stepSeconds = 1;
    /** Up to the last one that holds something. */
    private int steps;

    private long bytes;

    SeriesBudget(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** One without a limit, for sums of series that have this step. */
    SeriesBudget unlimited() {
        SeriesBudget sums = new SeriesBudget(Long.MAX_VALUE);
        sums.stepSeconds = stepSeconds;
        return sums;
    }

    /** With this many kinds of times by step; the times of the whole run get each as well. */
    SeriesFold newSeries(int kinds, TimesFold... whole) {
        SeriesFold fold = new SeriesFold(this, kinds, whole);
        series.add(fold);
        return fold;
    }

    /** How many times may wait for the whole run in each series. */
    int mostWaiting() {
        return Math.min(MOST_WAITING, WAITING / series.size());
    }

    /** What all series take. */
    long bytes() {
        return bytes;
    }

    int stepSeconds() {
        return stepSeconds;
    }

    /** The step of an instant; may make all steps longer. */
    int step(long micros) {
        long seconds = Math.max(0, micros) / SECOND_MICROS;
        while (seconds / stepSeconds >= MOST_STEPS) {
            coarsen();
        }
        int step = (int) (seconds / stepSeconds);
        steps = Math.max(steps, step + 1);
        return step;
    }

    /** A series takes so many bytes more than before; may make all steps longer. */
    void take(long more) {
        bytes += more;
        while (bytes > mostBytes && steps > 1) {
            coarsen();
        }
    }

    /** Makes all steps longer until they are at least as long as that. */
    void coarsenTo(int seconds) {
        while (stepSeconds < seconds) {
            coarsen();
        }
    }

    private void coarsen() {
        stepSeconds *= 2;
        steps = (steps + 1) / 2;
        bytes = 0;
        for (SeriesFold fold : series) {
            bytes += fold.coarsen();
        }
    }

    /** Works in what waits, so that the step is the final one for a run that ended then. */
    void settle(long endMicros) {
        for (SeriesFold fold : series) {
            fold.workIn();
        }
        while (endMicros / SECOND_MICROS / stepSeconds >= MOST_STEPS) {
            coarsen();
        }
    }

    /** How many steps a run of that length has. */
    int stepsUntil(long endMicros) {
        long stepMicros = stepSeconds * SECOND_MICROS;
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, (endMicros + stepMicros - 1) / stepMicros));
    }
}
