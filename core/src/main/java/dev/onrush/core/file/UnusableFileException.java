package dev.onrush.core.file;

/** A file that is missing, a directory, unreadable or out of bounds: the message names it and the remedy. Without stack trace. */
public final class UnusableFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnusableFileException(String message) {
        super(message, null, false, false);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
