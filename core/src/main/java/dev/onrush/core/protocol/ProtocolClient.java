package dev.onrush.core.protocol;

import java.util.List;

/** What carries a protocol's traffic during a run. */
public interface ProtocolClient extends AutoCloseable {
    /** Called once, before the first user. */
    void start();

    /**
     * What connecting to the targets takes that are known before the run, at most a few; nothing is sent. Called before {@link #start},
     * at most once; returns within seconds, whatever the targets do.
     *
     * @param connects connections per target, at least one
     */
    default List<ConnectTime> connectTimes(int connects) {
        return List.of();
    }

    /** Whether each user takes a local port of its own, which stays taken for a minute after it has ended. */
    default boolean takesPortPerUser() {
        return false;
    }

    /** Connections open now; for the health record. */
    long openConnections();

    /** Called once, after the last user has ended; ends its threads and waits for them, bounded. */
    @Override
    void close();
}
