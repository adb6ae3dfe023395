package dev.onrush.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import javax.net.ssl.KeyManagerFactory;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.DefinitionException;
import dev.onrush.core.Require;
import dev.onrush.core.check.CheckCondition;
import dev.onrush.core.protocol.Protocol;
import dev.onrush.core.session.Expression;
import dev.onrush.core.session.ExpressionCompiler;
import dev.onrush.core.session.UserSession;
import dev.onrush.dsl.CheckBuilder;
import dev.onrush.dsl.Filter;
import dev.onrush.dsl.ProtocolBuilder;
import dev.onrush.dsl.Session;
import dev.onrush.http.internal.request.BadUrlException;
import dev.onrush.http.internal.request.BasicAuth;
import dev.onrush.http.internal.request.DigestAuth;
import dev.onrush.http.internal.request.HttpDefinition;
import dev.onrush.http.internal.request.ProxyDefinition;
import dev.onrush.http.internal.request.ResourceFilter;
import dev.onrush.http.internal.request.ResourceNaming;
import dev.onrush.http.internal.request.Routing;
import dev.onrush.http.internal.request.Signer;
import dev.onrush.http.internal.request.Url;
import dev.onrush.http.internal.wire.Http2Options;
import dev.onrush.http.internal.wire.LocalAddresses;
import dev.onrush.http.internal.wire.NameOptions;

/**
 * How a population talks HTTP to its target; begins with the field {@code http}. Immutable: each call gives a new value.
 */
public final class HttpProtocolBuilder implements ProtocolBuilder {
    private final HttpDefinition definition;

    HttpProtocolBuilder(HttpDefinition definition) {
        this.definition = definition;
    }

    private HttpProtocolBuilder with(Consumer<HttpDefinition.Draft> change) {
        return new HttpProtocolBuilder(definition.with(change));
    }

    @Override
    public Protocol toProtocol() {
        return definition;
    }

    /** What relative URLs are joined to. */
    public HttpProtocolBuilder baseUrl(String url) {
        return baseUrls(List.of(Require.notNull("baseUrl", url)));
    }

    /** Several, of which each user keeps one, in turn. */
    public HttpProtocolBuilder baseUrls(String... urls) {
        return baseUrls(Arrays.asList(Require.notNull("baseUrls", urls)));
    }

    public HttpProtocolBuilder baseUrls(List<String> urls) {
        if (Require.notNull("baseUrls", urls).isEmpty()) {
            throw new DefinitionException("baseUrls: at least one is needed, none was given.");
        }
        for (String url : urls) {
            if (Require.notNull("baseUrl", url).contains("#{")) {
                throw new DefinitionException("baseUrl: \"" + url
                        + "\" is fixed: #{ has no effect in it. Put the expression into the URL of the request.");
            }
            try {
                Url.parse(url);
            } catch (RuntimeException e) {
                throw new DefinitionException("baseUrl: " + e.getMessage() + ".");
            }
        }
        List<String> all = List.copyOf(urls);
        return with(facts -> facts.baseUrls = all);
    }

    private HttpProtocolBuilder field(CharSequence name, Expression<String> value) {
        return with(facts -> facts.header(Words.header(name, value)));
    }

    public HttpProtocolBuilder header(CharSequence name, String value) {
        return field(name, Words.text("header: value", value));
    }

    public HttpProtocolBuilder header(CharSequence name, Function<Session, ? extends String> value) {
        return field(name, Words.function("header: value", value));
    }

    public HttpProtocolBuilder headers(Map<? extends CharSequence, String> headers) {
        HttpProtocolBuilder all = this;
        for (Map.Entry<? extends CharSequence, String> header :
                Require.notNull("headers", headers).entrySet()) {
            all = all.header(header.getKey(), header.getValue());
        }
        return all;
    }

    public HttpProtocolBuilder acceptHeader(String value) {
        return header("Accept", value);
    }

    public HttpProtocolBuilder acceptHeader(Function<Session, ? extends String> value) {
        return header("Accept", value);
    }

    public HttpProtocolBuilder acceptCharsetHeader(String value) {
        return header("Accept-Charset", value);
    }

    public HttpProtocolBuilder acceptCharsetHeader(Function<Session, ? extends String> value) {
        return header("Accept-Charset", value);
    }

