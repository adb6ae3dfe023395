package dev.onrush.dsl;

import java.time.Duration;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.Require;

/** How a declared pause becomes a wait. Immutable. */
public final class PauseType {
    /** No wait. */
    public static final PauseType Disabled = new PauseType(dev.onrush.core.scenario.PauseType.disabled());

    /** As declared. */
    public static final PauseType Constant = new PauseType(dev.onrush.core.scenario.PauseType.constant());

    /** Exponential with the declared mean. */
    public static final PauseType Exponential = new PauseType(dev.onrush.core.scenario.PauseType.exponential());

    private final dev.onrush.core.scenario.PauseType definition;

    private PauseType(dev.onrush.core.scenario.PauseType definition) {
        this.definition = definition;
    }

    static dev.onrush.core.scenario.PauseType given(@Nullable PauseType type) {
        return Require.notNull("pause type", type).definition;
    }

    static PauseType normal(Duration standardDeviation) {
        return new PauseType(dev.onrush.core.scenario.PauseType.normal(
                Require.positiveNanos("normalPausesWithStdDevDuration", standardDeviation)));
    }

    static PauseType normal(double percent) {
        return new PauseType(dev.onrush.core.scenario.PauseType.normalPercentage(
                Require.notNegative("normalPausesWithPercentageDuration", percent)));
    }

    static PauseType uniform(Duration plusOrMinus) {
        return new PauseType(
                dev.onrush.core.scenario.PauseType.uniform(Require.positiveNanos("uniformPauses", plusOrMinus)));
    }

    static PauseType uniform(double percent) {
        return new PauseType(
                dev.onrush.core.scenario.PauseType.uniformPercentage(Require.notNegative("uniformPauses", percent)));
    }

    static PauseType custom(Function<Session, ? extends Long> milliseconds) {
        return new PauseType(
                dev.onrush.core.scenario.PauseType.custom(Arguments.function("customPauses", milliseconds)));
    }
}
