package dev.onrush.report.internal.model;

import dev.onrush.core.measure.GroupStatistics;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.core.measure.Times;
import dev.onrush.core.setting.Setting;

/** Figures of a group where a request has its own. */
public final class GroupFigures {
    private GroupFigures() {}

    /** The time that stands for a group: what its requests took, or how long users were in it, as the setting says. */
    public static Times times(GroupStatistics group, RunStatistics statistics) {
        return usesDuration(statistics) ? group.duration() : group.cumulated();
    }

    public static boolean usesDuration(RunStatistics statistics) {
        return Boolean.parseBoolean(statistics
                .run()
                .settings()
                .getOrDefault(Setting.GROUP_DURATION.key(), Setting.GROUP_DURATION.defaultText()));
    }

    /** Per second of the measured time. */
    public static double throughput(GroupStatistics group, RunStatistics statistics) {
        double seconds = statistics.run().measuredSeconds();
        return seconds > 0 ? group.total() / seconds : 0;
    }
}
