package dev.onrush.core.scenario;

import dev.onrush.core.session.UserSession;

/** How a declared pause becomes a wait. */
public interface PauseType {
    /** Nanoseconds to wait, 0 or more. Draws from the user's own generator. */
    long nanos(long declaredNanos, UserSession session) throws Exception;
}
