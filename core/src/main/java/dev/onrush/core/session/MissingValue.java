package dev.onrush.core.session;

/** Why a placeholder has no value in a session. Made on the way to an {@link UnresolvedException}, or to "does not exist". */
record MissingValue(String reason) {}
