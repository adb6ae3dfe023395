package dev.onrush.core.check;

/**
 * A complete response as checks see it. A protocol implements it, adds what else it knows (status, headers), and writes finders
 * that look at that. Used by one thread at a time.
 */
public interface CheckedResponse {
    /** Whether there can be a body to look at; if not, checks of the body are left out. */
    default boolean hasBody() {
        return true;
    }

    /** Its body; {@link ResponseBody#EMPTY} if there is none or nobody reads it. */
    ResponseBody body();

    /** End minus intended start, in whole milliseconds. */
    long responseTimeMillis();
}
