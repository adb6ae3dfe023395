package dev.onrush.core.session;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * The names of a session's attributes, in the order first set. Sessions that set the same names in the same order share one
 * shape, so that a user costs its values and not its names.
 */
final class Shape {
    /** Up to so many names a walk along the array is faster than a map. */
    private static final int MOST_WALKED = 8;

    /** Names made up while the run goes on must not fill the memory: shapes beyond are not shared. */
    private static final int MOST_SHARED = 10_000;

    private static final AtomicInteger SHARED = new AtomicInteger();

    static final Shape EMPTY = new Shape(new String[0]);

    private final String[] keys;
    private final @Nullable Map<String, Integer> index;
    private final Map<String, Shape> longer = new ConcurrentHashMap<>(2);

    private Shape(String[] keys) {
        this.keys = keys;
        this.index = keys.length <= MOST_WALKED ? null : indexed(keys);
    }

    private static Map<String, Integer> indexed(String[] keys) {
        Map<String, Integer> index = new HashMap<>(keys.length * 2);
        for (int i = 0; i < keys.length; i++) {
            index.put(keys[i], i);
        }
        return index;
    }

    /** How many shapes are shared so far in this JVM. */
    static int shared() {
        return SHARED.get();
    }

    int size() {
        return keys.length;
    }

    String key(int i) {
        return keys[i];
    }

    /** Place of that name, -1 if it is not in here. */
    int indexOf(String key) {
        Map<String, Integer> map = index;
        if (map != null) {
            Integer place = map.get(key);
            return place == null ? -1 : place;
        }
        String[] all = keys;
        for (int i = 0; i < all.length; i++) {
            if (all[i].equals(key)) { // mostly the compiled plan's own strings: equals begins with identity
                return i;
            }
        }
        return -1;
    }

    /** This shape and one more name, which is not in here yet. */
    Shape with(String key) {
        Shape known = longer.get(key);
        if (known != null) {
            return known;
        }
        String[] more = Arrays.copyOf(keys, keys.length + 1);
        more[keys.length] = key;
        Shape made = new Shape(more);
        if (SHARED.get() >= MOST_SHARED) {
            return made;
        }
        Shape first = longer.putIfAbsent(key, made);
        if (first != null) {
            return first;
        }
        SHARED.incrementAndGet();
        return made;
    }
}
