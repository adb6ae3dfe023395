package dev.onrush.core.scenario;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.engine.Action;
import dev.onrush.core.engine.VirtualUser;
import dev.onrush.core.session.Block;

/**
 * A block that a user is inside of: what is to be done when it is left, by its end or before. All ways out go through {@link #leave}:
 * the end of a loop, a loop that is left as soon as possible, the end of the user.
 */
public abstract class UserBlock implements Block {
    private final @Nullable Block outer;

    protected UserBlock(@Nullable Block outer) {
        this.outer = outer;
    }

    @Override
    public final @Nullable Block outer() {
        return outer;
    }

    /** Does what is to be done when the user leaves: records a group, removes a counter. The user is in this block, and afterwards not. */
    protected abstract void close(VirtualUser user);

    /** Where a user goes on that is to leave this block before its end; null if it is to stay. Asked before each step inside. */
    protected @Nullable Action interrupted(VirtualUser user) {
        return null;
    }

    /** The attribute that counts its turns; null if there is none. */
    protected @Nullable String counter() {
        return null;
    }

    @Override
    public final Set<String> ownAttributes() {
        String counter = counter();
        return counter == null ? Set.of() : Set.of(counter);
    }

    /** Leaves all blocks up to and with {@code last}, from the innermost on. */
    static void leave(VirtualUser user, UserBlock last) {
        UserBlock block;
        do {
            block = (UserBlock) user.session().block();
            if (block == null) {
                return;
            }
            block.close(user);
            user.session(user.session().inBlock(block.outer));
        } while (block != last);
    }

    static void leaveInnermost(VirtualUser user) {
        UserBlock block = (UserBlock) user.session().block();
        if (block != null) {
            leave(user, block);
        }
    }

    /** Leaves all blocks: for who ends the user. */
    public static void leaveAll(VirtualUser user) {
        UserBlock block = (UserBlock) user.session().block();
        while (block != null) {
            leave(user, block);
            block = (UserBlock) user.session().block();
        }
    }

    /** The outermost block that is to be left now; null if none. */
    static @Nullable Action interruption(VirtualUser user) {
        UserBlock outermost = null;
        Action exit = null;
        for (Block block = user.session().block(); block != null; block = block.outer()) {
            Action leaving = ((UserBlock) block).interrupted(user);
            if (leaving != null) {
                exit = leaving;
                outermost = (UserBlock) block;
            }
        }
        if (outermost != null) {
            leave(user, outermost);
        }
        return exit;
    }
}
