package dev.onrush.core.measure;

/** Adds up one group. */
final class GroupFold {
    /** When the first one was entered: the order in which groups are shown. */
    long firstMicros = Long.MAX_VALUE;

    private long ok;
    private long ko;
    private final TimesFold duration;
    private final TimesFold cumulated;

    private final SeriesFold series;

    GroupFold(HistogramBudget budget, SeriesBudget seriesBudget) {
        duration = new TimesFold(budget);
        cumulated = new TimesFold(budget);
        series = seriesBudget.newSeries(StepSum.KINDS, duration, duration, cumulated, cumulated);
    }

    void add(long startMicros, long durationMicros, long cumulatedMicros, boolean isOk) {
        firstMicros = Math.min(firstMicros, startMicros);
        if (isOk) {
            ok++;
        } else {
            ko++;
        }
        series.at(startMicros + durationMicros);
        series.outcome(isOk);
        series.time(isOk ? GroupWindow.OK_DURATION : GroupWindow.KO_DURATION, durationMicros);
        series.time(isOk ? GroupWindow.OK_CUMULATED : GroupWindow.KO_CUMULATED, cumulatedMicros);
    }

    void add(GroupFold other) {
        series.add(other.series);
        firstMicros = Math.min(firstMicros, other.firstMicros);
        ok += other.ok;
        ko += other.ko;
        duration.add(other.duration);
        cumulated.add(other.cumulated);
    }

    long clamped() {
        return duration.clamped() + cumulated.clamped();
    }

    GroupStatistics statistics(RequestKey key, int steps) {
        return new GroupStatistics(
                key.name(),
                key.group(),
                ok,
                ko,
                duration.times(),
                cumulated.times(),
                series.series(steps, GroupWindow::of));
    }
}
