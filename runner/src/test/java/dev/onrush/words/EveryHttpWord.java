package dev.onrush.words;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.onrush.core.DefinitionException;
import dev.onrush.dsl.Body;
import dev.onrush.dsl.ChainBuilder;
import dev.onrush.dsl.CheckBuilder;
import dev.onrush.dsl.JmesPathFunction;
import dev.onrush.dsl.Session;
import dev.onrush.http.ByteArrayResponseBody;
import dev.onrush.http.HttpHeaders;
import dev.onrush.http.HttpProtocolBuilder;
import dev.onrush.http.HttpRequestActionBuilder;
import dev.onrush.http.InputStreamResponseBody;
import dev.onrush.http.NoResponseBody;
import dev.onrush.http.Request;
import dev.onrush.http.Response;
import dev.onrush.http.ResponseBody;
import dev.onrush.http.StringResponseBody;
import dev.onrush.http.Uri;

/** The part of {@link EveryWord} that speaks of HTTP. */
final class EveryHttpWord {
    private static final Duration LONG = Duration.ofSeconds(30);

    private EveryHttpWord() {}

    static final class Twice implements JmesPathFunction {
        @Override
        public String name() {
            return "twice";
        }

        @Override
        public Object call(List<Object> arguments) {
            return "" + arguments.get(0) + arguments.get(0);
        }
    }

    // ---- checks

    static ChainBuilder checks() {
        return exec(
                http("page")
                        .get("/page")
                        .check(
                                status().is(200),
                                status().find().shouldBe(200),
                                header("X-Id").count().gte(1),
                                headerRegex("X-Id", "(o)(n)").captureGroups(2).exists(),
                                currentLocation().notNull(),
                                currentLocationRegex("page").findRandom(),
                                responseTimeInMillis().lt(60_000),
                                bodyString().saveAs("page"),
                                bodyBytes().exists(),
                                bodyLength().gt(1),
                                bodyStream().exists(),
                                md5().not("x"),
                                sha1().notEL("x"),
                                substring("h1").find(1).exists(),
                                regex("h(\\d)").findAll().is(List.of("1", "1")),
                                css("h1").ofString().is("Shop"),
                                css("h1")
                                        .ofNode()
                                        .transform(node -> node.tagName())
                                        .is("h1"),
                                form("form").optional().saveAs("form")),
                http("xml").get("/xml").check(xpath("//item").is("lamp")),
                http("jsonp")
                        .get("/jsonp")
                        .check(jsonpJsonPath("$.n").is("3"), jsonpJmesPath("n").is("3")),
                exec(session -> session.set("lists", List.of(List.of(1)))),
                http("json")
                        .get("/json")
                        .check(byJsonPath())
                        .check(byJmesPath())
                        .checkIf("#{page.exists()}")
                        .then(status().in(200, 201))
                        .checkIf((response, session) -> response.status().code() == 200)
                        .then(status().within(200)));
    }

    private static List<CheckBuilder> byJsonPath() {
        return List.of(
                jsonPath("$.name").ofString().isEL("lamp"),
                jsonPath("$.on").ofBoolean().is(true),
                jsonPath("$.n").ofInt().lt(4),
                jsonPath("$.n").ofInt().ltEL("4"),
                jsonPath("$.n").ofLong().lte(3L),
                jsonPath("$.n").ofInt().lteEL("3"),
                jsonPath("$.n").ofDouble().gte(3.0),
                jsonPath("$.n").ofInt().gtEL("2"),
                jsonPath("$.n").ofInt().gteEL("3"),
                jsonPath("$.list")
                        .ofList()
                        .inEL("#{lists}")
                        .name("a list of lists")
                        .logActualValueInError(false),
                jsonPath("$.list").ofList().withinEL("#{lists}"),
                jsonPath("$.o").ofMap().transform(Map::size).is(1),
                jsonPath("$.none").ofObject().isNull(),
                jsonPath("$.gone").notExists(),
                jsonPath("$.gone").withDefault("x").is("x"),
                jsonPath("$.gone")
                        .withDefaultEl("x")
                        .transformWithSession((x, session) -> x + session.scenario())
                        .exists(),
                jsonPath("$.n").ofInt().validate("odd", (n, session) -> n));
    }

