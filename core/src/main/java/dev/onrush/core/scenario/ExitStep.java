package dev.onrush.core.scenario;

import dev.onrush.core.CallSite;
import dev.onrush.core.engine.Action;
import dev.onrush.core.eventlog.UserEnd;
import dev.onrush.core.session.Expression;

/** Ends the user here if the condition holds; the groups it is in are recorded. */
public record ExitStep(String word, Expression<Boolean> condition, CallSite site) implements Step {
    @Override
    public Action compile(Compilation compilation, Action next) {
        compilation.reads(condition);
        return new StepAction(
                compilation.place(),
                (user, following) -> {
                    if (!Values.required(condition, user.session(), "the condition")) {
                        return following;
                    }
                    UserBlock.leaveAll(user);
                    return user.end(UserEnd.THROUGH);
                },
                next);
    }
}
