package dev.onrush.core.feeder;

/** A record that cannot be read, found while the run goes on: class {@code feeder.bad_row}. Without stack trace. */
public final class BadRecordException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BadRecordException(String message) {
        super(message, null, false, false);
    }
}
