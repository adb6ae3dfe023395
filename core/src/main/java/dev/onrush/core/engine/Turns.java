package dev.onrush.core.engine;

import org.jspecify.annotations.Nullable;

/**
 * The turns that one thread gives to users. A turn goes from a message to the next wait, or until others must have theirs.
 * Belongs to the thread of its carrier.
 */
final class Turns {
    /** After so many actions, or {@link #MOST_NANOS}, without a wait a user lets others have their turn. */
    private static final int MOST_ACTIONS = 128;

    private static final long MOST_NANOS = 1_000_000;
    /** The clock is looked at after so many actions. */
    private static final int LOOK_EVERY = 16;

    private final Carrier here;
    private final LoadRun run;

    Turns(Carrier here) {
        this.here = here;
        this.run = here.run;
    }

    /**
     * Gives turns to a user that this thread has entered, until there is no mail for it.
     *
     * @param first what the first turn is for; null: the oldest letter
     */
    void give(VirtualUser user, @Nullable Message first) {
        Message message = first == null ? user.takeOrLeave() : first;
        while (message != null) {
            boolean hasLoop = giveOne(user, message, message.poller());
            if (user.hasEnded()) {
                return; // never left: so nobody ever enters it again
            }
            if (!hasLoop) {
                user.leaveToLoop();
                return;
            }
            message = user.takeOrLeave();
        }
    }

    /** Returns whether the thread still has its loop. */
    private boolean giveOne(VirtualUser user, Message message, @Nullable Poller poller) {
        user.turnBegins(here, message, poller == null);
        here.enter(user, message, run.now());
        if (poller == null) {
            turn(user, message, true);
        } else {
            turnBeside(user, message, poller);
        }
        boolean hasLoop = here.leave();
        user.turnEnds(hasLoop ? here.loop : null);
        return hasLoop;
    }

    /** What goes on beside a scenario has no place to go on from, and so is not interrupted. */
    private void turnBeside(VirtualUser user, Message message, Poller poller) {
        poller.inPass(() -> turn(user, message, false));
    }

    private void turn(VirtualUser user, Message message, boolean mayYield) {
        Action action;
        try {
            action = message.receive(user);
        } catch (Throwable failure) {
            // First this: what the engine itself tells a user leads nowhere when it fails.
            action = isOfGenerator(failure) ? null : failed(user, failure, message.place(), message.next());
        }
        for (int actions = 1; action != null && !user.hasEnded(); actions++) {
            if (mayYield && mustYield(actions)) {
                user.yieldTo(action);
                return;
            }
            here.action = action;
            try {
                action = action.execute(user);
            } catch (Throwable failure) {
                user.waitsNotAfterAll();
                action = isOfGenerator(failure) ? null : failed(user, failure, action.place(), action.next());
            }
        }
    }

    private boolean mustYield(int actions) {
        return here.isLost()
                || run.isHalted()
                || actions % LOOK_EVERY == 0 && (actions >= MOST_ACTIONS || run.now() - here.entered() > MOST_NANOS);
    }

    /** Whether no step failed but the generator: the run is stopped then, and its cut ends this user as all others. */
    private boolean isOfGenerator(Throwable failure) {
        if (failure instanceof OutOfMemoryError) {
            run.outOfMemory();
            return true;
        }
        if (failure instanceof VirtualMachineError && !(failure instanceof StackOverflowError)) {
            run.stopNow(new RunStop("The generator failed: " + FailureText.of(failure), true));
            return true;
        }
        return false;
    }

    private static Action failed(VirtualUser user, Throwable failure, String place, Action next) {
        user.stepFailed(place, failure);
        return next;
    }
}
