package dev.onrush.http.internal.request;

import java.util.List;

import dev.onrush.core.session.Expression;
import dev.onrush.core.session.UserSession;

/** Has the last word on a request: sees all of it, and changes it. */
@FunctionalInterface
public interface Signer {
    OutgoingRequest sign(OutgoingRequest request, UserSession session);

    default List<Expression<?>> expressions() {
        return List.of();
    }
}
