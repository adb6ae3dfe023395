package dev.onrush.core.session;

import org.jspecify.annotations.Nullable;

/**
 * A value that may differ from session to session: a constant, a text with {@code #{…}} in it, or an author's function.
 * Compiled once, safe for use by many threads.
 */
@FunctionalInterface
public interface Expression<T> {
    /**
     * @throws UnresolvedException if an attribute is missing or does not fit
     * @throws RuntimeException whatever an author's function throws
     */
    T evaluate(UserSession session);

    /** Whether it is the same in every session, so that it may be looked at when the simulation is defined. */
    default boolean isConstant() {
        return false;
    }

    /** The text the author wrote, for messages; null if it is a function. */
    default @Nullable String source() {
        return null;
    }

    static <T> Expression<T> constant(T value) {
        return new Constant<>(value);
    }
}
