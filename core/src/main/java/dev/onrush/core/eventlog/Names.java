package dev.onrush.core.eventlog;

import java.util.function.Consumer;

import dev.onrush.core.Secrets;

/**
 * The names of a run, each kept once and told apart by a number: records carry the number, blocks of the log the text.
 *
 * <p>Safe for use by many threads; asking for a known name neither locks nor allocates. A name is complete before its number
 * is handed out. At most {@code limit} request names are kept (the setting {@code names.limit}); what comes after is
 * recorded under {@link #OTHER} and counted, because an id in a name would otherwise grow without bound. The same holds for
 * errors.
 */
public interface Names extends NameTable {
    /** An empty table that keeps at most {@code limit} request names and as many errors. */
    static Names withLimit(int limit) {
        return withLimit(limit, Secrets.ALWAYS);
    }

    /** As {@link #withLimit(int)}; no text in the table holds one of those secrets. */
    static Names withLimit(int limit, Secrets secrets) {
        return new NameRegistry(limit, secrets);
    }

    /** The group that is no group. */
    int NO_GROUP = 0;

    /** The request or error into which names beyond the limit are folded. */
    String OTHER = "other";

    /** The number of the group {@code name} inside the group {@code parent}. */
    int group(int parent, String name);

    /** The number of the request {@code name} inside the group {@code group}. */
    int request(int group, String name);

    int scenario(String name);

    /** The number of an error: its class ({@link ErrorClass}) and a message of at most 200 characters. */
    int error(String errorClass, String message);

    /** Who is told once, in words, that names are folded and which was the first; if nobody asks, it is only logged. */
    void whenFolded(Consumer<String> told);

    /**
     * How many names were folded into {@link #OTHER}: counted by hash, so that it costs no memory; about right up to a
     * million, never too many.
     */
    long folded();
}
