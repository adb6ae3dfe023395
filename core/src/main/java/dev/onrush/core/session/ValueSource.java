package dev.onrush.core.session;

import org.jspecify.annotations.Nullable;

/** Where the value of a placeholder begins: an attribute, or a function without a session such as {@code randomUuid()}. */
@FunctionalInterface
interface ValueSource {
    /** The value, or a {@link MissingValue}. */
    @Nullable
    Object read(UserSession session);
}
