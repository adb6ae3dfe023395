package dev.onrush.dsl;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** A function of the author's that JMESPath expressions may call; see {@link CoreDsl#registerJmesPathFunctions}. */
public interface JmesPathFunction {
    /** By which expressions call it: letters, digits and underscores. */
    String name();

    /**
     * Called by the threads that drive the users, by several at a time. What it throws fails the check.
     *
     * @param arguments {@code String}, {@code Number}, {@code Boolean}, {@code List} and {@code Map}; null for JSON null
     * @return a value of these types, or null
     */
    @Nullable
    Object call(List<@Nullable Object> arguments);
}
