package dev.onrush.core.scenario;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.engine.Action;
import dev.onrush.core.engine.VirtualUser;
import dev.onrush.core.session.Block;

/**
 * A block that a user is inside of: what is to be done when it is left, by its end or before. All ways out go through {@link
 * #leaveInnermost}: the end of a loop, a loop that is left as soon as possible, a failure, the end of the user.
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

    /**
     * Where a user goes on that is to stop what it does inside of this block; null if it is to go on. Asked before each step inside. The
     * user is in this block then, and no more in those inside of it: the action says whether it leaves this one.
     */
    protected @Nullable Action interrupted(VirtualUser user) {
        return null;
    }

    /** Whether {@link #interrupted} answers a failure: the innermost such block has it, and those around it need not know. */
    protected boolean takesFailures() {
        return false;
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

    static void leaveInnermost(VirtualUser user) {
        UserBlock block = (UserBlock) user.session().block();
        if (block != null) {
            block.close(user);
            user.session(user.session().inBlock(block.outer));
        }
    }

    /** Leaves all blocks: for who ends the user. */
    public static void leaveAll(VirtualUser user) {
        leaveUpTo(user, null);
    }

    /** Leaves all blocks inside of that one, from the innermost on. */
    private static void leaveUpTo(VirtualUser user, @Nullable UserBlock last) {
        while (user.session().block() != null && user.session().block() != last) {
            leaveInnermost(user);
        }
    }

    /** Where the user goes on if one of its blocks is interrupted, the outermost first; null if none is. */
    static @Nullable Action interruption(VirtualUser user) {
        UserBlock outermost = null;
        Action onward = null;
        boolean isFailureTaken = false;
        for (Block each = user.session().block(); each != null; each = each.outer()) {
            UserBlock block = (UserBlock) each;
            if (block.takesFailures() && isFailureTaken) {
                continue;
            }
            Action interrupted = block.interrupted(user);
            if (interrupted != null) {
                onward = interrupted;
                outermost = block;
                isFailureTaken |= block.takesFailures();
            }
        }
        if (outermost != null) {
            leaveUpTo(user, outermost);
        }
        return onward;
    }
}
