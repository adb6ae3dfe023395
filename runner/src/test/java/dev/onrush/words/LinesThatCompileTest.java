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

import org.junit.jupiter.api.Test;

import dev.onrush.dsl.ActionBuilder;
import dev.onrush.dsl.ChainBuilder;
import dev.onrush.dsl.CheckBuilder;
import dev.onrush.dsl.Executable;
import dev.onrush.dsl.ScenarioBuilder;
import dev.onrush.dsl.Simulation;
import dev.onrush.http.AddCookie;
import dev.onrush.http.GetCookie;
import dev.onrush.http.Http;
import dev.onrush.http.HttpProtocolBuilder;
import dev.onrush.http.HttpRequestActionBuilder;
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
    void checks() {
        HttpRequestActionBuilder request = http("x")
                .get("/x")
                .check(
                        status().is(200),
                        substring("ok"),
                        regex("a(b)(c)").captureGroups(2).is(List.of("b", "c")));
        List<CheckBuilder> lines = List.of(
                status().in(200, 204),
                status().in(List.of(200, 204)),
                status().within(s -> List.of(200)),
                status().is(s -> s.getInt("code")),
                status(),
                bodyString().is(StringBody("n=#{n}")),
                jsonPath("$.n").ofInt().lt(100),
                header("ETag").exists(),
                header(s -> "ETag").exists(),
                header(new StringBuilder("ETag")).findAll().saveAs("tags"));

        assertThat(request.check(lines)).isNotNull();
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
        List<ActionBuilder> lines =
                List.of(addCookie(added), getCookieValue(wanted), flushSessionCookies(), flushCookieJar());

        assertThat(lines).doesNotContainNull();
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
            setUp(
                            s1.injectOpen(atOnceUsers(1)).protocols(http.baseUrl("https://shop.test")),
                            s2.injectClosed(constantConcurrentUsers(2).during(5))
                                    .protocols(List.of(http)))
                    .protocols(http.baseUrl("https://shop.test"))
                    .uniformPauses(10)
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
    void setUps() {
        assertThat(new WholeSetUp()).isInstanceOf(Simulation.class);
    }
}
