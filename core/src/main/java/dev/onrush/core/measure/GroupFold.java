package dev.onrush.core.measure;

/** Adds up one group. */
final class GroupFold {
    /** When the first one was entered: the order in which groups are shown. */
    long firstMicros = Long.MAX_VALUE;

    private long ok;
    private long ko;
    private final TimesFold duration;
    private final TimesFold cumulated;

    GroupFold(HistogramBudget budget) {
        duration = new TimesFold(budget);
        cumulated = new TimesFold(budget);
    }

    void add(long startMicros, long durationMicros, long cumulatedMicros, boolean isOk) {
        firstMicros = Math.min(firstMicros, startMicros);
        if (isOk) {
            ok++;
        } else {
            ko++;
        }
        duration.add(durationMicros);
        cumulated.add(cumulatedMicros);
    }

    void add(GroupFold other) {
        firstMicros = Math.min(firstMicros, other.firstMicros);
        ok += other.ok;
        ko += other.ko;
        duration.add(other.duration);
        cumulated.add(other.cumulated);
    }

    long clamped() {
        return duration.clamped() + cumulated.clamped();
    }

    GroupStatistics statistics(RequestKey key) {
        return new GroupStatistics(key.name(), key.group(), ok, ko, duration.times(), cumulated.times());
    }
}
