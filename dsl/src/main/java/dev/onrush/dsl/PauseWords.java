package dev.onrush.dsl;

import java.time.Duration;
import java.util.function.Function;

/**
 * How the pauses of a population, or of all populations, vary.
 *
 * @param <B> what each word returns
 */
interface PauseWords<B> {
    /** As {@code pauseType} says. */
    B pauses(PauseType pauseType);

    /** No waits at all. */
    default B disablePauses() {
        return pauses(PauseType.Disabled);
    }

    /** As declared; the default. */
    default B constantPauses() {
        return pauses(PauseType.Constant);
    }

    /** Exponential with the declared mean. */
    default B exponentialPauses() {
        return pauses(PauseType.Exponential);
    }

    /** Milliseconds from a function; the declared value is ignored. */
    default B customPauses(Function<Session, ? extends Long> milliseconds) {
        return pauses(PauseType.custom(milliseconds));
    }

    /** Uniform around the declared value, ± so many percent of it. */
    default B uniformPauses(double plusOrMinusPercent) {
        return pauses(PauseType.uniform(plusOrMinusPercent));
    }

    /** Uniform around the declared value, never below 0. */
    default B uniformPauses(Duration plusOrMinus) {
        return pauses(PauseType.uniform(plusOrMinus));
    }

    /** Normal around the declared value, never below 0. */
    default B normalPausesWithStdDevDuration(Duration standardDeviation) {
        return pauses(PauseType.normal(standardDeviation));
    }

    /** Normal around the declared value with so many percent of it as standard deviation, never below 0. */
    default B normalPausesWithPercentageDuration(double standardDeviationPercent) {
        return pauses(PauseType.normal(standardDeviationPercent));
    }
}
