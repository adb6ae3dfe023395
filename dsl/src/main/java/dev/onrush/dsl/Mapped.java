package dev.onrush.dsl;

import java.util.List;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.session.Expression;
import dev.onrush.core.session.UserSession;

/** The value of an expression in another form; null stays null, for the step to tell. */
record Mapped<A, T>(Expression<A> original, Function<A, T> mapping) implements Expression<T> {
    @Override
    @SuppressWarnings("NullAway") // an author's function may give null although it must not
    public T evaluate(UserSession session) {
        @Nullable A value = original.evaluate(session);
        return value == null ? null : mapping.apply(value);
    }

    @Override
    public boolean isConstant() {
        return original.isConstant();
    }

    @Override
    public @Nullable String source() {
        return original.source();
    }

    @Override
    public Set<String> attributes() {
        return original.attributes();
    }

    @Override
    public List<String> problems() {
        return original.problems();
    }
}
