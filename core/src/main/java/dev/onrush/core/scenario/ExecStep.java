package dev.onrush.core.scenario;

import dev.onrush.core.CallSite;
import dev.onrush.core.engine.Action;
import dev.onrush.core.engine.StepFailedException;
import dev.onrush.core.session.UserSession;

/** Changes the session by an author's function. */
public record ExecStep(SessionFunction function, CallSite site) implements Step {
    @Override
    public String word() {
        return "exec";
    }

    @Override
    public Action compile(Compilation compilation, Action next) {
        compilation.setsAny();
        return new StepAction(
                compilation.place(),
                (user, following) -> {
                    user.session(changed(function, user.session()));
                    return following;
                },
                next);
    }

    static UserSession changed(SessionFunction function, UserSession session) throws Exception {
        UserSession changed = function.apply(session);
        if (changed == null) {
            throw new StepFailedException("the session function returned null; return the session, changed or not.");
        }
        return changed;
    }
}
