package dev.onrush.testkit;

import org.jspecify.annotations.Nullable;

/**
 * What a {@link TruthServer} knows of one request. All instants are {@link System#nanoTime()}, on Linux one clock for all
 * processes of the machine.
 *
 * @param arrivalNanos when the head was complete
 * @param connection number of its connection, from 0 in the order of acceptance
 * @param path the target without its query
 * @param id the value of {@link TruthRequest#ID_HEADER}, if it came
 * @param bytesReceived bytes of the body
 * @param status the status answered; 0 when no answer left whole
 * @param answeredNanos when the last bytes of the answer were about to go, so that no client had them before; 0 when they did not
 * @param bytesSent bytes of head and body of the answer, as far as they left
 */
public record LedgerEntry(
        long arrivalNanos,
        long connection,
        String method,
        String path,
        @Nullable String id,
        long bytesReceived,
        int status,
        long answeredNanos,
        long bytesSent) {
    /** True when the answer left whole. */
    public boolean answered() {
        return status != 0;
    }

    /** From arrival to the end of the answer; only for an answered request. */
    public long serviceNanos() {
        return answeredNanos - arrivalNanos;
    }
}