    public HttpProtocolBuilder acceptEncodingHeader(String value) {
        return header("Accept-Encoding", value);
    }

    public HttpProtocolBuilder acceptEncodingHeader(Function<Session, ? extends String> value) {
        return header("Accept-Encoding", value);
    }

    public HttpProtocolBuilder acceptLanguageHeader(String value) {
        return header("Accept-Language", value);
    }

    public HttpProtocolBuilder acceptLanguageHeader(Function<Session, ? extends String> value) {
        return header("Accept-Language", value);
    }

    public HttpProtocolBuilder authorizationHeader(String value) {
        return header("Authorization", value);
    }

    public HttpProtocolBuilder authorizationHeader(Function<Session, ? extends String> value) {
        return header("Authorization", value);
    }

    public HttpProtocolBuilder connectionHeader(String value) {
        return header("Connection", value);
    }

    public HttpProtocolBuilder connectionHeader(Function<Session, ? extends String> value) {
        return header("Connection", value);
    }

    public HttpProtocolBuilder contentTypeHeader(String value) {
        return header("Content-Type", value);
    }

    public HttpProtocolBuilder contentTypeHeader(Function<Session, ? extends String> value) {
        return header("Content-Type", value);
    }

    public HttpProtocolBuilder doNotTrackHeader(String value) {
        return header("DNT", value);
    }

    public HttpProtocolBuilder doNotTrackHeader(Function<Session, ? extends String> value) {
        return header("DNT", value);
    }

    public HttpProtocolBuilder originHeader(String value) {
        return header("Origin", value);
    }

    public HttpProtocolBuilder originHeader(Function<Session, ? extends String> value) {
        return header("Origin", value);
    }

    public HttpProtocolBuilder userAgentHeader(String value) {
        return header("User-Agent", value);
    }

    public HttpProtocolBuilder userAgentHeader(Function<Session, ? extends String> value) {
        return header("User-Agent", value);
    }

    public HttpProtocolBuilder upgradeInsecureRequestsHeader(String value) {
        return header("Upgrade-Insecure-Requests", value);
    }

    public HttpProtocolBuilder upgradeInsecureRequestsHeader(Function<Session, ? extends String> value) {
        return header("Upgrade-Insecure-Requests", value);
    }

    private HttpProtocolBuilder auth(Expression<String> user, Expression<String> password) {
        return with(facts -> facts.auth = new BasicAuth(user, password));
    }

    /** Goes along with the first request. */
    public HttpProtocolBuilder basicAuth(String user, String password) {
        return auth(Words.text("basicAuth: user", user), Words.text("basicAuth: password", password));
    }

    public HttpProtocolBuilder basicAuth(String user, Function<Session, ? extends String> password) {
        return auth(Words.text("basicAuth: user", user), Words.function("basicAuth: password", password));
    }

    public HttpProtocolBuilder basicAuth(Function<Session, ? extends String> user, String password) {
        return auth(Words.function("basicAuth: user", user), Words.text("basicAuth: password", password));
    }

    public HttpProtocolBuilder basicAuth(
            Function<Session, ? extends String> user, Function<Session, ? extends String> password) {
        return auth(Words.function("basicAuth: user", user), Words.function("basicAuth: password", password));
    }

    /** For every request, before its own. */
    public HttpProtocolBuilder check(CheckBuilder... checks) {
        return with(facts -> facts.checks(Words.checks(checks)));
    }

    public HttpProtocolBuilder check(List<CheckBuilder> checks) {
        return with(facts -> facts.checks(Words.checks(checks)));
    }

    public HttpProtocolBuilder disableFollowRedirect() {
        return with(facts -> facts.followsRedirects = false);
    }

    /** How many redirects one request may lead to; 20 unless told. */
    public HttpProtocolBuilder maxRedirects(int most) {
        int given = Require.notNegative("maxRedirects", most);
        return with(facts -> facts.maxRedirects = given);
    }

    /** A 302 keeps the method. */
    public HttpProtocolBuilder strict302Handling() {
        return with(facts -> facts.isStrict302 = true);
    }

