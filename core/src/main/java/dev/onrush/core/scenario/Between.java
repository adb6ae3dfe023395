package dev.onrush.core.scenario;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.engine.StepFailedException;
import dev.onrush.core.session.Expression;
import dev.onrush.core.session.UserSession;

/** A length that is given, or drawn uniformly from [min, max). */
final class Between {
    private Between() {}

    static long draw(String what, Expression<Long> min, @Nullable Expression<Long> max, UserSession session) {
        long least = Values.nanos(min, session, what);
        if (max == null) {
            return least;
        }
        long most = Values.nanos(max, session, what);
        if (most < least) {
            throw new StepFailedException(what + " from " + least / 1e9 + " s to " + most / 1e9
                    + " s: the first must not be above the second.");
        }
        return most == least ? least : session.identity().random().nextLong(least, most);
    }
}
