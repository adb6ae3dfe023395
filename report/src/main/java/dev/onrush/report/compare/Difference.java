package dev.onrush.report.compare;

import org.jspecify.annotations.Nullable;

/**
 * One figure of one request on both sides. Times are milliseconds; differences of times are percent of the baseline, those of
 * {@link Figure#KO_PERCENT} percentage points; null where nothing was measured or there was too little to say.
 *
 * @param difference candidate against baseline; above 0 is worse
 * @param lower lower end of the interval, at the level the whole page needs
 * @param smallestShift the smallest slow-down that would have been found nine times in ten
 * @param pValue of no difference beyond the practical floor, for this figure alone
 */
public record Difference(
        Figure figure,
        @Nullable Double baseline,
        @Nullable Double candidate,
        @Nullable Double difference,
        @Nullable Double lower,
        @Nullable Double upper,
        @Nullable Double smallestShift,
        @Nullable Double pValue,
        Judgement judgement) {}
