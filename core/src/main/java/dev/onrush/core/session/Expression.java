package dev.onrush.core.session;

import java.util.List;
import java.util.Set;

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

    /** Names of the session attributes it cannot do without; empty for a function, which does not say. */
    default Set<String> attributes() {
        return Set.of();
    }

    /** What is wrong with it by definition, such as bad syntax: a step reports that at its place. Such an expression only throws. */
    default List<String> problems() {
        return List.of();
    }

    static <T> Expression<T> constant(T value) {
        return new Constant<>(value);
    }
}
