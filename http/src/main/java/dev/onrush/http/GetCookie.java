package dev.onrush.http;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.Require;
import dev.onrush.core.session.Expression;
import dev.onrush.dsl.Session;
import dev.onrush.http.internal.request.CookieStep;

/** Which cookie's value to save, and where. Immutable: each call gives a new value. */
public final class GetCookie {
    private final Expression<String> name;
    private final @Nullable Expression<String> domain;
    private final @Nullable Expression<String> path;
    private final @Nullable Boolean isSecure;
    private final @Nullable String saveAs;

    GetCookie(Expression<String> name) {
        this(name, null, null, null, null);
    }

    private GetCookie(
            Expression<String> name,
            @Nullable Expression<String> domain,
            @Nullable Expression<String> path,
            @Nullable Boolean isSecure,
            @Nullable String saveAs) {
        this.name = name;
        this.domain = domain;
        this.path = path;
        this.isSecure = isSecure;
        this.saveAs = saveAs;
    }

    public GetCookie withDomain(String wanted) {
        return new GetCookie(name, Words.text("withDomain", wanted), path, isSecure, saveAs);
    }

    public GetCookie withDomain(Function<Session, ? extends String> wanted) {
        return new GetCookie(name, Words.function("withDomain", wanted), path, isSecure, saveAs);
    }

    public GetCookie withPath(String wanted) {
        return new GetCookie(name, domain, Words.text("withPath", wanted), isSecure, saveAs);
    }

    public GetCookie withPath(Function<Session, ? extends String> wanted) {
        return new GetCookie(name, domain, Words.function("withPath", wanted), isSecure, saveAs);
    }

    public GetCookie withSecure(boolean secure) {
        return new GetCookie(name, domain, path, secure, saveAs);
    }

    /** The cookie's name unless told. */
    public GetCookie saveAs(String key) {
        return new GetCookie(name, domain, path, isSecure, Require.notBlank("saveAs", key));
    }

    CookieStep.Act act() {
        return new CookieStep.Get(name, domain, path, isSecure, saveAs);
    }
}
