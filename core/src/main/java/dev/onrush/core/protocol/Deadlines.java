package dev.onrush.core.protocol;

/** Where deadlines are kept. A user has one node; a request only sets its instant, and nothing is cancelled per request. */
public interface Deadlines {
    /**
     * A new node, at rest.
     *
     * @param expired run on the control thread once the instant has passed and was not moved since; must not run user code
     */
    Deadline create(Runnable expired);

    /** One node. Set by one thread at a time. */
    interface Deadline {
        /** {@link Deadline#set} to this means: none. */
        long NONE = Long.MAX_VALUE;

        /** Moves the instant, nanoseconds since the run began; earlier or later, or {@link #NONE}. Cheap when it moves later. */
        void set(long atNanos);

        /** Lets go of what it would run: it is not set again. Its owner may be gone long before its instant. */
        void close();
    }
}
