package dev.onrush.core.measure;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;

/**
 * One step of the timeline: half-open, so that what happens on an edge belongs to the step that begins there; what comes
 * after the end of the run lies in the last one.
 *
 * @param fromSeconds when it begins, since the run began
 * @param ok requests that ended OK in it
 * @param ko requests that ended KO in it
 * @param responseTime of these; percentiles on a histogram of 2 digits (at most 1 % high)
 * @param usersStarted users that started in it
 * @param activeUsers users present at its end
 * @param activeByScenario the same by scenario, in the order of {@link Timeline#scenarios}
 * @param serviceTime of the requests that ended in it
 * @param startDelay the same
 * @param usersDue users that were to start in it, whether they did or were dropped
 * @param errors requests that ended KO in it, by class of error
 */
public record TimeStep(
        long fromSeconds,
        long ok,
        long ko,
        Times responseTime,
        long usersStarted,
        long activeUsers,
        List<Long> activeByScenario,
        HealthStep health,
        TimeCounts serviceTime,
        TimeCounts startDelay,
        long bytesReceived,
        long bytesSent,
        long usersDue,
        SortedMap<String, Long> errors) {
    public TimeStep {
        activeByScenario = List.copyOf(activeByScenario);
    }

    /** With response times and users only. */
    public TimeStep(
            long fromSeconds,
            long ok,
            long ko,
            Times responseTime,
            long usersStarted,
            long activeUsers,
            List<Long> activeByScenario,
            HealthStep health) {
        this(
                fromSeconds,
                ok,
                ko,
                responseTime,
                usersStarted,
                activeUsers,
                activeByScenario,
                health,
                TimeCounts.NONE,
                TimeCounts.NONE,
                0,
                0,
                usersStarted,
                Collections.emptySortedMap());
    }
}
