package dev.onrush.core.scenario;

import dev.onrush.core.session.UserSession;

/** An author's function that changes the session: the one returned counts. Used by many threads at once; must not block. */
@FunctionalInterface
public interface SessionFunction {
    UserSession apply(UserSession session) throws Exception;
}
