package dev.onrush.core.feeder;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** One record of a table: a map whose keys are shared by all rows, so that a row costs its values only. */
final class Row extends AbstractMap<String, Object> {
    private final String[] keys;
    private final Object[] values;

    Row(String[] keys, Object[] values) {
        this.keys = keys;
        this.values = values;
    }

    @Override
    public int size() {
        return keys.length;
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
        for (int i = 0; i < keys.length; i++) {
            if (keys[i].equals(key)) {
                return values[i];
            }
        }
        return null;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return get(key) != null;
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return keys.length;
            }

            @Override
            public Iterator<Map.Entry<String, Object>> iterator() {
                return new Iterator<>() {
                    private int at;

                    @Override
                    public boolean hasNext() {
                        return at < keys.length;
                    }

                    @Override
                    public Map.Entry<String, Object> next() {
                        if (at == keys.length) {
                            throw new NoSuchElementException();
                        }
                        return Map.entry(keys[at], values[at++]);
                    }
                };
            }
        };
    }
}
