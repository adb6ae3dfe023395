package dev.onrush.core.session;

import org.jspecify.annotations.Nullable;

/** One step of a placeholder from a value to the next: an index, an entry, a function such as {@code size()}. */
@FunctionalInterface
interface ValueStep {
    /**
     * The next value, or a {@link MissingValue}.
     *
     * @param value never a {@link MissingValue}, except for steps that ask for one
     */
    @Nullable
    Object apply(@Nullable Object value, UserSession session);

    /** Whether it takes a missing value as well, as {@code exists()} does. */
    default boolean takesMissing() {
        return false;
    }
}
