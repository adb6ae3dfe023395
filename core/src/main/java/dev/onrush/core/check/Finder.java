package dev.onrush.core.check;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.session.UserSession;
import dev.onrush.core.setting.Settings;

/**
 * Takes one value of type {@code T} out of a response. Immutable, safe for use by many threads.
 *
 * <p>A finder of a protocol casts the response to that protocol's own.
 */
public interface Finder<T> {
    /** Returned where there is no value, which is not the same as a value that is null. */
    Object NONE = new Object() {
        @Override
        public String toString() {
            return "nothing";
        }
    };

    /** What it looks for, for messages: {@code status}, {@code header ETag}, {@code jsonPath $.n}. */
    String name();

    CheckScope scope();

    /** Whether it needs the body kept. */
    boolean readsBody();

    /** What is told of the body while it comes; for these it need not be kept. */
    default Set<BodyFact> bodyFacts() {
        return Set.of();
    }

    /** Names of the session attributes its expressions need. */
    default Set<String> reads() {
        return Set.of();
    }

    /** What is wrong with it by definition. */
    default List<String> problems() {
        return List.of();
    }

    default Finder<T> under(Settings settings) {
        return this;
    }

    /**
     * A {@code T}, or null if the value found is null, or {@link #NONE}.
     *
     * @throws Exception the check has crashed
     */
    @Nullable
    Object find(CheckedResponse response, UserSession session) throws Exception;
}
