package dev.onrush.http;

import java.net.URI;

import org.jspecify.annotations.Nullable;

import dev.onrush.http.internal.request.Url;

/** An absolute URL a request was or will be sent to. Immutable. */
public final class Uri {
    private final Url url;

    Uri(Url url) {
        this.url = url;
    }

    public String getScheme() {
        return url.origin().scheme();
    }

    public String getHost() {
        return url.origin().host();
    }

    /** The port connected to, also if it is the scheme's own. */
    public int getPort() {
        return url.origin().port();
    }

    public String getPath() {
        return url.path();
    }

    /** Without the question mark; null if there is none. */
    public @Nullable String getQuery() {
        int mark = url.target().indexOf('?');
        return mark < 0 ? null : url.target().substring(mark + 1);
    }

    public String toUrl() {
        return url.toString();
    }

    /** Path and query. */
    public String toRelativeUrl() {
        return url.target();
    }

    public URI toJavaNetURI() {
        return URI.create(toUrl());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Uri uri && uri.url.equals(url);
    }

    @Override
    public int hashCode() {
        return url.hashCode();
    }

    @Override
    public String toString() {
        return toUrl();
    }
}
