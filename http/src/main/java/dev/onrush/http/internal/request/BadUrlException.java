package dev.onrush.http.internal.request;

/** A text that is no URL we can send to. Without stack trace. */
public final class BadUrlException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadUrlException(String message) {
        super(message, null, false, false);
    }
}
