package dev.onrush.http.internal.wire;

import org.apache.hc.core5.http.ProtocolException;

/** A header of a response cannot be read. */
final class BadHeaderException extends ProtocolException {
    private static final long serialVersionUID = 1L;

    BadHeaderException(Exception cause) {
        super(String.valueOf(cause.getMessage()), cause);
    }
}
