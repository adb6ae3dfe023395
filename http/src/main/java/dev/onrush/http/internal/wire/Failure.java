package dev.onrush.http.internal.wire;

/**
 * Why an exchange failed.
 *
 * @param errorClass one of {@link dev.onrush.core.eventlog.ErrorClass}
 * @param message the same for the same cause, at most 200 characters
 */
public record Failure(String errorClass, String message) {
    private static final int LONGEST_MESSAGE = 200;

    public Failure {
        if (message.length() > LONGEST_MESSAGE) {
            message = message.substring(0, LONGEST_MESSAGE);
        }
    }
}
