package dev.onrush.core.scenario;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.engine.Action;
import dev.onrush.core.engine.VirtualUser;

/** Stands before each step inside a block that may be left before its end. */
final class InterruptAction extends Action {
    private final Action next;

    InterruptAction(Action next) {
        super(next.place());
        this.next = next;
    }

    @Override
    public @Nullable Action execute(VirtualUser user) {
        Action exit = UserBlock.interruption(user);
        return exit == null ? next : exit;
    }

    @Override
    public Action next() {
        return next;
    }
}
