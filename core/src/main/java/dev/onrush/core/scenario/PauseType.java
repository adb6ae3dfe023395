package dev.onrush.core.scenario;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.util.SplittableRandom;

import dev.onrush.core.Require;
import dev.onrush.core.engine.StepFailedException;
import dev.onrush.core.session.Expression;
import dev.onrush.core.session.UserSession;

/** How a declared pause becomes a wait. */
public interface PauseType {
    /** Nanoseconds to wait, 0 or more. Draws from the user's own generator. */
    long nanos(long declaredNanos, UserSession session) throws Exception;

    /** No wait. */
    static PauseType disabled() {
        return (declared, session) -> 0;
    }

    /** As declared. */
    static PauseType constant() {
        return (declared, session) -> declared;
    }

    /** Exponential with the declared mean. */
    static PauseType exponential() {
        return (declared, session) ->
                (long) (-declared * Math.log(1 - session.identity().random().nextDouble()));
    }

    /** Normal around the declared value, never below 0. */
    static PauseType normal(long stdDevNanos) {
        return (declared, session) -> atLeastZero(declared + gaussian(session) * stdDevNanos);
    }

    /** Normal around the declared value, with that percentage of it as standard deviation; never below 0. */
    static PauseType normalPercentage(double percent) {
        Require.notNegative("percentage of a normal pause", percent);
        return (declared, session) -> atLeastZero(declared * (1 + gaussian(session) * percent / 100));
    }

    /** Uniform between the declared value less and plus that, never below 0. */
    static PauseType uniform(long plusOrMinusNanos) {
        return (declared, session) ->
                atLeastZero(declared + (session.identity().random().nextDouble() * 2 - 1) * plusOrMinusNanos);
    }

    /** Uniform between the declared value less and plus that percentage of it, never below 0. */
    static PauseType uniformPercentage(double percent) {
        Require.notNegative("percentage of a uniform pause", percent);
        return (declared, session) ->
                atLeastZero(declared * (1 + (session.identity().random().nextDouble() * 2 - 1) * percent / 100));
    }

    /** What the function says; the declared value is ignored. */
    static PauseType custom(Expression<Long> milliseconds) {
        return (declared, session) -> {
            Long wait = milliseconds.evaluate(session);
            if (wait == null || wait < 0 || wait > NANOSECONDS.toMillis(Long.MAX_VALUE)) {
                throw new StepFailedException(
                        "customPauses gave " + wait + ". Give milliseconds, 0 or more, at most 292 years.");
            }
            return MILLISECONDS.toNanos(wait);
        };
    }

    private static long atLeastZero(double nanos) {
        return Math.max(0, (long) nanos);
    }

    private static double gaussian(UserSession session) {
        SplittableRandom random = session.identity().random();
        return Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
    }
}
