package dev.onrush.core.measure;

import java.util.Arrays;
import java.util.function.IntFunction;

import org.jspecify.annotations.Nullable;

/** What belongs to each number of a log's names: found by index once it was looked up by name. */
final class NumberedFolds<T> {
    private @Nullable Object[] known = new @Nullable Object[64];

    @SuppressWarnings("unchecked") // only what the function gave is kept
    T get(int number, IntFunction<T> lookup) {
        if (number >= known.length) {
            known = Arrays.copyOf(known, Math.max(number + 1, known.length * 2));
        }
        Object fold = known[number];
        if (fold == null) {
            T found = lookup.apply(number);
            known[number] = found;
            return found;
        }
        return (T) fold;
    }

    void clear() {
        Arrays.fill(known, null);
    }
}
