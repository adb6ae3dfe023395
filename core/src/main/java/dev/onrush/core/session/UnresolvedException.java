package dev.onrush.core.session;

/** An expression that has no value for its user: the message names the expression and what is missing. Without stack trace. */
public final class UnresolvedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnresolvedException(String message) {
        super(message, null, false, false);
    }
}
