package dev.onrush.core.protocol;

/** What a protocol keeps for one user: connections, cookies. Called by whatever thread runs the user. */
public interface UserResource {
    /** The run is cut off: what is in flight is recorded as unfinished, and no answer to it may reach the user any more. */
    void cutOff(long nowNanos);

    /** The user has ended; releases everything. */
    void close();
}
