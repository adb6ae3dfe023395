package dev.onrush.core.check;

/**
 * A complete response as checks see it. A protocol implements it, adds what else it knows (status, headers), and writes finders
 * that look at that. Used by one thread at a time.
 */
public interface CheckedResponse {
    /** Its body; {@link ResponseBody#EMPTY} if there is none or nobody reads it. */
    ResponseBody body();

    /** End minus intended start, in whole milliseconds. */
    long responseTimeMillis();
}
