package dev.onrush.dsl;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.session.Conversion;
import dev.onrush.core.session.Excerpt;
import dev.onrush.core.session.UnresolvedException;
import dev.onrush.core.session.UserSession;

/**
 * One virtual user's variables at one moment. Immutable: a change gives a new session, which a session function must return.
 *
 * <pre>{@code
 * exec(session -> session.set("total", session.getInt("price") * 2))
 * }</pre>
 */
public final class Session {
    final UserSession core;

    Session(UserSession core) {
        this.core = core;
    }

    /** The attribute's value, as the type on the left wants it; null if it is missing. */
    @SuppressWarnings("unchecked") // the author knows the type
    public <T> @Nullable T get(String key) {
        return (T) core.get(key);
    }

    /** The attribute as text; null if it is missing. */
    public @Nullable String getString(String key) {
        Object value = core.get(key);
        return value == null ? null : value.toString();
    }

    /** The attribute as a number; text is parsed. Fails the step if it is missing or no whole number that fits. */
    public int getInt(String key) {
        return needed(key, Conversion::number);
    }

    /** As {@link #getInt}, in 64 bits. */
    public long getLong(String key) {
        return needed(key, Conversion::wholeLong);
    }

    /** The attribute as a number; text is parsed. Fails the step if it is missing or no number. */
    public double getDouble(String key) {
        return needed(key, Conversion::decimalNumber);
    }

    /** The attribute as truth value; the texts true and false are parsed. Fails the step if it is missing or neither. */
    public boolean getBoolean(String key) {
        return needed(key, Conversion::condition);
    }

    /** As {@link #getInt}; null if it is missing. */
    public @Nullable Integer getIntegerWrapper(String key) {
        return present(key, Conversion::number);
    }

    /** As {@link #getLong}; null if it is missing. */
    public @Nullable Long getLongWrapper(String key) {
        return present(key, Conversion::wholeLong);
    }

    /** As {@link #getDouble}; null if it is missing. */
    public @Nullable Double getDoubleWrapper(String key) {
        return present(key, Conversion::decimalNumber);
    }

    /** As {@link #getBoolean}; null if it is missing. */
    public @Nullable Boolean getBooleanWrapper(String key) {
        return present(key, Conversion::condition);
    }

    /** The attribute as a list, also of a set or an array; empty if it is missing. */
    @SuppressWarnings("unchecked") // the author knows the type
    public <T> List<T> getList(String key) {
        List<?> list = present(key, Conversion::list);
        return list == null ? List.of() : (List<T>) list;
    }

    /** The attribute as a set, also of a list or an array; empty if it is missing. */
    @SuppressWarnings("unchecked") // the author knows the type
    public <T> Set<T> getSet(String key) {
        Object value = core.get(key);
        if (value instanceof Set<?> set) {
            return (Set<T>) set;
        }
        List<?> list = present(key, Conversion::list);
        return list == null ? Set.of() : new LinkedHashSet<>((Collection<T>) list);
    }

    /** The attribute as a map; empty if it is missing. */
    @SuppressWarnings("unchecked") // the author knows the type
    public <T> Map<String, T> getMap(String key) {
        Map<?, ?> map = present(key, Conversion::map);
        return map == null ? Map.of() : (Map<String, T>) map;
    }

    private <T> T needed(String key, Function<Object, T> conversion) {
        T value = present(key, conversion);
        if (value == null) {
            throw new UnresolvedException(Excerpt.of("attribute \"" + key
                    + "\" is missing. A feeder, saveAs or a session function must set it before."));
        }
        return value;
    }

    private <T> @Nullable T present(String key, Function<Object, T> conversion) {
        Object value = core.get(key);
        if (value == null) {
            return null;
        }
        try {
            return conversion.apply(value);
        } catch (IllegalArgumentException e) {
            throw new UnresolvedException(Excerpt.of("attribute \"" + key + "\": " + e.getMessage()));
        }
    }

    public Session set(String key, @Nullable Object value) {
        return new Session(core.set(key, value));
    }

    public Session setAll(Map<String, ? extends @Nullable Object> attributes) {
        return new Session(core.setAll(attributes));
    }

    public Session remove(String key) {
        return with(core.remove(key));
    }

    public Session removeAll(String... keys) {
        return with(core.removeAll(List.of(keys)));
    }

    /** Drops the author's attributes; counters of the loops the user is in, cookies, cache and connections stay. */
    public Session reset() {
        return with(core.reset());
    }

    public boolean contains(String key) {
        return core.contains(key);
    }

    /** Whether a request or a step of this user has failed, or it was marked so. */
    public boolean isFailed() {
        return core.isFailed();
    }

    public Session markAsSucceeded() {
        return with(core.failed(false));
    }

    public Session markAsFailed() {
        return with(core.failed(true));
    }

    /** The scenario's name. */
    public String scenario() {
        return core.identity().scenario();
    }

    /** Names of the groups the user is in, outermost first. */
    public List<String> groups() {
        return core.groups();
    }

    /** From 1, unique in the run. */
    public long userId() {
        return core.identity().userId();
    }

    private Session with(UserSession changed) {
        return changed == core ? this : new Session(changed);
    }

    @Override
    public String toString() {
        return core.toString();
    }
}