    private static List<CheckBuilder> byJmesPath() {
        return List.of(
                jmesPath("twice(name)").ofString().is("lamplamp"),
                jmesPath("on").ofBoolean().is(true),
                jmesPath("n").ofInt().is(3),
                jmesPath("n").ofLong().is(3L),
                jmesPath("n").ofDouble().is(3.0),
                jmesPath("list").ofList().exists(),
                jmesPath("o").ofMap().exists(),
                jmesPath("o").ofObject().exists());
    }

    // ---- requests

    static ChainBuilder requests(EveryWord.Surroundings here) {
        return exec(
                http("get")
                        .get("/")
                        .queryParam("a", 1)
                        .multivaluedQueryParam("b", List.of(1))
                        .queryParamSeq(List.of(Map.entry("c", 1)))
                        .queryParamMap(Map.of("d", 1)),
                http("post")
                        .post("/")
                        .formParam("a", 1)
                        .multivaluedFormParam("b", List.of(1))
                        .formParamSeq(List.of(Map.entry("c", 1)))
                        .formParamMap(Map.of("d", 1)),
                http("put")
                        .put("/")
                        .header("X-A", "a")
                        .headers(Map.of("X-B", "b"))
                        .basicAuth("u", "p")
                        .check(status()),
                http("patch").patch("/").disableFollowRedirect().requestTimeout(LONG),
                http("head")
                        .head("/")
                        .ignoreProtocolHeaders()
                        .ignoreProtocolChecks()
                        .ignoreProtocolSignatureCalculators(),
                http("delete").delete("/").digestAuth("u", "p").disableUrlEncoding(),
                http("options").options("/").sign(EveryHttpWord::signed),
                http("query").query("/").signWithOAuth1("key", "s3cret", "token", "s3cret"),
                http("any").httpRequest("REPORT", "/").silent(),
                http("loud")
                        .get("/")
                        .notSilent()
                        .transformResponse(EveryHttpWord::changed)
                        .check(bodyString().is("changed")),
                http("proxied")
                        .get("/")
                        .proxy(Proxy("127.0.0.1", here.proxyPort()).credentials("u", "s3cret")),
                poll().pollerName("news").every(LONG).exec(http("news").get("/news")),
                poll().pollerName("news").stop(),
                http("resources").get("/").resources(http("resource").get("/resource")),
                httpConcurrentRequests(
                        http("together").get("/"), http("as well").get("/")));
    }

    private static Request signed(Request request, Session session) {
        Uri uri = request.getUri();
        HttpHeaders headers = request.getHeaders();
        HttpHeaders more =
                new HttpHeaders().add("X-One", "1").set("X-Two", uri.getScheme() + uri.getHost() + uri.getPort());
        headers.add(more).remove("X-One");
        boolean isKnown = headers.contains("X-Two") && !headers.contains("X-Two", "x", true) && !headers.isEmpty();
        return headers.set(
                                "X-Seen",
                                request.getName()
                                        + request.getMethod()
                                        + uri.getPath()
                                        + uri.getQuery()
                                        + uri.toUrl()
                                        + uri.toRelativeUrl()
                                        + uri.toJavaNetURI()
                                        + headers.get("X-Two")
                                        + headers.getAll("X-Two")
                                        + headers.names()
                                        + headers.size()
                                        + isKnown
                                        + (request.getBody() == null
                                                ? 0
                                                : request.getBody().getBytes().length))
                        .entries()
                        .isEmpty()
                ? unsigned(request)
                : request;
    }

