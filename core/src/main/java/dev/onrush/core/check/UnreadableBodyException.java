package dev.onrush.core.check;

/** A body that cannot be read as what a check takes it for: the check has crashed. Without stack trace. */
public final class UnreadableBodyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnreadableBodyException(String message) {
        super(message, null, false, false);
    }
}