    /** Under what name each hop of a redirect is recorded. */
    public HttpProtocolBuilder redirectNamingStrategy(RedirectNamingStrategy strategy) {
        RedirectNamingStrategy given = Require.notNull("redirectNamingStrategy", strategy);
        return with(facts -> facts.redirectNaming = (url, name, hop) -> given.name(new Uri(url), name, hop));
    }

    /** Names the hops of a redirect. */
    @FunctionalInterface
    public interface RedirectNamingStrategy {
        /**
         * @param uri where the hop leads
         * @param requestName of the request that was redirected
         * @param number of the hop, from 1
         */
        String name(Uri uri, String requestName, int number);
    }

    /** Nothing is cached: unless told, each user has a cache as browsers have. */
    public HttpProtocolBuilder disableCaching() {
        return with(facts -> facts.caches = false);
    }

    /** For the look-up of a name, and again for connecting; 10 s unless told. */
    public HttpProtocolBuilder connectTimeout(long seconds) {
        return connectTimeout(Require.positiveSeconds("connectTimeout", seconds));
    }

    public HttpProtocolBuilder connectTimeout(Duration duration) {
        long nanos = Require.positiveNanos("connectTimeout", duration);
        return with(facts -> facts.connectTimeoutNanos = nanos);
    }

    /** 10 s unless told. */
    public HttpProtocolBuilder tlsHandshakeTimeout(long seconds) {
        return tlsHandshakeTimeout(Require.positiveSeconds("tlsHandshakeTimeout", seconds));
    }

    public HttpProtocolBuilder tlsHandshakeTimeout(Duration duration) {
        long nanos = Require.positiveNanos("tlsHandshakeTimeout", duration);
        return with(facts -> facts.handshakeTimeoutNanos = nanos);
    }

    /** From the actual start of a request to its last byte, connecting included; 60 s unless told. */
    public HttpProtocolBuilder requestTimeout(long seconds) {
        return requestTimeout(Require.positiveSeconds("requestTimeout", seconds));
    }

    public HttpProtocolBuilder requestTimeout(Duration duration) {
        long nanos = Require.positiveNanos("requestTimeout", duration);
        return with(facts -> facts.requestTimeoutNanos = nanos);
    }

    /** A connection that was idle for longer is not used again; 60 s unless told. */
    public HttpProtocolBuilder pooledConnectionIdleTimeout(long seconds) {
        return pooledConnectionIdleTimeout(Require.positiveSeconds("pooledConnectionIdleTimeout", seconds));
    }

    public HttpProtocolBuilder pooledConnectionIdleTimeout(Duration duration) {
        long nanos = Require.positiveNanos("pooledConnectionIdleTimeout", duration);
        return with(facts -> facts.idleTimeoutNanos = nanos);
    }

    /** A body that is read and larger than this, decompressed, fails its request; 16 MiB unless told. */
    public HttpProtocolBuilder maxResponseBodySize(long bytes) {
        if (bytes < 1 || bytes > Integer.MAX_VALUE) {
            throw new DefinitionException("maxResponseBodySize must be from 1 to 2147483647 bytes, was " + bytes + ".");
        }
        return with(facts -> facts.maxBodyBytes = bytes);
    }

    /** Verifies neither certificates nor host names; the report says so. */
    public HttpProtocolBuilder trustAllCertificates() {
        return with(facts -> facts.trustsAllCertificates = true);
    }

    /** One pool of connections for all users, instead of each its own. */
    public HttpProtocolBuilder shareConnections() {
        return with(facts -> facts.sharesConnections = true);
    }

    /**
     * Closes connections with a reset, so that their local port is free at once instead of after a minute (TIME_WAIT). For loads that
     * open more connections than there are ports; the target sees resets, which is not what browsers do.
     */
    public HttpProtocolBuilder closeWithReset() {
        return with(facts -> facts.closesWithReset = true);
    }

    /** 6 per user unless told; a shared pool has no limit unless told. */
    public HttpProtocolBuilder maxConnectionsPerHost(int most) {
        int given = Require.atLeast("maxConnectionsPerHost", 1, most);
        return with(facts -> facts.maxConnectionsPerHost = given);
    }

    // ---- signing

    /** Answers the challenge of a server; the 401 that brings it is recorded as OK. */
    public HttpProtocolBuilder digestAuth(String user, String password) {
        return digest(Words.text("digestAuth: user", user), Words.text("digestAuth: password", password));
    }

