package dev.onrush.core.scenario;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.engine.StepFailedException;
import dev.onrush.core.session.Expression;
import dev.onrush.core.session.UserSession;

/** Values of expressions that a step cannot do without: what is no use fails the step with a text that says so. */
final class Values {
    private Values() {}

    static <T> T required(Expression<T> expression, UserSession session, String what) {
        @Nullable T value = expression.evaluate(session);
        if (value == null) {
            throw new StepFailedException(what + written(expression) + " gave null.");
        }
        return value;
    }

    /** 0 or more. */
    static long nanos(Expression<Long> expression, UserSession session, String what) {
        long nanos = required(expression, session, what);
        if (nanos < 0) {
            throw new StepFailedException(
                    what + written(expression) + " must not be negative, was " + nanos / 1e9 + " s.");
        }
        return nanos;
    }

    private static String written(Expression<?> expression) {
        String source = expression.source();
        return source == null ? "" : " " + source;
    }
}
