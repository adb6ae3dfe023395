package dev.onrush.http;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

import dev.onrush.core.Require;
import dev.onrush.core.check.CheckCondition;
import dev.onrush.core.session.Expression;
import dev.onrush.core.session.ExpressionCompiler;
import dev.onrush.dsl.CheckBuilder;
import dev.onrush.dsl.Session;
import dev.onrush.http.internal.request.RequestDefinition;

/** One HTTP request, an action of a scenario. Immutable: each call gives a new value. */
public final class HttpRequestActionBuilder extends RequestWithBodyActionBuilder<HttpRequestActionBuilder> {
    HttpRequestActionBuilder(RequestDefinition definition) {
        super(definition);
    }

    @Override
    HttpRequestActionBuilder copy(RequestDefinition changed) {
        return new HttpRequestActionBuilder(changed);
    }

    // ---- checkIf

    /** Checks for when that is true; it is asked before the first check of each scope. */
    public UntypedCondition checkIf(String condition) {
        return when(ExpressionCompiler.condition(Require.notNull("checkIf", condition)));
    }

    public UntypedCondition checkIf(Function<Session, ? extends Boolean> condition) {
        return when(Words.<Boolean>function("checkIf", condition));
    }

    /** Checks for when that is true of the response, which the function is given with its body: so that is kept. */
    public TypedCondition checkIf(BiFunction<Response, Session, ? extends Boolean> condition) {
        CheckCondition when = Words.condition(condition);
        return new TypedCondition(checks -> with(facts -> facts.checks(Words.checksIf(when, checks))));
    }

    private UntypedCondition when(Expression<Boolean> condition) {
        CheckCondition when = CheckCondition.of(condition);
        return new UntypedCondition(checks -> with(facts -> facts.checks(Words.checksIf(when, checks))));
    }

    /** A condition on the session; {@code then} says what is checked if it holds. */
    public static final class UntypedCondition extends Conditional<HttpRequestActionBuilder> {
        private UntypedCondition(Function<List<CheckBuilder>, HttpRequestActionBuilder> then) {
            super(then);
        }
    }

    /** A condition on response and session; {@code then} says what is checked if it holds. */
    public static final class TypedCondition extends Conditional<HttpRequestActionBuilder> {
        private TypedCondition(Function<List<CheckBuilder>, HttpRequestActionBuilder> then) {
            super(then);
        }
    }
}
