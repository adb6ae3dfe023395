package dev.onrush.core.scenario;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.CallSite;
import dev.onrush.core.engine.Action;
import dev.onrush.core.engine.StepFailedException;
import dev.onrush.core.session.Expression;
import dev.onrush.core.session.UserSession;

/**
 * A wait, as a person would.
 *
 * @param minNanos the declared length
 * @param maxNanos if given, the declared length is drawn uniformly between both, this one excluded
 * @param type null: the population's
 */
public record PauseStep(
        Expression<Long> minNanos,
        @Nullable Expression<Long> maxNanos,
        @Nullable PauseType type,
        CallSite site) implements Step {
    @Override
    public String word() {
        return "pause";
    }

    @Override
    public Action compile(Compilation compilation, Action next) {
        compilation.reads(minNanos);
        if (maxNanos != null) {
            compilation.reads(maxNanos);
        }
        PauseType varies = type == null || compilation.isThrottled() ? compilation.pauseType() : type;
        return new StepAction(
                compilation.place(),
                (user, following) -> {
                    UserSession session = user.session();
                    long wait = varies.nanos(Between.draw("pause", minNanos, maxNanos, session), session);
                    if (wait < 0) {
                        throw new StepFailedException("pause must not be negative, was " + wait / 1e9 + " s.");
                    }
                    user.dueNanos(user.dueNanos() + wait);
                    return wait == 0 ? following : user.resumeAt(user.arrivedNanos(), following);
                },
                next);
    }
}
