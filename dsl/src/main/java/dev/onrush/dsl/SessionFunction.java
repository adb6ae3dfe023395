package dev.onrush.dsl;

import java.util.function.Function;

import dev.onrush.core.session.Expression;
import dev.onrush.core.session.UserSession;

/** An author's function of the session, as core takes it. */
record SessionFunction<T>(Function<Session, ? extends T> function) implements Expression<T> {
    /** A body is a function that tells more: the attributes it reads, and its mistakes. */
    @SuppressWarnings("unchecked") // a body of T is a function to T
    static <T> Expression<T> of(Function<Session, ? extends T> function) {
        return function instanceof Body body ? (Expression<T>) body.content() : new SessionFunction<>(function);
    }

    @Override
    public T evaluate(UserSession session) {
        T value = function.apply(new Session(session));
        if (value == null) {
            throw new IllegalStateException("the session function gave null. Return a value in every case.");
        }
        return value;
    }
}
