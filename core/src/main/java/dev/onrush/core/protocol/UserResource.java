package dev.onrush.core.protocol;

/** What a protocol keeps for one user: connections, cookies. Called by whatever thread runs the user. */
public interface UserResource {
    /** The run is cut off: what is in flight is recorded as unfinished, and no answer to it may reach the user any more. */
    void cutOff(long nowNanos);

    /**
     * An author's code holds an I/O thread. Ends what the user has in flight on that thread, if anything, as failed with
     * {@link dev.onrush.core.eventlog.ErrorClass#USER_BLOCKED}; no answer to it may reach the user any more.
     *
     * @param place whose code it is
     * @return whether there was something in flight; the user then ends
     */
    default boolean blocked(Thread thread, String place) {
        return false;
    }

    /**
     * Whether something is on its way that will wake the user, whatever comes of it. A user that waits for nothing, no timer and no
     * mail, for five seconds is lost by an error in whoever should have woken it, and is ended. Asked from any thread.
     */
    default boolean isAwaited() {
        return false;
    }

    /** The user has ended; releases everything. */
    void close();
}
