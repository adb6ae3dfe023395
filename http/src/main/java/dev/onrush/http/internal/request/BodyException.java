package dev.onrush.http.internal.request;

import dev.onrush.http.internal.wire.Failure;

/** A response's body cannot be read. Without stack trace. */
final class BodyException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    BodyException(String errorClass, String message) {
        super(message, null, false, false);
        this.failure = new Failure(errorClass, message);
    }

    Failure failure() {
        return failure;
    }
}
