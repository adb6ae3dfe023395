package dev.onrush.core.measure;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The run so far, once a second. Immutable; made on the log thread.
 *
 * @param elapsedNanos since the run began
 * @param intervalNanos since the snapshot before
 * @param users of all scenarios
 * @param total all requests
 * @param requests by name, in the order in which they were first seen
 * @param errorsByClass KO so far, by error class
 * @param intervalStartDelay start delays of the requests that ended in the last interval
 * @param health of the last second; null before the first
 * @param recordsLost records the log could not keep up with
 * @param logBytes size of the log
 * @param last whether no further snapshot comes: its totals are the report's
 */
public record LiveSnapshot(
        long elapsedNanos,
        long intervalNanos,
        LiveScenario users,
        List<LiveScenario> scenarios,
        LiveRequest total,
        List<LiveRequest> requests,
        Map<String, Long> errorsByClass,
        Times intervalStartDelay,
        @Nullable HealthStep health,
        long recordsLost,
        long logBytes,
        boolean last) {}
