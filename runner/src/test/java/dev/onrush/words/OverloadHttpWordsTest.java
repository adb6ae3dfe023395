package dev.onrush.words;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.onrush.dsl.Assertion;
import dev.onrush.http.HttpProtocolBuilder;
import dev.onrush.http.Proxy;
import dev.onrush.testkit.ForwardProxy;
import dev.onrush.testkit.TruthResponse;

/** The ways to say something of a protocol or of the whole run that no test of its subject uses. */
@Timeout(30)
class OverloadHttpWordsTest {
    private static Trial run(HttpProtocolBuilder protocol) {
        Trial trial = Trial.of(protocol, http("x").get("/x"));

        assertThat(trial.failures()).isEmpty();
        return trial;
    }

    @Test
    void credentialsAndSignaturesFromSession() {
        try (Target target = Target.start()) {
            HttpProtocolBuilder shop = http.baseUrl(target.url());
            run(shop.signWithOAuth1(s -> "k1", s -> "c", s -> "t", s -> "ts"));
            run(shop.signWithOAuth1(s -> "k2", s -> "c", s -> "t", s -> "ts", true));
            run(shop.signWithOAuth1("k3", "c", "t", "ts"));
            run(shop.signWithOAuth1("k4", "c", "t", "ts", true));
            run(shop.signWithOAuth1("k5", "c", "t", "ts", false));

            assertThat(target.header("Authorization").stream()
                            .map(header -> header.replaceAll(".*oauth_consumer_key=\"(\\w+)\".*", "$1")))
                    .containsExactly("k1", "k2", "k3", "k4", "-");
            assertThat(target.targets().get(4)).contains("oauth_consumer_key=k5");
        }
    }

    @Test
    void digestsFromSession() {
        try (Target target = Target.answering(request -> request.header("Authorization")
                        .filter(header -> header.startsWith("Digest username=\"ann\""))
                        .isPresent()
                ? TruthResponse.ok("in")
                : TruthResponse.status(401)
                        .header("WWW-Authenticate", "Digest realm=\"shop\", nonce=\"n\", qop=\"auth\""))) {
            HttpProtocolBuilder shop = http.baseUrl(target.url());
            run(shop.digestAuth(s -> "ann", s -> "pw"));
            run(shop.digestAuth(s -> "ann", "pw"));
            run(shop.digestAuth("ann", "pw"));
            Trial own = Trial.of(shop, http("x").get("/").digestAuth("ann", s -> "pw"));

            assertThat(own.failures()).isEmpty();
            assertThat(target.came).hasSize(2 * 4);
        }
    }

    @Test
    void proxiesOfASession() throws IOException {
        try (Target target = Target.start();
                ProxyWordsTest.LineKeeper lines = new ProxyWordsTest.LineKeeper(target.server.port());
                ForwardProxy asked = ForwardProxy.start().credentials("ann", "secret")) {
            Proxy proxy = Proxy("127.0.0.1", asked.port()).connectHeader("X-A", s -> "a");
            HttpProtocolBuilder shop = http.baseUrl(target.url()).noProxyFor(List.of("other.test"));
            run(shop.proxy(proxy.credentials(s -> "ann", s -> "secret")));
            run(shop.proxy(proxy.credentials(s -> "ann", "secret")));
            run(shop.proxy(proxy.credentials("ann", s -> "secret")));
            run(http.baseUrl("http://127.0.0.1:" + lines.listener.getLocalPort())
                    .proxyProtocolSourceIpV4Address(s -> "192.0.2." + s.userId())
                    .proxyProtocolSourceIpV6Address(s -> "2001:db8::1"));

            assertThat(asked.asked()).hasSize(3).containsOnly("GET " + target.url("/x"));
            assertThat(lines.lines).singleElement().asString().startsWith("PROXY TCP4 192.0.2.1 ");
        }
    }

    @Test
    void limitsChecksAndResources() {
        try (Target target = Target.start()) {
            HttpProtocolBuilder shop = http.baseUrl(target.url())
                    .pooledConnectionIdleTimeout(60)
                    .tlsHandshakeTimeout(10)
                    .connectTimeout(10)
                    .asyncNameResolution(List.of("127.0.0.1"))
                    .checkIf((response, session) -> response.status().code() == 200)
                    .then(bodyString().shouldBe(session -> "ok"));
            Trial trial = Trial.of(simulation -> simulation
                    .setUp(scenario("s")
                            .exec(
                                    http("page")
                                            .get("/")
                                            .resources(List.of(http("a").get("/a"))),
                                    httpConcurrentRequests(List.of(http("b").get("/b"))),
                                    dummy("dummy", session -> 1),
                                    addCookie(Cookie("k", "v")),
                                    getCookieValue(CookieKey("k").withDomain(session -> "127.0.0.1")))
                            .injectOpen(atOnceUsers(1))
                            .protocols(List.of(shop))
                            .uniformPauses(Duration.ofMillis(1)))
                    .throttle(List.of(reachRps(1000).during(Duration.ofMillis(1)), holdFor(20))));

            assertThat(trial.failures()).isEmpty();
            assertThat(trial.stepFailures).isEmpty();
            assertThat(trial.paths()).containsExactly("page", "a", "b", "dummy");
        }
    }

