package dev.onrush.core.check;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.session.UserSession;

/** Whether the value found is the right one. Immutable, safe for use by many threads. */
public interface Validation {
    /**
     * The value to save: mostly {@code found} itself; {@link Finder#NONE} to save nothing; a {@link Refusal} if it does not hold.
     *
     * @param found a value, null, or {@link Finder#NONE}
     * @throws Exception the check has crashed
     */
    @Nullable
    Object validate(@Nullable Object found, UserSession session) throws Exception;

    /** Names of the session attributes its expressions need. */
    default Set<String> reads() {
        return Set.of();
    }

    /** What is wrong with it by definition. */
    default List<String> problems() {
        return List.of();
    }
}
