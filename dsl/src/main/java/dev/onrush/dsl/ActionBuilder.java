package dev.onrush.dsl;

import dev.onrush.core.scenario.Step;

/** One action of a scenario, such as an HTTP request. Immutable. Protocols implement it. */
public interface ActionBuilder extends Executable {
    /** The step of core's scenario model that this builds. */
    Step toStep();

    @Override
    default ChainBuilder toChainBuilder() {
        return ChainBuilder.EMPTY.plus(toStep());
    }
}
