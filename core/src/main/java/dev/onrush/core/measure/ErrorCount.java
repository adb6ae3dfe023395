package dev.onrush.core.measure;

import java.util.List;

/**
 * One error of requests: how often, when and where.
 *
 * @param errorClass one of {@link dev.onrush.core.eventlog.ErrorClass}
 * @param firstMicros end of the first request that failed so, microseconds since the run began
 * @param lastMicros end of the last one
 * @param requests names of the requests it happened to, the first ones seen
 * @param series how often in each step of the run
 */
public record ErrorCount(
        String errorClass,
        String message,
        long count,
        long firstMicros,
        long lastMicros,
        List<String> requests,
        StepSeries<Long> series) {
    /** Without a series. */
    public ErrorCount(
            String errorClass, String message, long count, long firstMicros, long lastMicros, List<String> requests) {
        this(errorClass, message, count, firstMicros, lastMicros, requests, StepSeries.none(StepFigures::ko));
    }

    public ErrorCount {
        requests = List.copyOf(requests);
    }
}
