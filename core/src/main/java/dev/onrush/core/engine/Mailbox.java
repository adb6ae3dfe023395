package dev.onrush.core.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.time.Timer;

/**
 * A user's mail, and who has the user: nobody, or the one thread that entered it. For any thread; what is for the thread that
 * has the user says so. The user is its own mailbox as it is its own timer: neither costs memory beside it.
 */
abstract class Mailbox extends Timer {
    private static final int IDLE = 0;
    private static final int ENTERED = 1;
    private static final VarHandle STATE;
    private static final VarHandle NEWEST;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            STATE = lookup.findVarHandle(Mailbox.class, "state", int.class);
            NEWEST = lookup.findVarHandle(Mailbox.class, "newest", Letter.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** A message that came while a thread had the user. The chain goes from the newest to the oldest. */
    private static final class Letter {
        final Message message;

        @Nullable
        Letter before;

        Letter(Message message) {
            this.message = message;
        }
    }

    private volatile int state = IDLE;

    @SuppressWarnings("UnusedVariable") // written through NEWEST
    private volatile @Nullable Letter newest;

    /** Returns whether the calling thread has the user now: it must look after the mail, too. */
    final boolean enter() {
        return STATE.compareAndSet(this, IDLE, ENTERED);
    }

    /** A moment old unless the calling thread has the user. Who posts, and finds it idle then, lets a thread enter it. */
    final boolean isIdle() {
        return state == IDLE;
    }

    final boolean hasMail() {
        return newest != null;
    }

    final void post(Message message) {
        Letter letter = new Letter(message);
        Letter before;
        do {
            before = newest;
            letter.before = before;
        } while (!NEWEST.compareAndSet(this, before, letter));
    }

    /** For who has the user: takes the oldest letter; if there is none, leaves the user and returns null. */
    final @Nullable Message takeOrLeave() {
        while (true) {
            Message oldest = take();
            if (oldest != null) {
                return oldest;
            }
            leave();
            if (!hasMail() || !enter()) { // a letter posted before it was left has nobody else to take it
                return null;
            }
        }
    }

    /** For who has the user: leaves it, with whatever mail there is. */
    final void leave() {
        state = IDLE;
    }

    private @Nullable Message take() {
        while (true) {
            Letter last = newest;
            if (last == null) {
                return null;
            }
            Letter oldest = last.before;
            if (oldest == null) {
                if (NEWEST.compareAndSet(this, last, null)) {
                    return last.message;
                }
                continue; // one was posted before it
            }
            while (oldest.before != null) {
                last = oldest;
                oldest = oldest.before;
            }
            last.before = null; // behind the newest only the thread that has the user changes the chain
            return oldest.message;
        }
    }
}
