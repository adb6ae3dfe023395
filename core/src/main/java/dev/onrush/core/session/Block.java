package dev.onrush.core.session;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/** A block a user is inside of: a loop, a group. Blocks nest; an immutable chain from the innermost outwards. */
public interface Block {
    /** The block around this one, null if this is the outermost. */
    @Nullable
    Block outer();

    /** The name of the group if it is one, else null. */
    default @Nullable String group() {
        return null;
    }

    /** Attributes that are the block's own, such as a loop's counter: a reset of the session keeps them. */
    default Set<String> ownAttributes() {
        return Set.of();
    }
}
