package dev.onrush.core.eventlog;

/**
 * An author's code that held a thread of the engine, as it stands so far. Instants are nanoseconds since the run began.
 *
 * @param place the action
 * @param count how often
 * @param longestNanos the longest time seen
 * @param firstNanos when it was noticed first
 * @param lastNanos until when it was last seen to hold a thread
 * @param userId of the first
 * @param thread of the first
 * @param stack of the first, one frame per line
 */
public record HeldPlace(
        String place,
        long count,
        long longestNanos,
        long firstNanos,
        long lastNanos,
        long userId,
        String thread,
        String stack) {
    /** Characters of a stack that are kept. */
    static final int STACK_LENGTH = 2500;

    /** The same place as it was seen earlier or later; of several generators, as often as the one that saw it most. */
    public HeldPlace and(HeldPlace other) {
        HeldPlace earlier = other.firstNanos < firstNanos ? other : this;
        return new HeldPlace(
                place,
                Math.max(count, other.count),
                Math.max(longestNanos, other.longestNanos),
                earlier.firstNanos,
                Math.max(lastNanos, other.lastNanos),
                earlier.userId,
                earlier.thread,
                earlier.stack);
    }
}
