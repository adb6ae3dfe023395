package dev.onrush.core.session;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * One virtual user's variables at one moment. Immutable: a change gives a new session. An attribute may be null; that is
 * not the same as missing.
 */
public final class UserSession {
    private static final String[] NO_KEYS = {};
    private static final @Nullable Object[] NO_VALUES = {};

    private final UserIdentity identity;
    /** Shared between sessions as long as only values change. */
    private final String[] keys;

    private final @Nullable Object[] values;
    private final boolean failed;
    private final @Nullable Block block;

    private UserSession(
            UserIdentity identity, String[] keys, @Nullable Object[] values, boolean failed, @Nullable Block block) {
        this.identity = identity;
        this.keys = keys;
        this.values = values;
        this.failed = failed;
        this.block = block;
    }

    /** The session of a user that starts: no attributes, not failed, in no block. */
    public static UserSession of(UserIdentity identity) {
        return new UserSession(identity, NO_KEYS, NO_VALUES, false, null);
    }

    public UserIdentity identity() {
        return identity;
    }

    /** The attribute's value; null also if it is missing. */
    public @Nullable Object get(String key) {
        int index = indexOf(key);
        return index < 0 ? null : values[index];
    }

    public boolean contains(String key) {
        return indexOf(key) >= 0;
    }

    public UserSession set(String key, @Nullable Object value) {
        int index = indexOf(key);
        if (index >= 0) {
            @Nullable Object[] changed = values.clone();
            changed[index] = value;
            return new UserSession(identity, keys, changed, failed, block);
        }
        String[] moreKeys = Arrays.copyOf(keys, keys.length + 1);
        @Nullable Object[] moreValues = Arrays.copyOf(values, values.length + 1);
        moreKeys[keys.length] = key;
        moreValues[values.length] = value;
        return new UserSession(identity, moreKeys, moreValues, failed, block);
    }

    public UserSession setAll(Map<String, ? extends @Nullable Object> attributes) {
        UserSession changed = this;
        for (Map.Entry<String, ? extends @Nullable Object> entry : attributes.entrySet()) {
            changed = changed.set(entry.getKey(), entry.getValue());
        }
        return changed;
    }

    public UserSession remove(String key) {
        int index = indexOf(key);
        if (index < 0) {
            return this;
        }
        String[] fewerKeys = new String[keys.length - 1];
        @Nullable Object[] fewerValues = new Object[keys.length - 1];
        for (int from = 0, to = 0; from < keys.length; from++) {
            if (from != index) {
                fewerKeys[to] = keys[from];
                fewerValues[to++] = values[from];
            }
        }
        return new UserSession(identity, fewerKeys, fewerValues, failed, block);
    }

    /** Drops all attributes but those named. */
    public UserSession retain(Collection<String> kept) {
        UserSession bare = new UserSession(identity, NO_KEYS, NO_VALUES, failed, block);
        for (int i = 0; i < keys.length; i++) {
            if (kept.contains(keys[i])) {
                bare = bare.set(keys[i], values[i]);
            }
        }
        return bare;
    }

    /** All attributes, in the order first set. */
    public Map<String, @Nullable Object> attributes() {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        for (int i = 0; i < keys.length; i++) {
            all.put(keys[i], values[i]);
        }
        return all;
    }

    public boolean isFailed() {
        return failed;
    }

    public UserSession failed(boolean isFailed) {
        return isFailed == failed ? this : new UserSession(identity, keys, values, isFailed, block);
    }

    /** The innermost block the user is in. */
    public @Nullable Block block() {
        return block;
    }

    public UserSession inBlock(@Nullable Block innermost) {
        return new UserSession(identity, keys, values, failed, innermost);
    }

    private int indexOf(String key) {
        String[] all = keys;
        for (int i = 0; i < all.length; i++) {
            if (all[i] == key) { // most keys are the compiled plan's own strings
                return i;
            }
        }
        for (int i = 0; i < all.length; i++) {
            if (all[i].equals(key)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public String toString() {
        return "Session of user " + identity.userId() + " (" + identity.scenario() + ") " + attributes();
    }
}
