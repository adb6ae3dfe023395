package dev.onrush.core.eventlog;

import org.jspecify.annotations.Nullable;

/**
 * Receives the records of a run, live or from a file. Samples are used again for the next record: read them during the call.
 * Numbers of names are those of the {@link NameTable} handed over first. All instants are nanoseconds since the run began,
 * whole microseconds.
 */
public interface RecordHandler {
    /** Comes first: the run, and the names its records will refer to; the table fills as the log is read. */
    default void run(RunHeader header, NameTable names) {}

    default void userStart(long userId, int scenario, long intendedStartNanos, long actualStartNanos) {}

    default void userEnd(long userId, int scenario, long endNanos, UserEnd reason) {}

    default void usersDropped(int scenario, long atNanos, long count, DropReason reason) {}

    default void request(RequestSample sample) {}

    default void groupEnd(
            long userId,
            int scenario,
            int group,
            long startNanos,
            long endNanos,
            long cumulatedNanos,
            boolean ok,
            boolean warmUp) {}

    default void stepFailure(long userId, int scenario, long atNanos, int error) {}

    /** A sample of a request that failed; comes after the request itself. */
    default void failedExchange(FailedExchange exchange) {}

    default void health(HealthSample sample) {}

    /** An author's code that held a thread, as it stood then; the newest of a place counts. */
    default void heldThread(HeldPlace held, long atNanos) {}

    default void mark(MarkKind kind, long atNanos, String text) {}

    /**
     * The run has ended and its log is complete. Comes at most once; a killed run has none.
     *
     * @param totals as counted beside the records; null from a version that did not write them
     */
    default void runEnd(long atNanos, @Nullable LogTotals totals, long namesFolded) {}
}