    public HttpProtocolBuilder digestAuth(String user, Function<Session, ? extends String> password) {
        return digest(Words.text("digestAuth: user", user), Words.function("digestAuth: password", password));
    }

    public HttpProtocolBuilder digestAuth(Function<Session, ? extends String> user, String password) {
        return digest(Words.function("digestAuth: user", user), Words.text("digestAuth: password", password));
    }

    public HttpProtocolBuilder digestAuth(
            Function<Session, ? extends String> user, Function<Session, ? extends String> password) {
        return digest(Words.function("digestAuth: user", user), Words.function("digestAuth: password", password));
    }

    private HttpProtocolBuilder digest(Expression<String> user, Expression<String> password) {
        return with(facts -> facts.auth = new DigestAuth(user, password));
    }

    /** Has the last word on what is sent: may change the headers of the request, which it returns. Behind those said before. */
    public HttpProtocolBuilder sign(Function<Request, ? extends Request> signer) {
        return with(facts -> facts.signer(Words.signer(signer)));
    }

    public HttpProtocolBuilder sign(BiFunction<Request, Session, ? extends Request> signer) {
        return with(facts -> facts.signer(Words.signer(signer)));
    }

    /** Signs by OAuth 1.0 with HMAC-SHA1, in the header {@code Authorization}. An empty token is none. */
    public HttpProtocolBuilder signWithOAuth1(
            String consumerKey, String clientSharedSecret, String token, String tokenSecret) {
        return signWithOAuth1(consumerKey, clientSharedSecret, token, tokenSecret, true);
    }

    /** @param useAuthorizationHeader else the parameters go into the form, if the body is one, else into the query */
    public HttpProtocolBuilder signWithOAuth1(
            String consumerKey,
            String clientSharedSecret,
            String token,
            String tokenSecret,
            boolean useAuthorizationHeader) {
        Signer given = Words.oauth1(consumerKey, clientSharedSecret, token, tokenSecret, useAuthorizationHeader);
        return with(facts -> facts.signer(given));
    }

    public HttpProtocolBuilder signWithOAuth1(
            Function<Session, ? extends String> consumerKey,
            Function<Session, ? extends String> clientSharedSecret,
            Function<Session, ? extends String> token,
            Function<Session, ? extends String> tokenSecret) {
        return signWithOAuth1(consumerKey, clientSharedSecret, token, tokenSecret, true);
    }

    public HttpProtocolBuilder signWithOAuth1(
            Function<Session, ? extends String> consumerKey,
            Function<Session, ? extends String> clientSharedSecret,
            Function<Session, ? extends String> token,
            Function<Session, ? extends String> tokenSecret,
            boolean useAuthorizationHeader) {
        Signer given = Words.oauth1(consumerKey, clientSharedSecret, token, tokenSecret, useAuthorizationHeader);
        return with(facts -> facts.signer(given));
    }

    // ---- requests and responses

    /** Path, query and query parameters are sent as written. A character that cannot stand in a request line fails the request. */
    public HttpProtocolBuilder disableUrlEncoding() {
        return with(facts -> facts.isRaw = true);
    }

    /** {@code Referer} is sent only where it was written: unless told, it is the HTML page that came last. */
    public HttpProtocolBuilder disableAutoReferer() {
        return with(facts -> facts.tellsReferer = false);
    }

    /** {@code Origin} is sent only where it was written: unless told, it goes with all but GET and HEAD, and is that of the HTML page that came last. */
    public HttpProtocolBuilder disableAutoOrigin() {
        return with(facts -> facts.tellsOrigin = false);
    }

    /** Requests whose whole URL the pattern matches are sent, are in no statistic and fail nobody; their number is shown. */
    public HttpProtocolBuilder silentUri(String regex) {
        Pattern pattern = Require.pattern("silentUri", regex);
        return with(facts -> facts.silentUri = pattern);
    }

    /** Checks see what the function gives. It is given the body, so that is kept. */
    public HttpProtocolBuilder transformResponse(BiFunction<Response, Session, ? extends Response> transformer) {
        return with(facts -> facts.transformer = Words.transformer(transformer));
    }

    /** Resources of requests are silent, unless they say otherwise. */
    public HttpProtocolBuilder silentResources() {
        return with(facts -> facts.silencesResources = true);
    }

