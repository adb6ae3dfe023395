package dev.onrush.core.engine;

import org.jspecify.annotations.Nullable;

/** What wakes a waiting user: a timer, a response. Handled by the user like an action, one at a time. */
public interface Message {
    /**
     * @return the action to go on with; null if the user waits on
     * @throws Exception as for {@link Action#execute}; the user then goes on with {@link #next()}
     */
    @Nullable
    Action receive(VirtualUser user) throws Exception;

    /** What the user goes on with if {@link #receive} throws. */
    Action next();

    /** What the user does beside its scenario, if the message is of that; null: it is of the scenario. */
    default @Nullable Poller poller() {
        return null;
    }

    /** What a failure of {@link #receive} is counted under. */
    default String place() {
        return next().place();
    }
}
