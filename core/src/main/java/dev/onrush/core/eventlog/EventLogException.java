package dev.onrush.core.eventlog;

/** The event log cannot be read or written; the message is one line: what, where, what to do. */
public final class EventLogException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public EventLogException(String message) {
        super(message);
    }

    public EventLogException(String message, Throwable cause) {
        super(message, cause);
    }
}