    // ---- resources of pages

    /**
     * What an HTML page names is fetched with it, as by a browser: pictures, scripts, style sheets, icons, frames, media. Side by side, in one
     * group with its {@code resources}, once the page is OK. Unless told, nothing is. Without patterns only what is on the page's own host.
     */
    public HttpProtocolBuilder inferHtmlResources() {
        return infer(null, null);
    }

    /** Also on other hosts: whatever that list lets pass. */
    public HttpProtocolBuilder inferHtmlResources(Filter.AllowList allowed) {
        return infer(Require.notNull("inferHtmlResources: allow list", allowed), null);
    }

    public HttpProtocolBuilder inferHtmlResources(Filter.AllowList allowed, Filter.DenyList denied) {
        return infer(
                Require.notNull("inferHtmlResources: allow list", allowed),
                Require.notNull("inferHtmlResources: deny list", denied));
    }

    /** On the page's own host, but for that. */
    public HttpProtocolBuilder inferHtmlResources(Filter.DenyList denied) {
        return infer(null, Require.notNull("inferHtmlResources: deny list", denied));
    }

    private HttpProtocolBuilder infer(Filter.@Nullable AllowList allowed, Filter.@Nullable DenyList denied) {
        return with(facts -> facts.resourceFilter = new ResourceFilter(allowed, denied));
    }

    /** {@code logo.png?v=2} for {@code http://shop.test/img/logo.png?v=2}: so it is unless told. */
    public HttpProtocolBuilder nameInferredHtmlResourcesAfterUrlTail() {
        return naming(ResourceNaming.URL_TAIL);
    }

    /** {@code http://shop.test/img/logo.png?v=2}. */
    public HttpProtocolBuilder nameInferredHtmlResourcesAfterAbsoluteUrl() {
        return naming(ResourceNaming.ABSOLUTE_URL);
    }

    /** {@code /img/logo.png?v=2} for {@code http://shop.test/img/logo.png?v=2}. */
    public HttpProtocolBuilder nameInferredHtmlResourcesAfterRelativeUrl() {
        return naming(ResourceNaming.RELATIVE_URL);
    }

    /** {@code /img/logo.png} for {@code http://shop.test/img/logo.png?v=2}. */
    public HttpProtocolBuilder nameInferredHtmlResourcesAfterPath() {
        return naming(ResourceNaming.PATH);
    }

    /** {@code logo.png} for {@code http://shop.test/img/logo.png?v=2}. */
    public HttpProtocolBuilder nameInferredHtmlResourcesAfterLastPathElement() {
        return naming(ResourceNaming.LAST_PATH_ELEMENT);
    }

    /** @param name from the URL of a resource to the name it is recorded under; runs on threads that drive users: must not block */
    public HttpProtocolBuilder nameInferredHtmlResources(Function<Uri, String> name) {
        return naming(Words.naming(name));
    }

    private HttpProtocolBuilder naming(ResourceNaming naming) {
        return with(facts -> facts.resourceNaming = naming);
    }

    // ---- checkIf

    /** Checks for when that is true; it is asked before the first check of each scope. */
    public UntypedCondition checkIf(String condition) {
        return when(ExpressionCompiler.condition(Require.notNull("checkIf", condition)));
    }

    public UntypedCondition checkIf(Function<Session, ? extends Boolean> condition) {
        return when(Words.<Boolean>function("checkIf", condition));
    }

    /** Checks for when that is true of the response, which the function is given with its body: so that is kept. */
    public TypedCondition checkIf(BiFunction<Response, Session, ? extends Boolean> condition) {
        CheckCondition when = Words.condition(condition);
        return new TypedCondition(checks -> with(facts -> facts.checks(Words.checksIf(when, checks))));
    }

    private UntypedCondition when(Expression<Boolean> condition) {
        CheckCondition when = CheckCondition.of(condition);
        return new UntypedCondition(checks -> with(facts -> facts.checks(Words.checksIf(when, checks))));
    }

    /** A condition on the session; {@code then} says what is checked if it holds. */
    public static final class UntypedCondition extends Conditional<HttpProtocolBuilder> {
        private UntypedCondition(Function<List<CheckBuilder>, HttpProtocolBuilder> then) {
            super(then);
        }
    }

