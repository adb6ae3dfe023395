package dev.onrush.examples.target;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** The newest entries of a growing set, so that a long run does not fill the heap. Thread-safe. */
final class Newest<V> {
    private final Map<String, V> entries;

    Newest(int capacity) {
        this.entries = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > capacity;
            }
        };
    }

    synchronized void put(String key, V value) {
        entries.put(key, value);
    }

    synchronized @Nullable V get(String key) {
        return entries.get(key);
    }
}
