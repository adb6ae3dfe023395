package dev.onrush.http.internal.wire;

import org.apache.hc.core5.http.ProtocolException;

/** A response does not begin with a status line of HTTP/1. */
final class BadStatusLineException extends ProtocolException {
    private static final long serialVersionUID = 1L;

    BadStatusLineException(Exception cause) {
        super(String.valueOf(cause.getMessage()), cause);
    }
}
