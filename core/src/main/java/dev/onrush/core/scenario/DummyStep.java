package dev.onrush.core.scenario;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.CallSite;
import dev.onrush.core.engine.Action;
import dev.onrush.core.session.Expression;

/**
 * A request without traffic: takes its time, ends as it is told, and then changes the session.
 *
 * @param millis how long it takes, 0 or more
 * @param success asked when the time is over
 * @param update null: the session stays as it is
 */
public record DummyStep(
        Expression<String> name,
        Expression<Integer> millis,
        Expression<Boolean> success,
        @Nullable SessionFunction update,
        CallSite site)
        implements Step {
    @Override
    public String word() {
        return "dummy";
    }

    @Override
    public Action compile(Compilation compilation, Action next) {
        compilation.reads(name);
        compilation.reads(millis);
        compilation.reads(success);
        compilation.request(name.isConstant() ? name.source() : null);
        SessionFunction change = update;
        Action behind = next;
        if (change != null) {
            compilation.setsAny();
            behind = new StepAction(
                    compilation.place(),
                    (user, following) -> {
                        user.session(ExecStep.changed(change, user.session()));
                        return following;
                    },
                    next);
        }
        DummyProtocol.Client client = (DummyProtocol.Client) compilation.client(DummyProtocol.ONLY);
        return new DummyAction(compilation.place(), this, client, compilation.names(), behind);
    }
}
