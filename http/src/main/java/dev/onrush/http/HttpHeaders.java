package dev.onrush.http;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.Require;

/** Headers of a request or a response, in their order. Letter case of a name is ignored. Mutable, for one thread. */
public final class HttpHeaders implements Iterable<Map.Entry<String, String>> {
    private final List<Map.Entry<String, String>> fields = new ArrayList<>();

    /** None. */
    public HttpHeaders() {}

    /** One more, beside those of that name. A list of values becomes as many headers. */
    public HttpHeaders add(CharSequence name, Object value) {
        String given = Require.notBlank("header: name", String.valueOf(Require.notNull("header: name", name)));
        if (Require.notNull("header: value", value) instanceof Iterable<?> values) {
            values.forEach(each -> fields.add(Map.entry(given, String.valueOf(each))));
        } else {
            fields.add(Map.entry(given, value.toString()));
        }
        return this;
    }

    public HttpHeaders add(HttpHeaders others) {
        fields.addAll(Require.notNull("headers", others).entries());
        return this;
    }

    /** In place of those of that name. A list of values becomes as many headers. */
    public HttpHeaders set(CharSequence name, Object value) {
        remove(name);
        return add(name, value);
    }

    /** The first value; null if there is none. */
    public @Nullable String get(CharSequence name) {
        for (Map.Entry<String, String> field : fields) {
            if (is(field, name)) {
                return field.getValue();
            }
        }
        return null;
    }

    public List<String> getAll(CharSequence name) {
        return fields.stream()
                .filter(field -> is(field, name))
                .map(Map.Entry::getValue)
                .toList();
    }

    public boolean contains(CharSequence name) {
        return get(name) != null;
    }

    public boolean contains(CharSequence name, CharSequence value, boolean ignoreCase) {
        String wanted = Require.notNull("header: value", value).toString();
        return getAll(name).stream().anyMatch(each -> ignoreCase ? each.equalsIgnoreCase(wanted) : each.equals(wanted));
    }

    /** All of that name. */
    public HttpHeaders remove(CharSequence name) {
        fields.removeIf(field -> is(field, name));
        return this;
    }

    public HttpHeaders clear() {
        fields.clear();
        return this;
    }

    /** Each once, as first written. */
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        for (Map.Entry<String, String> field : fields) {
            if (names.stream().noneMatch(field.getKey()::equalsIgnoreCase)) {
                names.add(field.getKey());
            }
        }
        return names;
    }

    /** A copy. */
    public List<Map.Entry<String, String>> entries() {
        return List.copyOf(fields);
    }

    public boolean isEmpty() {
        return fields.isEmpty();
    }

    public int size() {
        return fields.size();
    }

    @Override
    public Iterator<Map.Entry<String, String>> iterator() {
        return entries().iterator();
    }

    private static boolean is(Map.Entry<String, String> field, CharSequence name) {
        return field.getKey()
                .equalsIgnoreCase(Require.notNull("header: name", name).toString());
    }

    @Override
    public String toString() {
        return fields.toString();
    }
}
