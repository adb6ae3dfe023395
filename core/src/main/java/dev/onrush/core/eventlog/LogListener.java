package dev.onrush.core.eventlog;

/** Receives the records of a run while it goes on, on the log thread, which it must not hold up. */
public interface LogListener extends RecordHandler {
    /** All records up to about {@code nowNanos} have been handed over; comes once a second. */
    default void tick(long nowNanos, LogTotals totals) {}

    /** All records of the run have been handed over. */
    default void closed(long nowNanos, LogTotals totals) {}
}
