package dev.onrush.http;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.onrush.core.Require;
import dev.onrush.core.scenario.Step;
import dev.onrush.core.session.Expression;
import dev.onrush.dsl.ActionBuilder;
import dev.onrush.dsl.CheckBuilder;
import dev.onrush.dsl.Session;
import dev.onrush.http.internal.request.BasicAuth;
import dev.onrush.http.internal.request.DigestAuth;
import dev.onrush.http.internal.request.Parameters;
import dev.onrush.http.internal.request.ProxyDefinition;
import dev.onrush.http.internal.request.RequestDefinition;
import dev.onrush.http.internal.request.Signer;

/**
 * What can be said of any request. Immutable: each call gives a new value.
 *
 * @param <T> the kind of request
 */
public abstract sealed class RequestActionBuilder<T extends RequestActionBuilder<T>> implements ActionBuilder
        permits RequestWithBodyActionBuilder {
    private final RequestDefinition definition;

    RequestActionBuilder(RequestDefinition definition) {
        this.definition = definition;
    }

    abstract T copy(RequestDefinition changed);

    final RequestDefinition definition() {
        return definition;
    }

    final T with(Consumer<RequestDefinition.Draft> change) {
        return copy(definition.with(change));
    }

    @Override
    public final Step toStep() {
        return definition;
    }

    private T query(Parameters.Source source) {
        return with(facts -> facts.query = facts.query.and(source));
    }

    public final T queryParam(String name, Object value) {
        return query(new Parameters.One(Words.text("queryParam: name", name), Words.value("queryParam: value", value)));
    }

    public final T queryParam(String name, String value) {
        return query(new Parameters.One(Words.text("queryParam: name", name), Words.value("queryParam: value", value)));
    }

    public final T queryParam(String name, Function<Session, ?> value) {
        return query(
                new Parameters.One(Words.text("queryParam: name", name), Words.function("queryParam: value", value)));
    }

    public final T queryParam(Function<Session, ? extends String> name, Object value) {
        return query(
                new Parameters.One(Words.function("queryParam: name", name), Words.value("queryParam: value", value)));
    }

    public final T queryParam(Function<Session, ? extends String> name, String value) {
        return query(
                new Parameters.One(Words.function("queryParam: name", name), Words.value("queryParam: value", value)));
    }

    public final T queryParam(Function<Session, ? extends String> name, Function<Session, ?> value) {
        return query(new Parameters.One(
                Words.function("queryParam: name", name), Words.function("queryParam: value", value)));
    }

    public final T multivaluedQueryParam(String name, List<Object> values) {
        return query(new Parameters.Many(
                Words.text("multivaluedQueryParam: name", name), Words.list("multivaluedQueryParam: values", values)));
    }

    public final T multivaluedQueryParam(String name, String values) {
        return query(new Parameters.Many(
                Words.text("multivaluedQueryParam: name", name), Words.list("multivaluedQueryParam: values", values)));
    }

    public final T multivaluedQueryParam(String name, Function<Session, ? extends List<?>> values) {
        return query(new Parameters.Many(
                Words.text("multivaluedQueryParam: name", name),
                Words.<List<?>>function("multivaluedQueryParam: values", values)));
    }

    public final T multivaluedQueryParam(Function<Session, ? extends String> name, List<Object> values) {
        return query(new Parameters.Many(
                Words.function("multivaluedQueryParam: name", name),
                Words.list("multivaluedQueryParam: values", values)));
    }

    public final T multivaluedQueryParam(Function<Session, ? extends String> name, String values) {
        return query(new Parameters.Many(
                Words.function("multivaluedQueryParam: name", name),
                Words.list("multivaluedQueryParam: values", values)));
    }

    public final T multivaluedQueryParam(
            Function<Session, ? extends String> name, Function<Session, ? extends List<?>> values) {
        return query(new Parameters.Many(
                Words.function("multivaluedQueryParam: name", name),
                Words.<List<?>>function("multivaluedQueryParam: values", values)));
    }

    public final T queryParamSeq(List<Map.Entry<String, Object>> parameters) {
        return query(new Parameters.Entries(Words.entries("queryParamSeq", parameters)));
    }

    public final T queryParamSeq(String parameters) {
        return query(new Parameters.Entries(Words.entries("queryParamSeq", parameters)));
    }

    public final T queryParamSeq(Function<Session, ? extends List<Map.Entry<String, Object>>> parameters) {
        return query(
                new Parameters.Entries(Words.<List<Map.Entry<String, Object>>>function("queryParamSeq", parameters)));
    }

    public final T queryParamMap(Map<String, Object> parameters) {
        return query(new Parameters.Entries(Words.map("queryParamMap", parameters)));
    }

    public final T queryParamMap(String parameters) {
        return query(new Parameters.Entries(Words.map("queryParamMap", parameters)));
    }

    public final T queryParamMap(Function<Session, ? extends Map<String, Object>> parameters) {
        return query(new Parameters.Entries(Words.entriesOf("queryParamMap", parameters)));
    }

    private T field(CharSequence name, Expression<String> value) {
        return with(facts -> facts.header(Words.header(name, value)));
    }

    /** Wins over a header of the protocol, letter case ignored. */
    public final T header(CharSequence name, String value) {
        return field(name, Words.text("header: value", value));
    }

    public final T header(CharSequence name, Function<Session, ? extends String> value) {
        return field(name, Words.function("header: value", value));
    }

    public final T headers(Map<? extends CharSequence, String> headers) {
        return with(facts -> Require.notNull("headers", headers)
                .forEach((name, value) -> facts.header(Words.header(name, Words.text("header: value", value)))));
    }

    private T auth(Expression<String> user, Expression<String> password) {
        return with(facts -> facts.auth = new BasicAuth(user, password));
    }

    /** Goes along with the first request. */
    public final T basicAuth(String user, String password) {
        return auth(Words.text("basicAuth: user", user), Words.text("basicAuth: password", password));
    }

    public final T basicAuth(String user, Function<Session, ? extends String> password) {
        return auth(Words.text("basicAuth: user", user), Words.function("basicAuth: password", password));
    }

    public final T basicAuth(Function<Session, ? extends String> user, String password) {
        return auth(Words.function("basicAuth: user", user), Words.text("basicAuth: password", password));
    }

    public final T basicAuth(Function<Session, ? extends String> user, Function<Session, ? extends String> password) {
        return auth(Words.function("basicAuth: user", user), Words.function("basicAuth: password", password));
    }

    /** Behind those of the protocol. */
    public final T check(CheckBuilder... checks) {
        return with(facts -> facts.checks(Words.checks(checks)));
    }

    public final T check(List<CheckBuilder> checks) {
        return with(facts -> facts.checks(Words.checks(checks)));
    }

    public final T disableFollowRedirect() {
        return with(facts -> facts.followsRedirects = false);
    }

    /** Wins over the protocol's. */
    public final T requestTimeout(int seconds) {
        return requestTimeout(Require.positiveSeconds("requestTimeout", seconds));
    }

    public final T requestTimeout(Duration duration) {
        long nanos = Require.positiveNanos("requestTimeout", duration);
        return with(facts -> facts.timeoutNanos = nanos);
    }

    /** {@code Accept: application/json}, and that content type if there is a body, where not set already. */
    public final T asJson() {
        return as("application/json");
    }

    /** {@code Accept: application/xml}, and that content type if there is a body, where not set already. */
    public final T asXml() {
        return as("application/xml");
    }

    private T as(String type) {
        return with(facts -> {
            facts.accept = type;
            facts.contentType = type;
        });
    }

    // ---- signing

    /** Answers the challenge of a server; the 401 that brings it is recorded as OK. */
    public final T digestAuth(String user, String password) {
        return digest(Words.text("digestAuth: user", user), Words.text("digestAuth: password", password));
    }

    public final T digestAuth(String user, Function<Session, ? extends String> password) {
        return digest(Words.text("digestAuth: user", user), Words.function("digestAuth: password", password));
    }

    public final T digestAuth(Function<Session, ? extends String> user, String password) {
        return digest(Words.function("digestAuth: user", user), Words.text("digestAuth: password", password));
    }

    public final T digestAuth(Function<Session, ? extends String> user, Function<Session, ? extends String> password) {
        return digest(Words.function("digestAuth: user", user), Words.function("digestAuth: password", password));
    }

    private T digest(Expression<String> user, Expression<String> password) {
        return with(facts -> facts.auth = new DigestAuth(user, password));
    }

    /** Has the last word on what is sent: may change the headers of the request, which it returns. Behind those said before. */
    public final T sign(Function<Request, ? extends Request> signer) {
        return with(facts -> facts.signer(Words.signer(signer)));
    }

    public final T sign(BiFunction<Request, Session, ? extends Request> signer) {
        return with(facts -> facts.signer(Words.signer(signer)));
    }

    /** Signs by OAuth 1.0 with HMAC-SHA1, in the header {@code Authorization}. An empty token is none. */
    public final T signWithOAuth1(String consumerKey, String clientSharedSecret, String token, String tokenSecret) {
        return signWithOAuth1(consumerKey, clientSharedSecret, token, tokenSecret, true);
    }

    /** @param useAuthorizationHeader else the parameters go into the form, if the body is one, else into the query */
    public final T signWithOAuth1(
            String consumerKey,
            String clientSharedSecret,
            String token,
            String tokenSecret,
            boolean useAuthorizationHeader) {
        Signer given = Words.oauth1(consumerKey, clientSharedSecret, token, tokenSecret, useAuthorizationHeader);
        return with(facts -> facts.signer(given));
    }

    public final T signWithOAuth1(
            Function<Session, ? extends String> consumerKey,
            Function<Session, ? extends String> clientSharedSecret,
            Function<Session, ? extends String> token,
            Function<Session, ? extends String> tokenSecret) {
        return signWithOAuth1(consumerKey, clientSharedSecret, token, tokenSecret, true);
    }

    public final T signWithOAuth1(
            Function<Session, ? extends String> consumerKey,
            Function<Session, ? extends String> clientSharedSecret,
            Function<Session, ? extends String> token,
            Function<Session, ? extends String> tokenSecret,
            boolean useAuthorizationHeader) {
        Signer given = Words.oauth1(consumerKey, clientSharedSecret, token, tokenSecret, useAuthorizationHeader);
        return with(facts -> facts.signer(given));
    }

    // ---- what the protocol says, left aside

    /** Those of the protocol are not sent. */
    public final T ignoreProtocolHeaders() {
        return with(facts -> facts.ignoresProtocolHeaders = true);
    }

    public final T ignoreProtocolChecks() {
        return with(facts -> facts.ignoresProtocolChecks = true);
    }

    /** Functions of {@code sign}, and {@code signWithOAuth1}. */
    public final T ignoreProtocolSignatureCalculators() {
        return with(facts -> facts.ignoresProtocolSigners = true);
    }

    /** Path, query and query parameters are sent as written. A character that cannot stand in a request line fails the request. */
    public final T disableUrlEncoding() {
        return with(facts -> facts.isRaw = true);
    }

    /** Sent, in no statistic, fails nobody; its number is shown. */
    public final T silent() {
        return with(facts -> facts.isSilent = true);
    }

    /** Recorded whatever the protocol says. */
    public final T notSilent() {
        return with(facts -> facts.isSilent = false);
    }

    /** Checks see what the function gives. It is given the body, so that is kept. In place of the protocol's. */
    public final T transformResponse(BiFunction<Response, Session, ? extends Response> transformer) {
        return with(facts -> facts.transformer = Words.transformer(transformer));
    }

    // ---- resources

    /** Sent side by side once this one is OK, at most {@code maxConnectionsPerHost} to one host; the next step waits for all. */
    public final T resources(HttpRequestActionBuilder... requests) {
        return resources(Arrays.asList(Require.notNull("resources", requests)));
    }

    public final T resources(List<HttpRequestActionBuilder> requests) {
        List<RequestDefinition> all = Words.requests("resources", requests);
        return with(facts -> facts.resources(all));
    }

    // ---- proxy

    /** This request goes by this proxy, not by the protocol's; hosts of {@code noProxyFor} are reached straight all the same. */
    public final T proxy(Proxy proxy) {
        ProxyDefinition given = Require.notNull("proxy", proxy).definition();
        return with(facts -> facts.proxy = given);
    }
}
