package dev.onrush.core.eventlog;

import java.util.Map;
import java.util.TreeMap;

/**
 * Which records of a log have been read, by their running number: what lies between is missing, what comes twice is refused.
 */
final class RecordGaps {
    /** More holes than this are not told apart: the oldest stays a hole for good. */
    private static final int MOST = 10_000;

    private long next;
    /** First record of a hole to the record behind it. */
    private final TreeMap<Long, Long> holes = new TreeMap<>();

    private long missing;

    /** Takes records from {@code first} on; false if some of them were there before. */
    boolean take(long first, long count) {
        if (first < 0 || count < 0 || first + count < first) {
            return false;
        }
        if (first >= next) {
            if (first > next) {
                holes.put(next, first);
                missing += first - next;
                if (holes.size() > MOST) {
                    holes.pollFirstEntry();
                }
            }
            next = first + count;
            return true;
        }
        Map.Entry<Long, Long> hole = holes.floorEntry(first);
        if (hole == null || hole.getValue() < first + count) {
            return count == 0;
        }
        holes.remove(hole.getKey());
        if (hole.getKey() < first) {
            holes.put(hole.getKey(), first);
        }
        if (first + count < hole.getValue()) {
            holes.put(first + count, hole.getValue());
        }
        missing -= count;
        return true;
    }

    long missing() {
        return missing;
    }
}
