package dev.onrush.core.session;

import org.jspecify.annotations.Nullable;

/** A block a user is inside of: a loop, a group. Blocks nest; an immutable chain from the innermost outwards. */
public interface Block {
    /** The block around this one, null if this is the outermost. */
    @Nullable
    Block outer();
}
