package dev.onrush.words;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.AbstractMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import org.junit.jupiter.api.Test;

import dev.onrush.dsl.ActionBuilder;
import dev.onrush.dsl.ChainBuilder;
import dev.onrush.dsl.CheckBuilder;
import dev.onrush.dsl.Choice;
import dev.onrush.dsl.Executable;
import dev.onrush.dsl.ScenarioBuilder;
import dev.onrush.dsl.Simulation;
import dev.onrush.http.AddCookie;
import dev.onrush.http.GetCookie;
import dev.onrush.http.Http;
import dev.onrush.http.HttpHeaderNames;
import dev.onrush.http.HttpProtocolBuilder;
import dev.onrush.http.HttpRequestActionBuilder;
import dev.onrush.http.Polling;
import dev.onrush.http.RequestActionBuilder;
import dev.onrush.http.RequestWithBodyActionBuilder;
import dev.onrush.http.Uri;

/** Call shapes of HTTP that are promised: that this class compiles is most of the test. */
class LinesThatCompileTest {
    private final ChainBuilder a = exec(s -> s);
    private final ChainBuilder b = exec(s -> s);

    @Test
    void fieldAndMethodOfOneName() {
        HttpProtocolBuilder protocol = http.baseUrl("https://shop.test");
        HttpRequestActionBuilder request = http("home").get("/");
        Http named = http("home");

        assertThat(List.of(protocol, request, named)).doesNotContainNull();
    }

    @Test
    void requestsAreExecutables() {
        List<Executable> lines = List.of(
                repeat(s -> 3).on(http("x").get("/x")),
                exec(a, http("x").get("/x"), b),
                exec(http("x").get("/x")).exec(http("y").get("/y")),
                group("g").on(http("x").get("/x")),
                http("x").get("/x").toChainBuilder());

        assertThat(lines).doesNotContainNull();
    }

    @Test
    void timesAndLoops() {
        List<ChainBuilder> lines = List.of(
                pace(1, "lap"),
                pace("#{lap}"),
                pace("#{lo}", "#{hi}", "lap"),
                rendezVous(8),
                rendezVous(8, Duration.ofSeconds(5)),
                during(9, false).on(a),
                during(9, "turn").on(a),
                during("#{span}", "turn", true).on(a, b),
                asLongAs("#{more}", true).on(a),
                asLongAs("#{more}", "turn").on(a),
                asLongAsDuring(s -> true, "#{span}", "turn").on(a));

        assertThat(lines).doesNotContainNull();
    }

    @Test
    void conditionsAndSwitches() {
        List<ChainBuilder> lines = List.of(
                doIfEquals("#{tier}", "gold").then(a),
                doIfEquals("#{tries}", 3).then(a),
                doIfEquals("#{tier}", s -> s.get("wanted")).then(a),
                doIfEquals(s -> s.get("tier"), "#{wanted}").then(a),
                doSwitch("#{tier}").on(onCase("gold").then(a), onCase(7).then(b)),
                randomSwitch().on(percent(60).then(a), percent(40).then(b)),
                randomSwitch().on(List.of(percent(12.5).then(a, b))),
                randomSwitch().on(new Choice.WithWeight(30, a)),
                roundRobinSwitch().on(a, b),
                uniformRandomSwitch().on(List.of(a, b)));

        assertThat(lines).doesNotContainNull();
    }

    @Test
    void checks() {
        HttpRequestActionBuilder request = http("x")
                .get("/x")
                .check(
                        status().is(200),
                        substring("ok"),
                        css(".price"),
                        regex("a(b)(c)").captureGroups(2).is(List.of("b", "c")));
        List<CheckBuilder> lines = List.of(
                status().in(200, 204),
                status().in(List.of(200, 204)),
                status().within(s -> List.of(200)),
                status().is(s -> s.getInt("code")),
                status(),
                bodyString().is(StringBody("n=#{n}")),
                bodyBytes().is(RawFileBody("logo.png")),
                bodyBytes().is(new byte[] {7}),
                jsonPath("$.o").ofMap().is(Map.of("k", 1)),
                jsonPath("$.x").ofObject().is(StringBody("#{x}")),
                bodyString().transform(String::length).gt(9),
                css("a").ofNode().transform(node -> node.tagName()),
                regex("x").count().is(2),
                regex("x").findRandom(2, true).saveAs("xs"),
                regex("x").withDefault("none"),
                regex("x").withDefault(s -> "none").saveAs("x"),
                jsonPath("$.n").validate("even", (v, s) -> v).name("n is even").saveAs("n"),
                jsonPath("$.n").ofInt().lt(100),
                header("ETag").exists(),
                header(s -> "ETag").exists(),
                header(new StringBuilder("ETag")).findAll().saveAs("tags"));

        assertThat(request.check(lines)).isNotNull();
    }

