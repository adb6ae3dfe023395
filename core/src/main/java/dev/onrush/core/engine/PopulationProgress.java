package dev.onrush.core.engine;

/**
 * How far a population is. {@code scheduled = started + droppedAtCap + droppedByStop + notYetDue}, and
 * {@code started = active + finished + unfinished}.
 *
 * @param scheduled users the profile starts; with a closed profile those it has asked for so far
 * @param active users present now
 * @param waiting of those, users in a pause or a pace
 * @param finished users whose scenario was through, or whose feeder was empty
 * @param unfinished users the stop cut off, or that could not be driven on
 * @param droppedAtCap due while {@code maxUsers} were present
 * @param droppedByStop due before the stop and not started when it came
 * @param beganNanos when its profile began; −1 as long as it waits for the end of others
 */
public record PopulationProgress(
        String name,
        long scheduled,
        long started,
        long active,
        long waiting,
        long finished,
        long unfinished,
        long droppedAtCap,
        long droppedByStop,
        long notYetDue,
        long beganNanos) {}
