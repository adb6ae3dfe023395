package dev.onrush.core.eventlog;

/**
 * Where one thread of the engine records what happened. Belongs to that thread; recording neither locks, blocks nor
 * allocates. What does not fit because the writer cannot keep up is lost, counted, and makes the verdict INCOMPLETE.
 *
 * <p>All instants are nanoseconds since the run began.
 */
public interface Recorder {
    void userStart(long userId, int scenario, long intendedStartNanos, long actualStartNanos);

    /** A user has ended; {@code reason} tells why when it is not simply through. */
    void userEnd(long userId, int scenario, long endNanos, UserEnd reason);

    /** Users that were due and did not start. */
    void usersDropped(int scenario, long atNanos, long count, DropReason reason);

    /** A request has ended, was cut off, or was not sent; {@code sample} stays the caller's. */
    void request(RequestSample sample);

    /**
     * A group was left.
     *
     * @param group {@link Names#group}
     * @param cumulatedNanos the response times of its requests, added up
     */
    void groupEnd(
            long userId,
            int scenario,
            int group,
            long startNanos,
            long endNanos,
            long cumulatedNanos,
            boolean ok,
            boolean warmUp);

    /** A failure that belongs to no request, such as a session function that threw. */
    void stepFailure(long userId, int scenario, long atNanos, int error);

    /**
     * What a request that failed looked like; its {@link #request} is recorded besides. For a few of them: it is up to 10 KiB,
     * secrets are masked here. By default nothing is kept.
     */
    default void failedExchange(RequestSample sample, ExchangeText exchange) {}

    /** One second of the generator's own health. Called by the control thread only. */
    void health(HealthSample sample);

    /** An author's code that held a thread, as it stands now; the newest of a place counts. Called by the control thread only. */
    default void heldThread(HeldPlace held, long atNanos) {}

    /** Something to be seen on the time axis. */
    void mark(MarkKind kind, long atNanos, String text);
}
