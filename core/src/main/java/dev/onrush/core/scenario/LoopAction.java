package dev.onrush.core.scenario;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.engine.Action;
import dev.onrush.core.engine.VirtualUser;
import dev.onrush.core.session.Block;
import dev.onrush.core.session.UserSession;

/** Before each turn of a loop, and after the last: the body goes on with this. */
final class LoopAction extends Action {
    /** A loop that turns so often without a wait is warned about. */
    private static final int MANY_TURNS = 10_000;

    private final LoopStep loop;
    private final Action next;
    private final Action afterOthers;
    private final Action exit;
    private Action body;

    LoopAction(String place, LoopStep loop, Action next) {
        super(place);
        this.loop = loop;
        this.next = next;
        this.body = next;
        this.afterOthers = new StepAction(place, (user, following) -> turnBusily(user), this);
        this.exit = new StepAction(place, (user, following) -> leave(user), next);
    }

    void body(Action first) {
        body = first;
    }

    /** Where a user comes to the loop. */
    Action entrance() {
        return new StepAction(
                place(),
                (user, following) -> {
                    user.session(
                            user.session().inBlock(new Turn(user.session().block(), -1, user.arrivedNanos(), 0, 0)));
                    return following;
                },
                this);
    }

    @Override
    public @Nullable Action execute(VirtualUser user) {
        Turn last = lastTurn(user);
        if (last.number >= 0 && last.userTurn == user.turns()) { // no wait in this pass: others first
            return user.yieldTo(afterOthers);
        }
        return turn(user, last, 0);
    }

    /** The next turn of a loop that did not wait in its last one. */
    private @Nullable Action turnBusily(VirtualUser user) {
        Turn last = lastTurn(user);
        int busy = last.busy + 1;
        if (busy == MANY_TURNS) {
            user.warn(place() + ": this loop has turned " + MANY_TURNS
                    + " times without a pause or a request. It keeps a core busy and sends nothing: let it wait.");
        }
        return turn(user, last, busy);
    }

    private static Turn lastTurn(VirtualUser user) {
        return (Turn) java.util.Objects.requireNonNull(user.session().block());
    }

    private Action turn(VirtualUser user, Turn last, int busy) {
        int number = last.number + 1;
        String counter = loop.counter();
        if (counter != null) { // before the test, which may read it
            user.session(user.session().set(counter, number));
        }
        UserSession turn;
        try {
            turn = number == 0 && loop.atLeastOnce()
                    ? user.session()
                    : loop.test().turn(user, number, last.enteredNanos);
        } catch (Exception | StackOverflowError | AssertionError failure) {
            user.stepFailed(place(), failure);
            turn = null;
        }
        if (turn == null) {
            return leave(user);
        }
        user.session(turn.inBlock(new Turn(last.outer(), number, last.enteredNanos, user.turns(), busy)));
        return body;
    }

    private Action leave(VirtualUser user) {
        UserBlock.leaveInnermost(user);
        return next;
    }

    @Override
    public Action next() {
        return next;
    }

    /** One turn of the loop, as the block the user is in. */
    private final class Turn extends UserBlock {
        private final int number;
        private final long enteredNanos;
        /** {@link VirtualUser#turns} when it began. */
        private final int userTurn;
        /** Turns before this one without a wait. */
        private final int busy;

        Turn(@Nullable Block outer, int number, long enteredNanos, int userTurn, int busy) {
            super(outer);
            this.number = number;
            this.enteredNanos = enteredNanos;
            this.userTurn = userTurn;
            this.busy = busy;
        }

        @Override
        protected void close(VirtualUser user) {
            String counter = loop.counter();
            if (counter != null) {
                user.session(user.session().remove(counter));
            }
        }

        @Override
        protected @Nullable Action interrupted(VirtualUser user) {
            if (!loop.exitAsap() || number == 0 && loop.atLeastOnce()) {
                return null;
            }
            try {
                return loop.test().holds(user, number, enteredNanos) ? null : exit;
            } catch (Exception | StackOverflowError | AssertionError failure) {
                user.stepFailed(place(), failure);
                return exit;
            }
        }

        @Override
        protected @Nullable String counter() {
            return loop.counter();
        }
    }
}
