package dev.onrush.http.internal.request;

import dev.onrush.core.session.Expression;

/** User name and password by which a server's challenge is answered: they never travel themselves. */
public record DigestAuth(Expression<String> user, Expression<String> password) implements Auth {}
