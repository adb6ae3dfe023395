package dev.onrush.core.measure;

import java.util.Map;

import dev.onrush.core.eventlog.DropReason;

/**
 * Users of one scenario, or of all: scheduled = started + dropped, present + started = finished + unfinished.
 *
 * @param dropped were due and did not start, by reason
 * @param finished ended by themselves: through, or their feeder was empty
 * @param unfinished were still at it when the run stopped or was killed, or could not be driven on
 * @param present had started before a window of the run began, and were there; 0 for a whole run
 */
public record UserCounts(long started, Map<DropReason, Long> dropped, long finished, long unfinished, long present) {
    public static final UserCounts NONE = new UserCounts(0, Map.of(), 0, 0);

    public UserCounts {
        dropped = Map.copyOf(dropped);
    }

    /** Of a whole run. */
    public UserCounts(long started, Map<DropReason, Long> dropped, long finished, long unfinished) {
        this(started, dropped, finished, unfinished, 0);
    }

    public long scheduled() {
        return started + droppedTotal();
    }

    public long droppedTotal() {
        return dropped.values().stream().mapToLong(Long::longValue).sum();
    }
}
