package dev.onrush.core.session;

import java.util.Set;
import java.util.function.Function;

/** A placeholder, or text with some, whose value is converted. */
final class TypedTemplate<T> implements Expression<T> {
    private final ParsedText parsed;
    private final Expression<?> value;
    private final Function<Object, T> conversion;

    TypedTemplate(ParsedText parsed, Function<Object, T> conversion) {
        this.parsed = parsed;
        this.value =
                parsed.isSinglePlaceholder() ? ((Placeholder) parsed.parts().get(0))::value : new TextTemplate(parsed);
        this.conversion = conversion;
    }

    @Override
    public T evaluate(UserSession session) {
        Object found = value.evaluate(session);
        try {
            return conversion.apply(found);
        } catch (IllegalArgumentException e) {
            throw new UnresolvedException(Excerpt.of(Excerpt.of(parsed.text(), 80) + ": " + e.getMessage()));
        }
    }

    @Override
    public String source() {
        return parsed.text();
    }

    @Override
    public Set<String> attributes() {
        return parsed.attributes();
    }

    @Override
    public String toString() {
        return source();
    }
}
