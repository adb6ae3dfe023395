package dev.onrush.core.measure;

import java.util.List;

/**
 * One error of requests: how often, when and where.
 *
 * @param errorClass one of {@link dev.onrush.core.eventlog.ErrorClass}
 * @param firstMicros end of the first request that failed so, microseconds since the run began
 * @param lastMicros end of the last one
 * @param requests names of the requests it happened to, the first ones seen
 */
public record ErrorCount(
        String errorClass, String message, long count, long firstMicros, long lastMicros, List<String> requests) {
    public ErrorCount {
        requests = List.copyOf(requests);
    }
}