    /** A condition on response and session; {@code then} says what is checked if it holds. */
    public static final class TypedCondition extends Conditional<HttpProtocolBuilder> {
        private TypedCondition(Function<List<CheckBuilder>, HttpProtocolBuilder> then) {
            super(then);
        }
    }

    // ---- names and addresses

    private HttpProtocolBuilder localAddresses(LocalAddresses addresses) {
        return with(facts -> facts.localAddresses = addresses);
    }

    /** Connections begin at this address of the machine. */
    public HttpProtocolBuilder localAddress(String address) {
        return localAddresses(
                new LocalAddresses(Addresses.local("localAddress", Addresses.listed("localAddress", address))));
    }

    /** Each user's connections begin at one of these addresses of the machine, in turn; for targets on IPv4 and on IPv6 apart. */
    public HttpProtocolBuilder localAddresses(String... addresses) {
        return localAddresses(Addresses.listed("localAddresses", addresses));
    }

    public HttpProtocolBuilder localAddresses(List<String> addresses) {
        return localAddresses(new LocalAddresses(Addresses.local("localAddresses", addresses)));
    }

    /** Each user's connections begin at one of the machine's addresses, in turn; without loopback and link-local ones. */
    public HttpProtocolBuilder useAllLocalAddresses() {
        return localAddresses(new LocalAddresses(Addresses.allLocal("useAllLocalAddresses")));
    }

    /** Those of {@link #useAllLocalAddresses} that one of these regular expressions matches as a whole. */
    public HttpProtocolBuilder useAllLocalAddressesMatching(String... patterns) {
        return useAllLocalAddressesMatching(Addresses.listed("useAllLocalAddressesMatching", patterns));
    }

    public HttpProtocolBuilder useAllLocalAddressesMatching(List<String> patterns) {
        return localAddresses(new LocalAddresses(Addresses.allLocal("useAllLocalAddressesMatching", patterns)));
    }

    private HttpProtocolBuilder names(UnaryOperator<NameOptions> change) {
        return with(facts -> facts.names = change.apply(facts.names));
    }

    /** IP addresses of host names, for which nobody is asked. */
    public HttpProtocolBuilder hostNameAliases(Map<String, List<String>> aliases) {
        Map<String, List<InetAddress>> given = Addresses.aliases(aliases);
        return names(names -> new NameOptions(given, names.servers(), names.isPerUser()));
    }

    /**
     * Each user looks names up for itself. With the JDK's resolver, the JVM's own cache stands in between
     * ({@code networkaddress.cache.ttl}): see {@link #asyncNameResolution(String...)}.
     */
    public HttpProtocolBuilder perUserNameResolution() {
        return names(names -> new NameOptions(names.aliases(), names.servers(), true));
    }

    /**
     * Asks name servers, past the JDK's resolver, its cache and the file {@code hosts}.
     *
     * @param servers addresses as in {@code 10.0.0.2} or {@code 10.0.0.2:5353}; none: those of the system
     */
    public HttpProtocolBuilder asyncNameResolution(String... servers) {
        return nameServers(Addresses.listed("asyncNameResolution", servers).stream()
                .map(Addresses::nameServer)
                .toList());
    }

    public HttpProtocolBuilder asyncNameResolution(List<String> servers) {
        return nameServers(Addresses.some("asyncNameResolution", servers).stream()
                .map(Addresses::nameServer)
                .toList());
    }

    public HttpProtocolBuilder asyncNameResolution(InetSocketAddress[] servers) {
        return nameServers(
                Addresses.some("asyncNameResolution", Addresses.listed("asyncNameResolution", servers)).stream()
                        .map(Addresses::nameServer)
                        .toList());
    }

    private HttpProtocolBuilder nameServers(List<InetSocketAddress> servers) {
        return names(names -> new NameOptions(names.aliases(), servers, names.isPerUser()));
    }

    // ---- keys, warm-up

    /**
     * What each user shows of itself under TLS.
     *
     * @param factory from a user's id to its keys, or to null for none; asked once per user, when it first needs them, on a thread that
     *     drives users: must not block
     */
    public HttpProtocolBuilder perUserKeyManagerFactory(Function<Long, KeyManagerFactory> factory) {
        Function<Long, KeyManagerFactory> given = Require.notNull("perUserKeyManagerFactory", factory);
        return with(facts -> facts.keys = given::apply);
    }

