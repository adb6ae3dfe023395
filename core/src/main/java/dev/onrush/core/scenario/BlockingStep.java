package dev.onrush.core.scenario;

import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.CallSite;
import dev.onrush.core.engine.Action;
import dev.onrush.core.engine.Message;
import dev.onrush.core.engine.VirtualUser;
import dev.onrush.core.session.UserSession;

/** Changes the session by an author's function that may block: the user waits for it, and nobody else does. */
public record BlockingStep(SessionFunction function, CallSite site) implements Step {
    @Override
    public String word() {
        return "execBlocking";
    }

    @Override
    public Action compile(Compilation compilation, Action next) {
        compilation.setsAny();
        Executor threads = compilation.environment().blocking();
        String place = compilation.place();
        return new StepAction(
                place,
                (user, following) -> {
                    UserSession session = user.session();
                    threads.execute(() -> call(user, session, place, following));
                    return user.waitThen(following);
                },
                next);
    }

    /** On a thread of its own. The user waits meanwhile, so its session does not change. */
    private void call(VirtualUser user, UserSession session, String place, Action next) {
        @Nullable UserSession changed = null;
        @Nullable Throwable failure = null;
        try {
            changed = ExecStep.changed(function, session);
        } catch (OutOfMemoryError out) {
            user.outOfMemory();
            return;
        } catch (Throwable thrown) { // whatever it is, the user must go on
            failure = thrown;
        }
        user.deliverOnLoop(new Returned(changed, failure, user.now(), place, next));
    }

    /** The function has come back: with a session, or with a failure. */
    private record Returned(
            @Nullable UserSession changed, @Nullable Throwable failure, long atNanos, String place, Action next)
            implements Message {
        @Override
        public @Nullable Action receive(VirtualUser user) throws Exception {
            Action onward = user.goesOn();
            user.dueNanos(atNanos);
            user.paceOverrunNanos(0); // it lies before the end of the function
            if (changed != null) {
                user.session(changed);
            }
            if (failure instanceof Error error) {
                throw error;
            }
            if (failure instanceof Exception exception) {
                throw exception;
            }
            return onward;
        }
    }
}
