package dev.onrush.core.engine;

import org.jspecify.annotations.Nullable;

/**
 * One link in the compiled chain of a scenario. Shared by all users of the population, so it has no state of its own but what
 * is safe for many threads.
 *
 * <p>A user runs its actions in a loop of its own: an action does its part and returns the action that follows, so that no
 * chain, however long, grows the stack.
 */
public abstract class Action {
    private final String place;

    /** @param place where in the definition it stands, for messages, as in {@code scenario "shop" > step 2 (pause), Shop.java:41} */
    protected Action(String place) {
        this.place = place;
    }

    /**
     * Does this action's part for the user that runs it.
     *
     * @return the action to go on with; null if the user now waits, and has arranged for a message to go on
     * @throws Exception whatever an author's function threw: counted as a step failure of this place, the user is marked
     *     failed and goes on with {@link #next()}
     */
    public abstract @Nullable Action execute(VirtualUser user) throws Exception;

    /** What follows in the chain, also after a step failure. The last action of a scenario is its own next. */
    public abstract Action next();

    public final String place() {
        return place;
    }

    @Override
    public final String toString() {
        return place;
    }
}
