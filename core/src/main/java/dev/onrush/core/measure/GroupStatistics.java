package dev.onrush.core.measure;

import java.util.List;

/**
 * One group, over all users that left it.
 *
 * @param group path of the group around it, outermost first; empty without one
 * @param duration from entering to leaving, with its pauses
 * @param cumulated the response times of its requests, added up
 * @param series all of it step by step
 */
public record GroupStatistics(
        String name,
        List<String> group,
        long ok,
        long ko,
        Times duration,
        Times cumulated,
        StepSeries<GroupWindow> series) {
    /** Without a series. */
    public GroupStatistics(String name, List<String> group, long ok, long ko, Times duration, Times cumulated) {
        this(name, group, ok, ko, duration, cumulated, StepSeries.none(GroupWindow::of));
    }

    public long total() {
        return ok + ko;
    }
}
