package dev.onrush.core.injection;

/**
 * Intended start times of one injection profile or step, in order.
 *
 * <p>Not thread-safe: one injector owns one schedule. Derivation: docs/decisions/0003-arrivals.md.
 */
public interface ArrivalSchedule {
    /** Returned for ever once no user is left. */
    long END = -1;

    /** Returns nanoseconds since the step began, never decreasing, or {@link #END}. */
    long next();
}
