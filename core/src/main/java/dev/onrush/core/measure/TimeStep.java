package dev.onrush.core.measure;

import java.util.List;

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
 */
public record TimeStep(
        long fromSeconds,
        long ok,
        long ko,
        Times responseTime,
        long usersStarted,
        long activeUsers,
        List<Long> activeByScenario,
        HealthStep health) {
    public TimeStep {
        activeByScenario = List.copyOf(activeByScenario);
    }
}
