package dev.onrush.core.engine;

/** A step that cannot do its part, for a reason its message tells whole. Without stack trace. */
public final class StepFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StepFailedException(String message) {
        super(message, null, false, false);
    }
}
