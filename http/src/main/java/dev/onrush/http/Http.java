package dev.onrush.http;

import java.util.function.Function;

import dev.onrush.core.CallSite;
import dev.onrush.core.session.Expression;
import dev.onrush.dsl.Session;
import dev.onrush.http.internal.request.RequestDefinition;

/** A request that has a name and not yet a method. Immutable. */
public final class Http {
    private final Expression<String> name;

    Http(Expression<String> name) {
        this.name = name;
    }

    private HttpRequestActionBuilder request(Expression<String> method, Expression<String> url) {
        return new HttpRequestActionBuilder(RequestDefinition.of(name, method, url, CallSite.of("http")));
    }

    public HttpRequestActionBuilder get(String url) {
        return request(Expression.constant("GET"), Words.text("url", url));
    }

    public HttpRequestActionBuilder get(Function<Session, ? extends String> url) {
        return request(Expression.constant("GET"), Words.function("url", url));
    }

    public HttpRequestActionBuilder post(String url) {
        return request(Expression.constant("POST"), Words.text("url", url));
    }

    public HttpRequestActionBuilder post(Function<Session, ? extends String> url) {
        return request(Expression.constant("POST"), Words.function("url", url));
    }

    public HttpRequestActionBuilder put(String url) {
        return request(Expression.constant("PUT"), Words.text("url", url));
    }

    public HttpRequestActionBuilder put(Function<Session, ? extends String> url) {
        return request(Expression.constant("PUT"), Words.function("url", url));
    }

    public HttpRequestActionBuilder patch(String url) {
        return request(Expression.constant("PATCH"), Words.text("url", url));
    }

    public HttpRequestActionBuilder patch(Function<Session, ? extends String> url) {
        return request(Expression.constant("PATCH"), Words.function("url", url));
    }

    public HttpRequestActionBuilder head(String url) {
        return request(Expression.constant("HEAD"), Words.text("url", url));
    }

    public HttpRequestActionBuilder head(Function<Session, ? extends String> url) {
        return request(Expression.constant("HEAD"), Words.function("url", url));
    }

    public HttpRequestActionBuilder delete(String url) {
        return request(Expression.constant("DELETE"), Words.text("url", url));
    }

    public HttpRequestActionBuilder delete(Function<Session, ? extends String> url) {
        return request(Expression.constant("DELETE"), Words.function("url", url));
    }

    public HttpRequestActionBuilder options(String url) {
        return request(Expression.constant("OPTIONS"), Words.text("url", url));
    }

    public HttpRequestActionBuilder options(Function<Session, ? extends String> url) {
        return request(Expression.constant("OPTIONS"), Words.function("url", url));
    }

    /** A QUERY: safe as a GET, and it may have a body. */
    public HttpRequestActionBuilder query(String url) {
        return request(Expression.constant("QUERY"), Words.text("url", url));
    }

    public HttpRequestActionBuilder query(Function<Session, ? extends String> url) {
        return request(Expression.constant("QUERY"), Words.function("url", url));
    }

    public HttpRequestActionBuilder httpRequest(String method, String url) {
        return request(Words.text("method", method), Words.text("url", url));
    }

    public HttpRequestActionBuilder httpRequest(String method, Function<Session, ? extends String> url) {
        return request(Words.text("method", method), Words.function("url", url));
    }

    public HttpRequestActionBuilder httpRequest(Function<Session, ? extends String> method, String url) {
        return request(Words.function("method", method), Words.text("url", url));
    }

    public HttpRequestActionBuilder httpRequest(
            Function<Session, ? extends String> method, Function<Session, ? extends String> url) {
        return request(Words.function("method", method), Words.function("url", url));
    }
}
