package dev.onrush.core.session;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * One virtual user's variables at one moment. Immutable: a change gives a new session. An attribute may be null; that is
 * not the same as missing.
 */
public final class UserSession {
    private static final @Nullable Object[] NO_VALUES = {};

    /** A session of no user, for evaluating what is the same in every session. */
    public static final UserSession NOBODY = of(new UserIdentity(0, "", 0));

    private final UserIdentity identity;
    private final Shape shape;
    private final @Nullable Object[] values;
    /** Twice how often the user was marked failed, and 1 more while it is. */
    private final int status;

    private final @Nullable Block block;

    private UserSession(
            UserIdentity identity, Shape shape, @Nullable Object[] values, int status, @Nullable Block block) {
        this.identity = identity;
        this.shape = shape;
        this.values = values;
        this.status = status;
        this.block = block;
    }

    /** The session of a user that starts: no attributes, not failed, in no block. */
    public static UserSession of(UserIdentity identity) {
        return new UserSession(identity, Shape.EMPTY, NO_VALUES, 0, null);
    }

    public UserIdentity identity() {
        return identity;
    }

    /** The attribute's value; null also if it is missing. */
    public @Nullable Object get(String key) {
        int index = shape.indexOf(key);
        return index < 0 ? null : values[index];
    }

    public boolean contains(String key) {
        return shape.indexOf(key) >= 0;
    }

    public UserSession set(String key, @Nullable Object value) {
        int index = shape.indexOf(key);
        if (index >= 0) {
            @Nullable Object[] changed = values.clone();
            changed[index] = value;
            return new UserSession(identity, shape, changed, status, block);
        }
        @Nullable Object[] more = Arrays.copyOf(values, values.length + 1);
        more[values.length] = value;
        return new UserSession(identity, shape.with(key), more, status, block);
    }

    public UserSession setAll(Map<String, ? extends @Nullable Object> attributes) {
        Shape longer = shape;
        for (String key : attributes.keySet()) {
            if (longer.indexOf(key) < 0) {
                longer = longer.with(key);
            }
        }
        @Nullable Object[] changed = Arrays.copyOf(values, longer.size());
        for (Map.Entry<String, ? extends @Nullable Object> entry : attributes.entrySet()) {
            changed[longer.indexOf(entry.getKey())] = entry.getValue();
        }
        return new UserSession(identity, longer, changed, status, block);
    }

    public UserSession remove(String key) {
        return contains(key) ? keeping(name -> !name.equals(key)) : this;
    }

    public UserSession removeAll(Collection<String> dropped) {
        return keeping(name -> !dropped.contains(name));
    }

    /** Drops all attributes but those named. */
    public UserSession retain(Collection<String> kept) {
        return keeping(kept::contains);
    }

    /** Drops all attributes but the counters of the loops the user is in. */
    public UserSession reset() {
        Set<String> kept = new LinkedHashSet<>();
        for (Block around = block; around != null; around = around.outer()) {
            kept.addAll(around.ownAttributes());
        }
        return retain(kept);
    }

    private UserSession keeping(Predicate<String> kept) {
        Shape fewer = Shape.EMPTY;
        @Nullable Object[] left = new Object[values.length];
        for (int i = 0; i < values.length; i++) {
            if (kept.test(shape.key(i))) {
                left[fewer.size()] = values[i];
                fewer = fewer.with(shape.key(i));
            }
        }
        return fewer.size() == values.length
                ? this
                : new UserSession(identity, fewer, Arrays.copyOf(left, fewer.size()), status, block);
    }

    /** All attributes, in the order first set. */
    public Map<String, @Nullable Object> attributes() {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            all.put(shape.key(i), values[i]);
        }
        return all;
    }

    public boolean isFailed() {
        return (status & 1) == 1;
    }

    /** Marks it; to be marked failed once more is a failure of its own, see {@link #hasFailedSince}. */
    public UserSession failed(boolean isFailed) {
        return isFailed || isFailed() ? status(isFailed ? (status | 1) + 2 : status - 1) : this;
    }

    /** Whether it is failed, and how often it was marked so: to be asked about or gone back to later. */
    public int status() {
        return status;
    }

    /** Whether it was marked failed after it had that status; that it was marked succeeded meanwhile does not count. */
    public boolean hasFailedSince(int earlier) {
        return status >>> 1 != earlier >>> 1;
    }

    /** Back to that status, as if nothing had failed since. */
    public UserSession status(int earlier) {
        return new UserSession(identity, shape, values, earlier, block);
    }

    /** The innermost block the user is in. */
    public @Nullable Block block() {
        return block;
    }

    public UserSession inBlock(@Nullable Block innermost) {
        return new UserSession(identity, shape, values, status, innermost);
    }

    /** Names of the groups the user is in, outermost first. */
    public List<String> groups() {
        Deque<String> names = new ArrayDeque<>();
        for (Block around = block; around != null; around = around.outer()) {
            String name = around.group();
            if (name != null) {
                names.addFirst(name);
            }
        }
        return List.copyOf(names);
    }

    @Override
    public String toString() {
        return "Session of user " + identity.userId() + " (" + identity.scenario() + ") " + attributes();
    }
}
