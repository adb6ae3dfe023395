package dev.onrush.core.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/** The users of one loop that have started and not ended, as a chain through the users themselves. Safe for use by many threads. */
final class LiveUsers {
    private @Nullable VirtualUser newest;
    /** Where the one who looks at them bit by bit goes on. */
    private @Nullable VirtualUser next;

    synchronized void add(VirtualUser user) {
        VirtualUser before = newest;
        user.older = before;
        if (before != null) {
            before.newer = user;
        }
        newest = user;
    }

    /** Returns whether it was there. */
    synchronized boolean remove(VirtualUser user) {
        if (user.newer == null && user.older == null && newest != user) {
            return false;
        }
        if (next == user) {
            next = user.older;
        }
        if (user.newer != null) {
            user.newer.older = user.older;
        } else {
            newest = user.older;
        }
        if (user.older != null) {
            user.older.newer = user.newer;
        }
        user.newer = null;
        user.older = null;
        return true;
    }

    /** Begins a round of {@link #look}: all that are there now, and none that come later. */
    synchronized void beginRound() {
        next = newest;
    }

    /** Shows the next ones of the round, at most so many; returns whether there are more. */
    synchronized boolean look(int most, Consumer<VirtualUser> look) {
        VirtualUser user = next;
        for (int i = 0; i < most && user != null; i++) {
            look.accept(user);
            user = user.older;
        }
        next = user;
        return user != null;
    }

    synchronized List<VirtualUser> all() {
        List<VirtualUser> users = new ArrayList<>();
        for (VirtualUser user = newest; user != null; user = user.older) {
            users.add(user);
        }
        return users;
    }
}