    @Test
    void conditions() {
        HttpRequestActionBuilder request = http("x")
                .get("/x")
                .checkIf("#{on}")
                .then(md5().isEL("#{sum}"))
                .checkIf((r, s) -> r.status().code() == 200)
                .then(status())
                .checkIf(s -> true)
                .then(form("#login"));
        HttpProtocolBuilder protocol =
                http.checkIf("#{on}").then(List.of(sha1())).checkIf(s -> true).then(status());
        HttpRequestActionBuilder.UntypedCondition ofRequest = request.checkIf("#{on}");
        HttpRequestActionBuilder.TypedCondition ofResponse = request.checkIf((r, s) -> true);
        HttpProtocolBuilder.UntypedCondition ofProtocol = protocol.checkIf("#{on}");

        assertThat(List.of(ofRequest, ofProtocol)).doesNotContainNull();
    }

    @Test
    void typesOfChecks() {
        CheckBuilder.Find<Integer> one = bodyLength();
        CheckBuilder.MultipleFind<String> several = xpath("//a");
        CheckBuilder.CaptureGroupCheckBuilder groups = headerRegex("ETag", "(a)");
        CheckBuilder.JsonOfTypeFind jmes = jmesPath("a");
        CheckBuilder.JsonOfTypeMultipleFind json = jsonpJsonPath("$.a");
        CheckBuilder.CssOfTypeMultipleFind css = css("a", "href");
        CheckBuilder.Validate<Integer> validate = several.count();
        CheckBuilder.Final last = currentLocation().is("x");

        assertThat(List.of(one, several, groups, jmes, json, css, validate, last))
                .doesNotContainNull();
    }

    @Test
    void parameters() {
        HttpRequestActionBuilder query = http("x")
                .get("/x")
                .queryParam("n", 3)
                .queryParam("n", "#{n}")
                .queryParam("n", s -> 3)
                .queryParam(s -> "n", s -> "v")
                .queryParam("b", StringBody("#{x}"))
                .multivaluedQueryParam("n", List.of(1, 2))
                .queryParamMap(Map.of("n", "1"))
                .queryParamSeq(List.of(new AbstractMap.SimpleEntry<>("n", "1")));
        HttpRequestActionBuilder form = http("x")
                .post("/x")
                .formParam("n", 3)
                .formParam("b", StringBody("#{x}"))
                .multivaluedFormParam("n", List.of(1, 2))
                .formParamMap(Map.of("n", "1"))
                .formParamSeq(List.of(new AbstractMap.SimpleEntry<>("n", "1")))
                .headers(Map.of(new StringBuilder("Accept"), "b"))
                .requestTimeout(3)
                .requestTimeout(Duration.ofMillis(3));
        HttpRequestActionBuilder body =
                http("x").post("/x").body(StringBody("#{x}")).asJson();

        assertThat(List.of(query, form, body)).doesNotContainNull();
    }

    @Test
    void protocol() {
        HttpProtocolBuilder protocol = http.redirectNamingStrategy((uri, name, hop) -> name + "/" + hop)
                .redirectNamingStrategy((Uri uri, String name, int hop) -> uri.toRelativeUrl())
                .check(List.of(status().is(200)))
                .baseUrls("https://a.test", "https://b.test")
                .headers(Map.of("A", "b"));
        HttpProtocolBuilder network = http.perUserKeyManagerFactory(id -> null)
                .proxy(Proxy("gate", 3128).socks5())
                .proxy(Proxy("gate", 3128)
                        .http()
                        .credentials("#{user}", s -> "p")
                        .connectHeader("A", "b"))
                .noProxyFor("shop.test")
                .noProxyFor(List.of("shop.test"))
                .hostNameAliases(Map.of("shop.test", List.of("127.0.0.1")))
                .perUserNameResolution()
                .asyncNameResolution()
                .asyncNameResolution("127.0.0.1", "[::1]:53")
                .asyncNameResolution(new InetSocketAddress[] {new InetSocketAddress("127.0.0.1", 53)})
                .localAddress("127.0.0.1")
                .localAddresses("127.0.0.1", "127.0.0.2")
                .proxyProtocolSourceIpV4Address(s -> "192.0.2.1")
                .proxyProtocolSourceIpV6Address("#{v6}")
                .warmUp("https://shop.test")
                .enableHttp2()
                .http2PriorKnowledge(Map.of("shop.test", true, "old.test:8080", false))
                .disableWarmUp();
        HttpRequestActionBuilder proxied =
                http("x").get("/x").proxy(Proxy("gate", 1080).socks4());
        assertThat(List.of(network, proxied)).doesNotContainNull();
        HttpProtocolBuilder.RedirectNamingStrategy strategy = (uri, name, hop) -> name;

        assertThat(protocol.redirectNamingStrategy(strategy)).isNotNull();
    }

