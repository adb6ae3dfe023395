package dev.onrush.core.check;

/** A check took longer than its time budget: class {@code check.timeout}. Without stack trace. */
final class CheckTimeoutException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CheckTimeoutException(String message) {
        super(message, null, false, false);
    }
}
