package dev.onrush.http.internal.request;

import java.util.List;

import dev.onrush.core.session.Expression;

/** Who asks, and how that is shown. */
public sealed interface Auth permits BasicAuth, DigestAuth {
    Expression<String> user();

    Expression<String> password();

    default List<Expression<?>> expressions() {
        return List.of(user(), password());
    }
}
