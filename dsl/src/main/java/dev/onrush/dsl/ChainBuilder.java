package dev.onrush.dsl;

import java.util.List;

import dev.onrush.core.scenario.Step;

/** Steps of a user, in order. Immutable: each word returns a new chain, and one chain may be used in many places. */
public final class ChainBuilder extends StructureBuilder<ChainBuilder> implements Executable {
    /** A chain of no steps. */
    public static final ChainBuilder EMPTY = new ChainBuilder(List.of());

    private ChainBuilder(List<Step> steps) {
        super(steps);
    }

    @Override
    ChainBuilder with(List<Step> steps) {
        return new ChainBuilder(steps);
    }

    @Override
    public ChainBuilder toChainBuilder() {
        return this;
    }
}
