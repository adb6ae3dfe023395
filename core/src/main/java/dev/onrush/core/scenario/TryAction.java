package dev.onrush.core.scenario;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.engine.Action;
import dev.onrush.core.engine.StepFailedException;
import dev.onrush.core.engine.VirtualUser;
import dev.onrush.core.session.Block;
import dev.onrush.core.session.UserSession;

/** After an attempt, whole or given up: the next one, or on behind the block. */
final class TryAction extends Action {
    private final TryStep step;
    private final Action next;
    private Action body;

    TryAction(String place, TryStep step, Action next) {
        super(place);
        this.step = step;
        this.next = next;
        this.body = next;
    }

    void body(Action first) {
        body = first;
    }

    /** Where a user comes to the block. */
    Action entrance() {
        return new StepAction(place(), (user, following) -> begin(user), next);
    }

    private Action begin(VirtualUser user) {
        UserSession session = user.session();
        int attempts = Values.required(step.attempts(), session, "the number of attempts");
        if (attempts < 1) {
            throw new StepFailedException("the number of attempts must be 1 or more, was " + attempts + ".");
        }
        return attempt(user, new Attempt(session.block(), 0, attempts, session.status()));
    }

    private Action attempt(VirtualUser user, Attempt attempt) {
        UserSession session = user.session();
        String counter = step.counter();
        if (counter != null) {
            session = session.set(counter, attempt.number);
        }
        user.session(session.inBlock(attempt));
        return body;
    }

    @Override
    public Action execute(VirtualUser user) {
        Attempt last = (Attempt) java.util.Objects.requireNonNull(user.session().block());
        if (!last.hasFailed(user) || last.number == last.attempts - 1) {
            UserBlock.leaveInnermost(user);
            return next;
        }
        user.session(user.session().status(last.status));
        return attempt(user, new Attempt(last.outer(), last.number + 1, last.attempts, last.status));
    }

    @Override
    public Action next() {
        return next;
    }

    /** One attempt, as the block the user is in. */
    private final class Attempt extends UserBlock {
        private final int number;
        private final int attempts;
        /** The session's when the user came. Each attempt begins with it: what failed before the block stays failed. */
        private final int status;

        Attempt(@Nullable Block outer, int number, int attempts, int status) {
            super(outer);
            this.number = number;
            this.attempts = attempts;
            this.status = status;
        }

        boolean hasFailed(VirtualUser user) {
            return user.session().hasFailedSince(status);
        }

        @Override
        protected @Nullable Action interrupted(VirtualUser user) {
            return hasFailed(user) ? TryAction.this : null;
        }

        @Override
        protected boolean takesFailures() {
            return true;
        }

        @Override
        protected void close(VirtualUser user) {
            String counter = step.counter();
            if (counter != null) {
                user.session(user.session().remove(counter));
            }
        }

        @Override
        protected @Nullable String counter() {
            return step.counter();
        }
    }
}
