package dev.onrush.core.check;

import java.util.List;
import java.util.Set;

import dev.onrush.core.session.Expression;
import dev.onrush.core.session.UserSession;

/** Whether checks are to be run at all. Immutable, safe for use by many threads. */
public interface CheckCondition {
    /** @throws Exception it cannot be told, and the checks have crashed */
    boolean holds(CheckedResponse response, UserSession session) throws Exception;

    /** Whether it needs the body kept. */
    default boolean readsBody() {
        return false;
    }

    /** Names of the session attributes its expressions need. */
    default Set<String> reads() {
        return Set.of();
    }

    /** What is wrong with it by definition. */
    default List<String> problems() {
        return List.of();
    }

    /** A condition on the session alone. */
    static CheckCondition of(Expression<Boolean> condition) {
        return new CheckCondition() {
            @Override
            public boolean holds(CheckedResponse response, UserSession session) {
                return condition.evaluate(session);
            }

            @Override
            public Set<String> reads() {
                return condition.attributes();
            }

            @Override
            public List<String> problems() {
                return condition.problems();
            }
        };
    }
}