    private static Request unsigned(Request request) {
        request.getHeaders().clear();
        return request;
    }

    private static Response changed(Response response, Session session) {
        ResponseBody body = response.body();
        String seen = body.string() + body.bytes().length + body.chars().length + body.length() + body.charset();
        List<ResponseBody> bodies = List.of(
                NoResponseBody.INSTANCE,
                new ByteArrayResponseBody(seen.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8),
                new InputStreamResponseBody(body.stream(), StandardCharsets.UTF_8),
                new StringResponseBody("changed", StandardCharsets.UTF_8));
        return new Response(
                response.request(),
                response.startTimestamp(),
                response.endTimestamp(),
                response.status(),
                response.headers(),
                bodies.get(bodies.size() - 1),
                response.checksums(),
                response.isHttp2());
    }

    // ---- bodies

    private static HttpRequestActionBuilder post(Body body) {
        return http("body").post("/").body(body);
    }

    static ChainBuilder bodies() {
        return exec(
                exec(session -> session.set("name", "lamp")
                        .set("fields", Map.of("a", "1"))
                        .set("text", StringBody("#{name}").apply(session.set("name", "x")))
                        .set("bytes", RawFileBody("words/items.csv").apply(session))),
                post(StringBody("#{text}")).asJson(),
                post(ElFileBody("words/item.json")).asXml(),
                post(RawFileBody("words/items.csv")).asFormUrlEncoded(),
                post(ByteArrayBody("#{bytes}")).processRequestBody(gzipBody),
                post(InputStreamBody(session -> new ByteArrayInputStream(new byte[3]))),
                post(FreemarkerStringBody("${name}")),
                post(FreemarkerFileBody("words/order.ftl")),
                http("form")
                        .post("/")
                        .form("#{fields}")
                        .formUpload("file", "words/items.csv")
                        .asMultipartForm(),
                http("parts")
                        .post("/")
                        .bodyPart(StringBodyPart("a", "#{name}")
                                .contentType("text/plain")
                                .charset("utf-8")
                                .dispositionType("form-data")
                                .fileName("a.txt")
                                .contentId("1")
                                .transferEncoding("8bit")
                                .header("X-A", "a"))
                        .bodyParts(
                                ElFileBodyPart("b", "words/item.json"),
                                RawFileBodyPart("c", "words/items.csv"),
                                FreemarkerStringBodyPart("d", "${name}"),
                                FreemarkerFileBodyPart("e", "words/order.ftl"),
                                ByteArrayBodyPart("f", new byte[3])));
    }

    // ---- cookies and cache

    static ChainBuilder cookies() {
        return exec(
                addCookie(Cookie("k", "v")
                        .withDomain("127.0.0.1")
                        .withPath("/")
                        .withMaxAge(60)
                        .withSecure(false)),
                getCookieValue(CookieKey("k")
                        .withDomain("127.0.0.1")
                        .withPath("/")
                        .withSecure(false)
                        .saveAs("cookie")),
                flushSessionCookies(),
                http("#{cookie}").get("/"),
                flushCookieJar(),
                flushHttpCache());
    }

    // ---- protocols: each is that of one user who sends one request

    /** @param here what stands around the target */
    static List<HttpProtocolBuilder> protocols(EveryWord.Surroundings here) {
        return List.of(
                headers(here), behaviour(here), connections(here), names(here), proxied(here), behindAProxy(here));
    }

    private static HttpProtocolBuilder headers(EveryWord.Surroundings here) {
        return http.baseUrls(here.url())
                .header("X-A", "a")
                .headers(Map.of("X-B", "b"))
                .acceptHeader("*/*")
                .acceptCharsetHeader("utf-8")
                .acceptEncodingHeader("gzip")
                .acceptLanguageHeader("en")
                .authorizationHeader("Bearer s3cret")
                .connectionHeader("keep-alive")
                .contentTypeHeader("text/plain")
                .doNotTrackHeader("1")
                .originHeader("http://shop.test")
                .userAgentHeader("words")
                .upgradeInsecureRequestsHeader("1");
    }

