package dev.onrush.report;

import dev.onrush.core.measure.GroupStatistics;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.core.measure.Times;
import dev.onrush.core.setting.Setting;

/** Figures of a group where a request has its own. */
final class GroupFigures {
    private GroupFigures() {}

    /** The time that stands for a group: what its requests took, or how long users were in it, as the setting says. */
    static Times times(GroupStatistics group, RunStatistics statistics) {
        return usesDuration(statistics) ? group.duration() : group.cumulated();
    }

    static boolean usesDuration(RunStatistics statistics) {
        return Boolean.parseBoolean(statistics
                .run()
                .settings()
                .getOrDefault(Setting.GROUP_DURATION.key(), Setting.GROUP_DURATION.defaultText()));
    }

    /** Per second of the measured time. */
    static double throughput(GroupStatistics group, RunStatistics statistics) {
        double seconds = statistics.run().measuredSeconds();
        return seconds > 0 ? group.total() / seconds : 0;
    }
}
