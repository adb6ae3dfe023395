package dev.onrush.http;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

import dev.onrush.core.Require;
import dev.onrush.dsl.CheckBuilder;

/**
 * A condition that wants to know which checks are run if it holds.
 *
 * @param <B> what the sentence goes on with
 */
abstract sealed class Conditional<B>
        permits HttpProtocolBuilder.UntypedCondition,
                HttpProtocolBuilder.TypedCondition,
                HttpRequestActionBuilder.UntypedCondition,
                HttpRequestActionBuilder.TypedCondition {
    private final Function<List<CheckBuilder>, B> then;

    Conditional(Function<List<CheckBuilder>, B> then) {
        this.then = then;
    }

    /** These checks are run only if the condition holds. */
    public final B then(CheckBuilder... checks) {
        return then(Arrays.asList(Require.notNull("checkIf: check", checks)));
    }

    public final B then(List<CheckBuilder> checks) {
        return then.apply(checks);
    }
}