    private static final class Naming implements HttpProtocolBuilder.RedirectNamingStrategy {
        @Override
        public String name(Uri uri, String name, int hop) {
            return name + hop;
        }
    }

    private static HttpProtocolBuilder behaviour(EveryWord.Surroundings here) {
        return http.baseUrl(here.url())
                .basicAuth("u", "s3cret")
                .digestAuth("u", "s3cret")
                .sign(request -> request)
                .signWithOAuth1("key", "s3cret", "token", "s3cret")
                .check(status().is(200))
                .checkIf("true")
                .then(bodyString().exists())
                .transformResponse((response, session) -> response)
                .disableFollowRedirect()
                .maxRedirects(3)
                .strict302Handling()
                .redirectNamingStrategy(new Naming())
                .disableAutoReferer()
                .disableAutoOrigin()
                .disableCaching()
                .disableUrlEncoding()
                .inferHtmlResources(AllowList(".*"), DenyList("never"))
                .nameInferredHtmlResourcesAfterUrlTail()
                .nameInferredHtmlResourcesAfterAbsoluteUrl()
                .nameInferredHtmlResourcesAfterRelativeUrl()
                .nameInferredHtmlResourcesAfterLastPathElement()
                .nameInferredHtmlResources(Uri::toUrl)
                .nameInferredHtmlResourcesAfterPath()
                .silentResources()
                .silentUri("never");
    }

    private static HttpProtocolBuilder connections(EveryWord.Surroundings here) {
        return http.baseUrl(here.securedUrl())
                .connectTimeout(LONG)
                .tlsHandshakeTimeout(LONG)
                .requestTimeout(LONG)
                .pooledConnectionIdleTimeout(LONG)
                .maxResponseBodySize(1_000_000)
                .trustAllCertificates()
                .perUserKeyManagerFactory(id -> null)
                .maxConnectionsPerHost(2)
                .closeWithReset()
                .enableHttp2()
                .http2PriorKnowledge(Map.of("other.test", true));
    }

    private static HttpProtocolBuilder names(EveryWord.Surroundings here) {
        return everyAddress(http.baseUrl("http://shop.test:" + here.port()))
                .localAddresses("127.0.0.1", "127.0.0.2")
                .localAddress("127.0.0.1")
                .asyncNameResolution("127.0.0.1:" + here.namesPort())
                .perUserNameResolution()
                .hostNameAliases(Map.of("other.test", List.of("127.0.0.1")))
                .shareConnections();
    }

    /** Those of this machine; it may have none but loopback, and that is refused. */
    private static HttpProtocolBuilder everyAddress(HttpProtocolBuilder protocol) {
        try {
            return protocol.useAllLocalAddresses()
                    .useAllLocalAddressesMatching(".*")
                    .useAllLocalAddressesMatching(List.of(".*"));
        } catch (DefinitionException e) {
            return protocol;
        }
    }

    private static HttpProtocolBuilder proxied(EveryWord.Surroundings here) {
        return http.baseUrl(here.url())
                .proxy(Proxy("127.0.0.1", here.proxyPort())
                        .socks4()
                        .socks5()
                        .https()
                        .http()
                        .credentials("u", "s3cret")
                        .connectHeader("X-A", "a")
                        .connectHeaders(Map.of("X-B", "b")))
                .noProxyFor("other.test")
                .warmUp(here.url())
                .disableWarmUp();
    }

    /** The PROXY protocol, and a proxy of the request's own. */
    private static HttpProtocolBuilder behindAProxy(EveryWord.Surroundings here) {
        return http.baseUrl(here.linesUrl())
                .proxyProtocolSourceIpV4Address("192.0.2.1")
                .proxyProtocolSourceIpV6Address("2001:db8::1");
    }
}
