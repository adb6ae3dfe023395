package dev.onrush.core.scenario;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.engine.Action;
import dev.onrush.core.engine.VirtualUser;
import dev.onrush.core.eventlog.UserEnd;

/** The last action of a scenario: the user is through. */
final class EndAction extends Action {
    EndAction(String place) {
        super(place);
    }

    @Override
    public @Nullable Action execute(VirtualUser user) {
        return user.end(UserEnd.THROUGH);
    }

    @Override
    public Action next() {
        return this;
    }
}
