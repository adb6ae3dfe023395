package dev.onrush.http;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.Require;

/** A request's method. Immutable; letter case counts. */
public final class HttpMethod {
    public static final HttpMethod GET = new HttpMethod("GET");
    public static final HttpMethod POST = new HttpMethod("POST");
    public static final HttpMethod PUT = new HttpMethod("PUT");
    public static final HttpMethod PATCH = new HttpMethod("PATCH");
    public static final HttpMethod HEAD = new HttpMethod("HEAD");
    public static final HttpMethod DELETE = new HttpMethod("DELETE");
    public static final HttpMethod OPTIONS = new HttpMethod("OPTIONS");
    public static final HttpMethod TRACE = new HttpMethod("TRACE");
    public static final HttpMethod CONNECT = new HttpMethod("CONNECT");
    public static final HttpMethod QUERY = new HttpMethod("QUERY");

    private final String name;

    private HttpMethod(String name) {
        this.name = name;
    }

    public static HttpMethod valueOf(String name) {
        return new HttpMethod(Require.notBlank("method", name));
    }

    public String name() {
        return name;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HttpMethod method && method.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
