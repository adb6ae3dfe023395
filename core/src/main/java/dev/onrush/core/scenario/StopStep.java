package dev.onrush.core.scenario;

import dev.onrush.core.CallSite;
import dev.onrush.core.engine.Action;
import dev.onrush.core.engine.RunStop;
import dev.onrush.core.session.Expression;

/**
 * Stops the run at once, for all users, if the condition holds.
 *
 * @param message why, for the report
 * @param isCrash whether the exit code is 3
 */
public record StopStep(
        String word, Expression<String> message, Expression<Boolean> condition, boolean isCrash, CallSite site)
        implements Step {
    @Override
    public Action compile(Compilation compilation, Action next) {
        compilation.reads(message);
        compilation.reads(condition);
        String place = compilation.place();
        return new StepAction(
                place,
                (user, following) -> {
                    if (!Values.required(condition, user.session(), "the condition")) {
                        return following;
                    }
                    String why = Values.required(message, user.session(), "the message");
                    UserBlock.leaveAll(user);
                    return user.stopRun(new RunStop(place + ": " + why, isCrash));
                },
                next);
    }
}
