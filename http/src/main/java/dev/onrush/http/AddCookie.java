package dev.onrush.http;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.Require;
import dev.onrush.core.session.Expression;
import dev.onrush.http.internal.request.CookieStep;

/** A cookie to add. Immutable: each call gives a new value. */
public final class AddCookie {
    private final Expression<String> name;
    private final Expression<String> value;
    private final @Nullable String domain;
    private final @Nullable String path;
    private final @Nullable Long maxAgeSeconds;
    private final boolean isSecure;

    AddCookie(Expression<String> name, Expression<String> value) {
        this(name, value, null, null, null, false);
    }

    private AddCookie(
            Expression<String> name,
            Expression<String> value,
            @Nullable String domain,
            @Nullable String path,
            @Nullable Long maxAgeSeconds,
            boolean isSecure) {
        this.name = name;
        this.value = value;
        this.domain = domain;
        this.path = path;
        this.maxAgeSeconds = maxAgeSeconds;
        this.isSecure = isSecure;
    }

    /** The base URL's host unless told. */
    public AddCookie withDomain(String host) {
        return new AddCookie(name, value, Require.notBlank("withDomain", host), path, maxAgeSeconds, isSecure);
    }

    /** {@code /} unless told. */
    public AddCookie withPath(String prefix) {
        return new AddCookie(name, value, domain, Require.notBlank("withPath", prefix), maxAgeSeconds, isSecure);
    }

    /** Without it the cookie ends with the session. */
    public AddCookie withMaxAge(int seconds) {
        return new AddCookie(name, value, domain, path, (long) seconds, isSecure);
    }

    /** Whether it goes over TLS only. */
    public AddCookie withSecure(boolean secure) {
        return new AddCookie(name, value, domain, path, maxAgeSeconds, secure);
    }

    CookieStep.Act act() {
        return new CookieStep.Add(name, value, domain, path, maxAgeSeconds, isSecure);
    }
}
