package dev.onrush.core.check;

import java.util.List;
import java.util.Set;

import dev.onrush.core.session.UserSession;
import dev.onrush.core.setting.Settings;

/** Looks at one response: accepts it, refuses it, extracts from it. Immutable, safe for use by many threads. */
public interface Check {
    CheckScope scope();

    /** Whether it needs the body: the body is kept only if some check does. */
    boolean readsBody();

    /** What is told of the body while it comes; for these it need not be kept. */
    default Set<BodyFact> bodyFacts() {
        return Set.of();
    }

    /** Names of the session attributes it may set. */
    default Set<String> saves() {
        return Set.of();
    }

    /** Names of the session attributes its expressions need. */
    default Set<String> reads() {
        return Set.of();
    }

    /** What is wrong with it by definition, such as bad syntax of an expression; to be reported at the step's place. */
    default List<String> problems() {
        return List.of();
    }

    /** This check with the limits of those settings, such as the time one regular expression may take. */
    default Check under(Settings settings) {
        return this;
    }

    /** Never throws: what an author's function throws is a result of class {@code check.crashed}. */
    CheckResult run(CheckedResponse response, UserSession session);
}
