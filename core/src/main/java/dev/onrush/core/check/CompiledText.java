package dev.onrush.core.check;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.session.Excerpt;
import dev.onrush.core.session.Expression;
import dev.onrush.core.session.UserSession;

/**
 * A pattern or path of a check, compiled: at definition if its text is fixed, else once per text, of which some are kept.
 *
 * @param <C> what it is compiled to
 */
final class CompiledText<C> {
    private static final int MOST_KEPT = 256;

    private final Expression<String> text;
    private final Function<String, C> compiler;
    private final @Nullable C fixed;
    private final List<String> problems;
    private final Map<String, C> kept = new ConcurrentHashMap<>();

    /** @param compiler throws {@link IllegalArgumentException} for bad syntax */
    CompiledText(String word, Expression<String> text, Function<String, C> compiler) {
        this.text = text;
        this.compiler = compiler;
        @Nullable C compiled = null;
        List<String> found = text.problems();
        if (text.isConstant()) {
            String pattern = text.evaluate(UserSession.NOBODY);
            try {
                compiled = compiler.apply(pattern);
            } catch (IllegalArgumentException e) {
                found = List.of(Excerpt.of(word + " " + Excerpt.ofValue(pattern, 80) + ": "
                        + String.valueOf(e.getMessage()).replaceFirst("\\.+$", "") + ". Correct the " + word + "."));
            }
        }
        this.fixed = compiled;
        this.problems = found;
    }

    C in(UserSession session) {
        C compiled = fixed;
        if (compiled != null) {
            return compiled;
        }
        String pattern = text.evaluate(session);
        C known = kept.get(pattern);
        if (known != null) {
            return known;
        }
        C made = compiler.apply(pattern);
        if (kept.size() >= MOST_KEPT) {
            kept.clear();
        }
        kept.put(pattern, made);
        return made;
    }

    Expression<String> text() {
        return text;
    }

    List<String> problems() {
        return problems;
    }

    @Override
    public String toString() {
        String source = text.source();
        return source == null ? "(function)" : source;
    }
}