    /** One GET of this URL before the run, of which nothing is recorded; redirects are not followed. */
    public HttpProtocolBuilder warmUp(String url) {
        try {
            Url.parse(Require.notNull("warmUp", url));
        } catch (BadUrlException e) {
            throw new DefinitionException("warmUp: " + e.getMessage() + ".");
        }
        return with(facts -> facts.warmUpUrl = url);
    }

    /** Takes {@link #warmUp} back. */
    public HttpProtocolBuilder disableWarmUp() {
        return with(facts -> facts.warmUpUrl = null);
    }

    // ---- proxies

    /** All requests go by this proxy, but for those that name their own. */
    public HttpProtocolBuilder proxy(Proxy proxy) {
        ProxyDefinition given = Require.notNull("proxy", proxy).definition();
        return with(facts -> facts.proxy = given);
    }

    /** Hosts that are reached straight. */
    public HttpProtocolBuilder noProxyFor(String... hosts) {
        return noProxyFor(Addresses.listed("noProxyFor", hosts));
    }

    public HttpProtocolBuilder noProxyFor(List<String> hosts) {
        Set<String> all = new HashSet<>();
        for (String host : Addresses.some("noProxyFor", hosts)) {
            all.add(Addresses.host("noProxyFor", host));
        }
        return with(facts -> facts.noProxyFor = Set.copyOf(all));
    }

    private static Expression<String> source(String word, Expression<String> address, boolean isVersion4) {
        if (address.isConstant()) {
            String text = address.evaluate(UserSession.NOBODY);
            if (Routing.address(text, isVersion4) == null) {
                throw new DefinitionException(
                        word + ": \"" + text + "\" is no IPv" + (isVersion4 ? "4" : "6") + " address.");
            }
        }
        return address;
    }

    private HttpProtocolBuilder source4(Expression<String> address) {
        Expression<String> given = source("proxyProtocolSourceIpV4Address", address, true);
        return with(facts -> facts.source4 = given);
    }

    private HttpProtocolBuilder source6(Expression<String> address) {
        Expression<String> given = source("proxyProtocolSourceIpV6Address", address, false);
        return with(facts -> facts.source6 = given);
    }

    /** Connections to IPv4 begin by telling this as the client's address (PROXY protocol, version 1). */
    public HttpProtocolBuilder proxyProtocolSourceIpV4Address(String address) {
        return source4(Words.text("proxyProtocolSourceIpV4Address", address));
    }

    public HttpProtocolBuilder proxyProtocolSourceIpV4Address(Function<Session, ? extends String> address) {
        return source4(Words.function("proxyProtocolSourceIpV4Address", address));
    }

    /** Connections to IPv6 begin by telling this as the client's address (PROXY protocol, version 1). */
    public HttpProtocolBuilder proxyProtocolSourceIpV6Address(String address) {
        return source6(Words.text("proxyProtocolSourceIpV6Address", address));
    }

    public HttpProtocolBuilder proxyProtocolSourceIpV6Address(Function<Session, ? extends String> address) {
        return source6(Words.function("proxyProtocolSourceIpV6Address", address));
    }

    // ---- HTTP/2

    /** HTTP/2 with targets under TLS that speak it (ALPN); all requests to one of them share a connection. */
    public HttpProtocolBuilder enableHttp2() {
        return with(facts -> facts.http2 = new Http2Options(true, facts.http2.known()));
    }

    /**
     * What targets are known to speak, by {@code host} or {@code host:port}: true HTTP/2, in clear without asking; false HTTP/1.1.
     */
    public HttpProtocolBuilder http2PriorKnowledge(Map<String, Boolean> known) {
        Map<String, Boolean> all = new HashMap<>();
        Require.notNull("http2PriorKnowledge", known)
                .forEach((host, isHttp2) -> all.put(
                        Addresses.hostWithPort("http2PriorKnowledge", host),
                        Require.notNull("http2PriorKnowledge: " + host, isHttp2)));
        return with(facts -> facts.http2 = new Http2Options(facts.http2.isOffered(), all));
    }
}
