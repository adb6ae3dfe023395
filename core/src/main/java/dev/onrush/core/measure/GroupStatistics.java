package dev.onrush.core.measure;

import java.util.List;

/**
 * One group, over all users that left it.
 *
 * @param group path of the group around it, outermost first; empty without one
 * @param duration from entering to leaving, with its pauses
 * @param cumulated the response times of its requests, added up
 */
public record GroupStatistics(String name, List<String> group, long ok, long ko, Times duration, Times cumulated) {
    public long total() {
        return ok + ko;
    }
}
