package dev.onrush.core.session;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * One {@code #{…}}: a source and the steps from there.
 *
 * @param text as written, with {@code #{} and brace
 * @param attributes it cannot do without
 */
record Placeholder(String text, ValueSource source, List<ValueStep> steps, Set<String> attributes) {
    /** The value, or a {@link MissingValue}; may be null. */
    @Nullable
    Object read(UserSession session) {
        Object value = source.read(session);
        for (int i = 0; i < steps.size(); i++) {
            ValueStep step = steps.get(i);
            if (!(value instanceof MissingValue) || step.takesMissing()) {
                value = step.apply(value, session);
            }
        }
        return value;
    }

    /** @throws UnresolvedException if it is missing or null */
    Object value(UserSession session) {
        Object value = read(session);
        if (value == null) {
            throw new UnresolvedException(
                    Excerpt.of(text + ": the value is null. Use exists() or a session function to decide before."));
        }
        if (value instanceof MissingValue missing) {
            throw new UnresolvedException(Excerpt.of(text + ": " + missing.reason()));
        }
        return value;
    }
}