    @Test
    void closedProfilesInSeconds() {
        try (Target target = Target.start()) {
            Trial trial = Trial.of(simulation -> simulation
                    .setUp(
                            scenario("ramp")
                                    .exec(http("ramp").get("/"), pause(9))
                                    .injectClosed(rampConcurrentUsers(0).to(10).during(1)),
                            scenario("stairs")
                                    .exec(http("stairs").get("/"), pause(9))
                                    .injectClosed(incrementConcurrentUsers(10)
                                            .times(2)
                                            .eachLevelLasting(1)
                                            .separatedByRampsLasting(1)),
                            scenario("level")
                                    .exec(http("level").get("/"), pause(9))
                                    .injectClosed(constantConcurrentUsers(2).during(1)))
                    .protocols(http.baseUrl(target.url()))
                    .maxDuration(Duration.ofMillis(480)));

            assertThat(trial.paths().stream().filter("ramp"::equals).count()).isEqualTo(4); // at 0.1 s, 0.2 s …
            assertThat(trial.paths().stream().filter("stairs"::equals).count()).isEqualTo(4);
            assertThat(trial.paths().stream().filter("level"::equals).count()).isEqualTo(2);
        }
    }

    @Test
    void conditionsOfAssertions() {
        Duration most = Duration.ofSeconds(60);
        Duration half = Duration.ofSeconds(30);
        Assertion.WithPathAndTimeTarget time = global().responseTime().max();
        Assertion.WithPathAndTimeTarget exact = details("ten").serviceTime().max();
        Duration ten = Duration.ofMillis(10);
        Assertion.WithPathAndTarget<Long> count = global().allRequests().count();
        List<Assertion> hold = List.of(
                time.lt(most),
                time.lte(most),
                time.gt(Duration.ZERO),
                time.gte(Duration.ZERO),
                time.between(Duration.ZERO, most),
                time.between(Duration.ZERO, most, false),
                time.between(0, 60_000, false),
                time.around(half, half),
                time.around(half, half, false),
                time.around(30_000, 30_000, false),
                time.deviatesAround(half, 1),
                time.deviatesAround(half, 1, false),
                time.deviatesAround(30_000, 1, false),
                exact.is(ten),
                exact.shouldBe(ten),
                exact.in(Duration.ZERO, ten),
                exact.within(Duration.ZERO, ten),
                exact.is(10),
                exact.in(9, 10),
                exact.in(Set.of(10)),
                exact.within(Set.of(10, 11)),
                exact.between(ten, ten),
                exact.around(ten, Duration.ZERO),
                exact.deviatesAround(ten, 0),
                count.in(2L, 3L),
                count.within(2L, 3L),
                count.within(Set.of(2L)));
        List<Assertion> fail = List.of(
                exact.lt(ten),
                exact.gt(ten),
                exact.between(ten, ten, false),
                exact.around(ten, Duration.ZERO, false),
                exact.deviatesAround(ten, 0, false),
                exact.in(Set.of(9, 11)),
                count.in(Set.of(1L, 3L)));
        try (Target target = Target.start()) {
            Trial trial = Trial.of(simulation -> simulation
                    .setUp(scenario("s")
                            .exec(http("x").get("/"), dummy("ten", 10))
                            .injectOpen(atOnceUsers(1)))
                    .protocols(http.baseUrl(target.url()))
                    .assertions(hold)
                    .assertions(fail));

            assertThat(trial.result.exitCode()).isEqualTo(2);
            assertThat(trial.result.assertions().subList(0, hold.size()))
                    .allSatisfy(held ->
                            assertThat(held.passed()).as(held.toString()).isTrue());
            assertThat(trial.result.assertions().subList(hold.size(), hold.size() + fail.size()))
                    .allSatisfy(failed ->
                            assertThat(failed.passed()).as(failed.toString()).isFalse());
        }
    }
}
