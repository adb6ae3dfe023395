package dev.onrush.core.scenario;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.engine.Action;
import dev.onrush.core.engine.VirtualUser;

/** An action that does its part in one go and goes on. */
final class StepAction extends Action {
    /** The part; returns what to go on with, or null to wait. */
    @FunctionalInterface
    interface Part {
        @Nullable
        Action execute(VirtualUser user, Action next) throws Exception;
    }

    private final Part part;
    private final Action next;

    StepAction(String place, Part part, Action next) {
        super(place);
        this.part = part;
        this.next = next;
    }

    @Override
    public @Nullable Action execute(VirtualUser user) throws Exception {
        return part.execute(user, next);
    }

    @Override
    public Action next() {
        return next;
    }
}