    @Test
    void cookies() {
        AddCookie added = Cookie("k", "v").withMaxAge(60);
        GetCookie wanted = CookieKey("k").withDomain("shop.test").saveAs("k");
        List<ActionBuilder> lines = List.of(
                addCookie(added),
                getCookieValue(wanted),
                flushSessionCookies(),
                flushCookieJar(),
                flushHttpCache(),
                httpConcurrentRequests(http("x").get("/x"), http("y").get("/y")),
                poll().every(10).exec(http("x").get("/x")),
                poll().pollerName("inbox")
                        .every(Duration.ofMillis(1500))
                        .exec(List.of(http("x").get("/x"))),
                poll().pollerName("inbox").stop(),
                poll().stop());
        Polling named = poll().pollerName("inbox");
        Polling.Every often = named.every(1);

        assertThat(lines).doesNotContainNull();
        assertThat(often).isNotNull();
    }

    @Test
    void bodiesSigningAndResponses() {
        List<HttpRequestActionBuilder> lines = List.of(
                http("x")
                        .post("/x")
                        .formParam("n", 3)
                        .form("#{saved}")
                        .headers(Map.of(HttpHeaderNames.ACCEPT, "b"))
                        .requestTimeout(3)
                        .resources(http("y").get("/y")),
                http("x")
                        .post("/x")
                        .body(StringBody("#{x}"))
                        .processRequestBody(gzipBody)
                        .asJson(),
                http("x").post("/x").processRequestBody(Function.identity()));
        HttpProtocolBuilder protocol = http.sign(r -> r)
                .sign((r, s) -> r)
                .redirectNamingStrategy((uri, name, hop) -> name + "/" + hop)
                .transformResponse((r, s) -> r);

        assertThat(lines).doesNotContainNull();
        assertThat(List.of(protocol, header(s -> HttpHeaderNames.ETAG).exists()))
                .doesNotContainNull();
    }

    @Test
    void typesAnAuthorMayName() {
        RequestActionBuilder<?> request = http("x").get("/x");
        RequestWithBodyActionBuilder<?> withBody = http("x").post("/x");

        assertThat(List.of(request, withBody)).doesNotContainNull();
    }

    /** The long set-up of the specification, as far as its words exist. */
    static final class WholeSetUp extends Simulation {
        private final ScenarioBuilder s1 = scenario("one").exec(http("x").get("/x"));
        private final ScenarioBuilder s2 =
                scenario("two").exec(group("cart").on(http("add").get("/add")));

        {
            setUp(s1.injectOpen(atOnceUsers(1))
                            .protocols(http.baseUrl("https://shop.test"))
                            .andThen(s2.injectClosed(constantConcurrentUsers(2).during(5))
                                    .protocols(List.of(http))))
                    .protocols(http.baseUrl("https://shop.test"))
                    .uniformPauses(10)
                    .throttle(reachRps(50).in(5), jumpToRps(20), holdFor(60))
                    .maxDuration(90)
                    .seed(42L)
                    .warmUp(5)
                    .failOnUntrusted()
                    .assertions(
                            global().allRequests().count().is(5L),
                            global().failedRequests().percent().lt(1.5),
                            forAll().requestsPerSec().gte(40.0),
                            global().responseTime().percentile3().lt(800),
                            global().responseTime().p999().lte(Duration.ofMillis(900)),
                            global().startDelay().p99().lt(10),
                            details("cart", "add").serviceTime().max().in(Set.of(1, 2)),
                            global().responseTime().mean().deviatesAround(80, 0.1));
        }
    }

    @Test
    void populations() {
        assertThat(scenario("s")
                        .exec(a)
                        .injectClosed(incrementConcurrentUsers(5)
                                .times(3)
                                .eachLevelLasting(10)
                                .startingFrom(1)
                                .separatedByRampsLasting(2))
                        .maxUsers(20)
                        .noShard())
                .isNotNull();
    }

    @Test
    void setUps() {
        assertThat(new WholeSetUp()).isInstanceOf(Simulation.class);
    }
}
