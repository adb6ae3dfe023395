package dev.onrush.dsl;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.CallSite;
import dev.onrush.core.scenario.DummyStep;
import dev.onrush.core.scenario.SessionFunction;
import dev.onrush.core.scenario.Step;
import dev.onrush.core.session.Expression;

/** A request without traffic: waits so long, is recorded ok or failed, then changes the session. Immutable. */
public final class DummyBuilder implements ActionBuilder {
    private final Expression<String> name;
    private final Expression<Integer> millis;
    private final Expression<Boolean> success;
    private final @Nullable SessionFunction update;
    private final CallSite site;

    DummyBuilder(Expression<String> name, Expression<Integer> millis) {
        this(name, millis, Expression.constant(true), null, CallSite.of("dummy"));
    }

    private DummyBuilder(
            Expression<String> name,
            Expression<Integer> millis,
            Expression<Boolean> success,
            @Nullable SessionFunction update,
            CallSite site) {
        this.name = name;
        this.millis = millis;
        this.success = success;
        this.update = update;
        this.site = site;
    }

    /** Whether it is recorded as ok; by default it is. */
    public DummyBuilder withSuccess(boolean success) {
        return withSuccessOf(Expression.constant(success));
    }

    public DummyBuilder withSuccess(String success) {
        return withSuccessOf(Arguments.condition("withSuccess", success));
    }

    public DummyBuilder withSuccess(Function<Session, ? extends Boolean> success) {
        return withSuccessOf(Arguments.function("withSuccess", success));
    }

    private DummyBuilder withSuccessOf(Expression<Boolean> holds) {
        return new DummyBuilder(name, millis, holds, update, site);
    }

    /** Changes the session afterwards; the returned one counts. */
    public DummyBuilder withSessionUpdate(Function<Session, ? extends Session> function) {
        return new DummyBuilder(name, millis, success, Arguments.change("withSessionUpdate: function", function), site);
    }

    @Override
    public Step toStep() {
        return new DummyStep(name, millis, success, update, site);
    }
}
