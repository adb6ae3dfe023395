package dev.onrush.core.protocol;

/** What carries a protocol's traffic during a run. */
public interface ProtocolClient extends AutoCloseable {
    /** Called once, before the first user. */
    void start();

    /** Connections open now; for the health record. */
    long openConnections();

    /** Called once, after the last user has ended; ends its threads and waits for them, bounded. */
    @Override
    void close();
}
