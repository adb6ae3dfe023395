package dev.onrush.core.session;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Compiles texts with {@code #{…}} to expressions, once.
 *
 * <pre>{@code
 * Expression<String> path = ExpressionCompiler.text("/items/#{id}");
 * path.evaluate(session); // "/items/7"
 * }</pre>
 *
 * <p>Nothing is thrown here for a text with mistakes: the expression carries them in {@link Expression#problems()}, so that a
 * step can report them at its place, all at once.
 */
public final class ExpressionCompiler {
    private ExpressionCompiler() {}

    public static Expression<String> text(String text) {
        ParsedText parsed = ExpressionParser.parse(text);
        if (!parsed.problems().isEmpty()) {
            return new Broken<>(text, parsed.problems());
        }
        return parsed.isLiteral() ? new Constant<>(parsed.literal()) : new TextTemplate(parsed);
    }

    /** A text that is one expression keeps the value's type; any other gives text. */
    public static Expression<Object> value(String text) {
        return typed(text, value -> value);
    }

    /** A whole number, or text of one. */
    public static Expression<Integer> number(String text) {
        return typed(text, Conversion::number);
    }

    /** A number, or text of one. */
    public static Expression<Double> decimal(String text) {
        return typed(text, Conversion::decimalNumber);
    }

    /** A {@link Duration}, or a number or numeric text of seconds, fractions allowed; never negative. */
    public static Expression<Duration> duration(String text) {
        return typed(text, Conversion::duration);
    }

    /** True or false, or text of that. */
    public static Expression<Boolean> condition(String text) {
        return typed(text, Conversion::condition);
    }

    /** A list; a collection or an array becomes one. */
    public static Expression<List<?>> list(String text) {
        return typed(text, Conversion::list);
    }

    public static Expression<Map<?, ?>> map(String text) {
        return typed(text, Conversion::map);
    }

    public static Expression<byte[]> bytes(String text) {
        return typed(text, Conversion::bytes);
    }

    /** As {@link #value(String)}, converted. What {@code conversion} throws as {@link IllegalArgumentException} says what was wanted. */
    public static <T> Expression<T> typed(String text, Function<Object, T> conversion) {
        ParsedText parsed = ExpressionParser.parse(text);
        if (!parsed.problems().isEmpty()) {
            return new Broken<>(text, parsed.problems());
        }
        if (!parsed.isLiteral()) {
            return new TypedTemplate<>(parsed, conversion);
        }
        try {
            return new Constant<>(conversion.apply(parsed.literal()));
        } catch (IllegalArgumentException e) {
            return new Broken<>(text, List.of("\"" + Excerpt.of(text, 80) + "\": " + e.getMessage()));
        }
    }

    /** What is wrong with a text that must be fixed, such as a scenario's name: {@code #{} in it. Empty if it is fine. */
    public static List<String> problemsOfFixed(String text) {
        return text.contains("#{")
                ? List.of("\"" + Excerpt.of(text, 80)
                        + "\" is a fixed name: #{ has no effect in it. Remove the expression.")
                : List.of();
    }
}
