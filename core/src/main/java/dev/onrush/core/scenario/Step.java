package dev.onrush.core.scenario;

import java.util.List;

import dev.onrush.core.engine.Action;

/** One step of what a user does: an immutable value that compiles itself to actions. */
public interface Step {
    /**
     * The actions of this step for one population. Expressions, checks and feeders are resolved here, once. A mistake is
     * reported with {@link Compilation#problem}, and an action is returned all the same so that all mistakes are found.
     *
     * @param next what follows this step
     */
    Action compile(Compilation compilation, Action next);

    /** The steps inside of it, of all branches; empty unless it is a block. */
    default List<Step> children() {
        return List.of();
    }

    /** The word that made it, as in {@code pause}. */
    String word();

    /** Where the author wrote it. */
    dev.onrush.core.CallSite site();
}
