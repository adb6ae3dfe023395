package dev.onrush.core.session;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/** What {@code (i)} and {@code .b} find in a value: elements, map entries, record components, getters. */
final class Entries {
    /** Readers of a class by property, found once. */
    private static final ClassValue<Map<String, Optional<Method>>> READERS = new ClassValue<>() {
        @Override
        protected Map<String, Optional<Method>> computeValue(Class<?> type) {
            return new ConcurrentHashMap<>();
        }
    };

    private Entries() {}

    /** How many elements or entries; -1 if it has none of either. */
    static int size(@Nullable Object value) {
        if (value instanceof Collection<?> all) {
            return all.size();
        }
        if (value instanceof Map<?, ?> map) {
            return map.size();
        }
        return value != null && value.getClass().isArray() ? Array.getLength(value) : -1;
    }

    /** The element there, counted from the end if negative, or a {@link MissingValue}. */
    static @Nullable Object element(@Nullable Object value, long index) {
        int size = value instanceof Map ? -1 : size(value);
        if (size < 0) {
            return new MissingValue("(" + index + ") needs a list or an array, but the value is " + kind(value) + ".");
        }
        long place = index < 0 ? size + index : index;
        if (place < 0 || place >= size) {
            return new MissingValue("index " + index + " is outside a list of " + size + ".");
        }
        if (value instanceof List<?> list) {
            return list.get((int) place);
        }
        if (value instanceof Collection<?> all) {
            return all.stream().skip(place).findFirst().orElse(null);
        }
        return Array.get(Objects.requireNonNull(value), (int) place);
    }

    /** The map entry, record component or getter of that name, or a {@link MissingValue}. */
    static @Nullable Object entry(@Nullable Object value, String name) {
        if (value == null) {
            return new MissingValue("." + name + " of a value that is null.");
        }
        if (value instanceof Map<?, ?> map) {
            Object found = map.get(name);
            return found != null || map.containsKey(name)
                    ? found
                    : new MissingValue("the map has no entry \"" + name + "\".");
        }
        Optional<Method> reader = READERS.get(value.getClass())
                .computeIfAbsent(name, key -> Optional.ofNullable(reader(value.getClass(), key)));
        if (reader.isEmpty()) {
            return new MissingValue(kind(value) + " has no map entry, record component or getter \"" + name + "\".");
        }
        try {
            return reader.get().invoke(value);
        } catch (InvocationTargetException e) {
            return new MissingValue(
                    "." + name + " threw " + e.getTargetException().getClass().getSimpleName() + ".");
        } catch (IllegalAccessException e) {
            return new MissingValue("." + name + " is not accessible.");
        }
    }

    private static @Nullable Method reader(Class<?> type, String name) {
        String capital = name.isEmpty() ? name : Character.toUpperCase(name.charAt(0)) + name.substring(1);
        List<String> names = type.isRecord()
                ? List.of(name, "get" + capital, "is" + capital)
                : List.of("get" + capital, "is" + capital);
        for (String candidate : names) {
            Method found = accessible(type, candidate);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** The public method of that name where it may be called: a class may be hidden while its interface is not. */
    private static @Nullable Method accessible(@Nullable Class<?> type, String name) {
        if (type == null) {
            return null;
        }
        try {
            Method method = type.getMethod(name);
            boolean reads = method.getReturnType() != void.class
                    && !Modifier.isStatic(method.getModifiers())
                    && method.getDeclaringClass() != Object.class;
            if (!reads) {
                return null;
            }
            if (method.trySetAccessible()) {
                return method;
            }
        } catch (NoSuchMethodException e) {
            return null;
        }
        for (Class<?> face : type.getInterfaces()) {
            Method method = accessible(face, name);
            if (method != null) {
                return method;
            }
        }
        return accessible(type.getSuperclass(), name);
    }

    /** A value's kind for messages; never the value itself, which may be secret or long. */
    static String kind(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof CharSequence) {
            return "a text";
        }
        if (value instanceof Number) {
            return "a number";
        }
        if (value instanceof Map) {
            return "a map";
        }
        return "of type " + value.getClass().getSimpleName();
    }
}
