package dev.onrush.http.internal.wire;

/**
 * The limits in force for an exchange, nanoseconds.
 *
 * @param connectNanos for the look-up of the name, and again for connecting
 * @param handshakeNanos for the TLS handshake
 * @param totalNanos from actual start to the last byte of the body
 */
public record Timeouts(long connectNanos, long handshakeNanos, long totalNanos) {
    public Timeouts withTotal(long nanos) {
        return new Timeouts(connectNanos, handshakeNanos, nanos);
    }
}
