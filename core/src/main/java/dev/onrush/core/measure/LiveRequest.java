package dev.onrush.core.measure;

import java.util.List;

/**
 * Requests of one name, or all, so far and in the last interval. Without warm-up and lost first tries, as in the report.
 *
 * @param throughput OK and KO per second in the last interval
 * @param interval response times of those that ended in the last interval
 */
public record LiveRequest(
        String name,
        List<String> group,
        long ok,
        long ko,
        long unfinished,
        long notSent,
        long intervalOk,
        long intervalKo,
        double throughput,
        Times interval) {}
