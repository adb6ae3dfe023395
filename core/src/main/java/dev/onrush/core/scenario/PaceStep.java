package dev.onrush.core.scenario;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.CallSite;
import dev.onrush.core.engine.Action;
import dev.onrush.core.session.Expression;

/**
 * The least time between two passes of this step by one user. Pass 0 is due at the user's due time, each further pass at the due
 * time of the one before plus the pace: nothing drifts, and a user who comes late goes on at once with the due time it missed.
 *
 * @param maxNanos if given, each pace is drawn uniformly between both, this one excluded
 * @param counter the attribute that keeps when the next pass is due, nanoseconds since the run began; null: one of its own
 */
public record PaceStep(
        Expression<Long> minNanos,
        @Nullable Expression<Long> maxNanos,
        @Nullable String counter,
        CallSite site) implements Step {
    @Override
    public String word() {
        return "pace";
    }

    @Override
    public Action compile(Compilation compilation, Action next) {
        compilation.reads(minNanos);
        if (maxNanos != null) {
            compilation.reads(maxNanos);
        }
        String place = compilation.place();
        if (counter != null) {
            compilation.fixedName(counter);
        }
        String key = counter == null ? "pace " + place : counter;
        compilation.sets(java.util.Set.of(key));
        return new StepAction(
                place,
                (user, following) -> {
                    long pace = Between.draw("pace", minNanos, maxNanos, user.session());
                    long arrived = user.arrivedNanos();
                    long passDue = user.session().get(key) instanceof Long due ? due : arrived;
                    user.session(user.session().set(key, passDue + pace));
                    user.dueNanos(passDue);
                    user.paceOverrunNanos(Math.max(0, arrived - passDue));
                    return arrived < passDue ? user.resumeAt(passDue, following) : following;
                },
                next);
    }
}
