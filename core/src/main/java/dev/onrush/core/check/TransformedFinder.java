package dev.onrush.core.check;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.session.Expression;
import dev.onrush.core.session.UserSession;
import dev.onrush.core.setting.Settings;

/** What another finder found, changed by a function of the author's; or something instead of nothing. */
public final class TransformedFinder<T> implements Finder<T> {
    private final Finder<?> finder;
    private final Change change;
    private final @Nullable Expression<?> expression;

    private TransformedFinder(Finder<?> finder, Change change, @Nullable Expression<?> expression) {
        this.finder = finder;
        this.change = change;
        this.expression = expression;
    }

    /** A function from what was found to what is used; it is not asked for {@link Finder#NONE}. */
    @FunctionalInterface
    public interface Change {
        @Nullable
        Object apply(@Nullable Object found, UserSession session) throws Exception;
    }

    public static <T> Finder<T> of(Finder<?> finder, Change change) {
        return new TransformedFinder<>(
                finder, (found, session) -> found == NONE ? found : change.apply(found, session), null);
    }

    /** What {@code finder} finds, or the expression's value where that is nothing. */
    public static <T> Finder<T> orElse(Finder<T> finder, Expression<?> otherwise) {
        return new TransformedFinder<>(
                finder, (found, session) -> found == NONE ? otherwise.evaluate(session) : found, otherwise);
    }

    @Override
    public String name() {
        return finder.name();
    }

    @Override
    public CheckScope scope() {
        return finder.scope();
    }

    @Override
    public boolean readsBody() {
        return finder.readsBody();
    }

    @Override
    public Set<BodyFact> bodyFacts() {
        return finder.bodyFacts();
    }

    @Override
    public Set<String> reads() {
        Set<String> names = new LinkedHashSet<>(finder.reads());
        if (expression != null) {
            names.addAll(expression.attributes());
        }
        return names;
    }

    @Override
    public List<String> problems() {
        return expression == null
                ? finder.problems()
                : Stream.concat(finder.problems().stream(), expression.problems().stream())
                        .toList();
    }

    @Override
    public Finder<T> under(Settings settings) {
        return new TransformedFinder<>(finder.under(settings), change, expression);
    }

    @Override
    public @Nullable Object find(CheckedResponse response, UserSession session) throws Exception {
        return change.apply(finder.find(response, session), session);
    }
}
