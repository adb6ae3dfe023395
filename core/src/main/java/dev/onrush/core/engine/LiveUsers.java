package dev.onrush.core.engine;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** The users of one loop that have started and not ended, as a chain through the users themselves. Safe for use by many threads. */
final class LiveUsers {
    private @Nullable VirtualUser newest;

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

    synchronized List<VirtualUser> all() {
        List<VirtualUser> users = new ArrayList<>();
        for (VirtualUser user = newest; user != null; user = user.older) {
            users.add(user);
        }
        return users;
    }
}
