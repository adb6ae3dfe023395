package dev.onrush.http.internal.request;

/** A text that would break out of the header it is meant for. Without stack trace. */
public final class UnsafeTextException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnsafeTextException(String message) {
        super(message, null, false, false);
    }
}
