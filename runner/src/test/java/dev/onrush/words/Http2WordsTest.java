package dev.onrush.words;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.onrush.core.DefinitionException;
import dev.onrush.dsl.ChainBuilder;
import dev.onrush.http.HttpProtocolBuilder;
import dev.onrush.http.Proxy;
import dev.onrush.testkit.ForwardProxy;
import dev.onrush.testkit.Nghttpd;
import dev.onrush.testkit.Nginx;
import dev.onrush.testkit.TestCertificates;

/** HTTP/2 against nginx: by ALPN, and in clear where the author knows. */
@Timeout(60)
class Http2WordsTest {
    private static final String SAYS = "location / { return 200 \"$server_protocol $request_method $request_uri"
            + " $host $connection_requests $http_cookie\"; }";

    @TempDir
    Path folder;

    private Nginx nginx(String listen, String server) {
        assumeTrue(
                Nginx.missing().isEmpty(), () -> "skipped: " + Nginx.missing().orElse(""));
        return Nginx.start(folder, listen, server);
    }

    private static HttpProtocolBuilder secured(Nginx nginx) {
        return http.baseUrl("https://127.0.0.1:" + nginx.port())
                .trustAllCertificates()
                .requestTimeout(5);
    }

    @Test
    void itIsSpokenUnderTlsIfToldToAndOffered() {
        try (Nginx nginx = nginx("ssl http2", SAYS)) {
            Trial trial = Trial.of(
                    secured(nginx).enableHttp2(),
                    exec(addCookie(Cookie("k", "v"))),
                    http("a")
                            .get("/a?b=c")
                            .header("Connection", "keep-alive")
                            .check(bodyString().is("HTTP/2.0 GET /a?b=c 127.0.0.1 1 k=v")),
                    http("b")
                            .post("/b")
                            .body(StringBody("hello"))
                            .check(bodyString().is("HTTP/2.0 POST /b 127.0.0.1 2 k=v")));
            Trial untold = Trial.of(secured(nginx), http("c").get("/c").check(substring("HTTP/1.1 GET /c")));
            Trial refused = Trial.of(
                    secured(nginx).enableHttp2().http2PriorKnowledge(Map.of("127.0.0.1:" + nginx.port(), false)),
                    http("d").get("/d").check(substring("HTTP/1.1 GET /d")));

            assertThat(trial.failures()).isEmpty();
            assertThat(untold.failures()).isEmpty();
            assertThat(refused.failures()).isEmpty();
        }
    }

    @Test
    void aTargetThatDoesNotOfferItIsSpokenToInHttp1() {
        try (Nginx nginx = nginx("ssl", SAYS)) {
            Trial trial = Trial.of(
                    secured(nginx).enableHttp2(),
                    3,
                    repeat(3).on(http("x").get("/x").check(substring("HTTP/1.1 GET /x"))));

            assertThat(trial.failures()).isEmpty();
        }
    }

    @Test
    void transformersAndConditionsSeeWhichOfTheTwoItWas() {
        try (Nginx nginx = nginx("ssl http2", SAYS)) {
            List<Boolean> seen = new CopyOnWriteArrayList<>();
            HttpProtocolBuilder protocol = secured(nginx).transformResponse((response, session) -> {
                seen.add(response.isHttp2());
                return response;
            });
            ChainBuilder chain = exec(http("x")
                    .get("/x")
                    .checkIf((response, session) -> response.isHttp2())
                    .then(substring("HTTP/2.0"))
                    .checkIf((response, session) -> !response.isHttp2())
                    .then(substring("HTTP/1.1")));
            Trial two = Trial.of(protocol.enableHttp2(), chain);
            Trial one = Trial.of(protocol, chain);

            assertThat(two.failures()).isEmpty();
            assertThat(one.failures()).isEmpty();
            assertThat(seen).containsExactly(true, false);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void itIsSpokenInClearWhereTheAuthorKnows(boolean isPortSaid) {
        try (Nginx nginx = nginx("http2", SAYS)) {
            Trial trial = Trial.of(
                    http.baseUrl("http://127.0.0.1:" + nginx.port())
                            .http2PriorKnowledge(
                                    isPortSaid
                                            ? Map.of("127.0.0.1:" + nginx.port(), true, "127.0.0.1", false)
                                            : Map.of("127.0.0.1", true)),
                    repeat(3).on(http("x").get("/x").check(substring("HTTP/2.0 GET /x"))));

            assertThat(trial.failures()).isEmpty();
        }
    }

    @Test
    void largeBodiesGoBothWaysAndChecksReadThem() throws IOException {
        Files.write(folder.resolve("large"), new byte[3_000_000]);
        try (Nginx nginx = nginx(
                "ssl http2",
                SAYS + "client_max_body_size 10m; location = /large { root " + folder + "; }"
                        + "location = /up { proxy_pass http://127.0.0.1:1/; error_page 502 =200 /; }")) {
            Trial trial = Trial.of(
                    secured(nginx).enableHttp2(),
                    http("down")
                            .get("/large")
                            .check(bodyString().transform(String::length).is(3_000_000)),
                    http("passed by").get("/large"),
                    http("up")
                            .post("/up")
                            .body(StringBody("x".repeat(2_000_000)))
                            .check(substring("HTTP/2.0")));

            assertThat(trial.failures()).isEmpty();
            assertThat(trial.requests.get(0).bytesReceived()).isGreaterThan(3_000_000);
        }
    }

    @Test
    void usersOfASharedPoolShareOneConnection() {
        try (Nginx nginx = nginx("ssl http2", SAYS)) {
            Trial trial = Trial.of(
                    secured(nginx).enableHttp2().shareConnections(),
                    10,
                    repeat(5)
                            .on(http("x")
                                    .get("/x")
                                    .check(regex("127.0.0.1 (\\d+)").saveAs("count"))),
                    http("last").get("/last"));

            assertThat(trial.failures()).isEmpty();
            assertThat(trial.requests).hasSize(60);
        }
    }

    @Test
    void answersBelongToTheirRequests() {
        try (Nginx nginx = nginx("ssl http2", SAYS + "keepalive_requests 10000;")) {
            Trial trial = Trial.of(
                    secured(nginx).enableHttp2().shareConnections(),
                    40,
                    exec(session -> session.set("id", session.userId())),
                    repeat(50, "i").on(http("x").get("/#{id}-#{i}").check(substring("GET /#{id}-#{i} "))));

            assertThat(trial.failures()).isEmpty();
            assertThat(trial.requests).hasSize(2000);
        }
    }

    @Test
    void aServerThatGoesAwayNowAndThenFailsNobody() {
        try (Nginx nginx = nginx("ssl http2", SAYS + "keepalive_requests 3;")) {
            Trial trial = Trial.of(
                    secured(nginx).enableHttp2(),
                    2,
                    repeat(10).on(http("x").get("/x").check(substring("HTTP/2.0"))));

            assertThat(trial.failures()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aProxyLeadsToIt(boolean isSecured) {
        try (Nginx nginx = nginx("ssl http2", SAYS + "client_max_body_size 10m;");
                ForwardProxy proxy = isSecured
                        ? ForwardProxy.start(TestCertificates.server(TestCertificates.Kind.SELF_SIGNED))
                        : ForwardProxy.start()) {
            Proxy plain = Proxy("127.0.0.1", proxy.port());
            Trial trial = Trial.of(
                    secured(nginx).enableHttp2().proxy(isSecured ? plain.https() : plain),
                    repeat(2)
                            .on(
                                    http("x").get("/x").check(substring("HTTP/2.0 GET /x")),
                                    http("y")
                                            .post("/y")
                                            .body(StringBody("y".repeat(300_000)))
                                            .check(substring("HTTP/2.0 POST /y"))));

            assertThat(trial.failures()).isEmpty();
            assertThat(proxy.asked()).containsExactly("CONNECT 127.0.0.1:" + nginx.port());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nghttpdIsUnderstoodToo(boolean isSecured) throws IOException {
        assumeTrue(
                Nghttpd.missing().isEmpty(),
                () -> "skipped: " + Nghttpd.missing().orElse(""));
        Files.writeString(folder.resolve("file.txt"), "hello");
        try (Nghttpd server = Nghttpd.start(folder, isSecured)) {
            Trial trial = Trial.of(
                    http.baseUrl((isSecured ? "https" : "http") + "://127.0.0.1:" + server.port())
                            .trustAllCertificates()
                            .disableCaching()
                            .requestTimeout(10)
                            .enableHttp2()
                            .http2PriorKnowledge(Map.of("127.0.0.1", true)),
                    3,
                    repeat(5)
                            .on(
                                    http("file")
                                            .get("/file.txt")
                                            .check(bodyString().is("hello")),
                                    http("echo")
                                            .post("/up")
                                            .body(StringBody("x".repeat(200_000)))
                                            .check(bodyString()
                                                    .transform(String::length)
                                                    .is(200_000)),
                                    http("none").get("/none").check(status().is(404))));

            assertThat(trial.failures()).isEmpty();
            assertThat(trial.requests).hasSize(45);
        }
    }

    @Test
    void wrongArgumentsAreRefusedAtTheirCall() {
        Map<String, Boolean> unsaid = new HashMap<>();
        unsaid.put("shop.test", null);
        assertThatThrownBy(() -> http.http2PriorKnowledge(unsaid))
                .isInstanceOf(DefinitionException.class)
                .hasMessage("http2PriorKnowledge: shop.test must not be null.");
        assertThatThrownBy(() -> http.http2PriorKnowledge(Map.of("https://shop.test", true)))
                .isInstanceOf(DefinitionException.class)
                .hasMessage("http2PriorKnowledge: \"https://shop.test\" is no host name."
                        + " Give the host alone, as in shop.test.");
        assertThatThrownBy(() -> http.http2PriorKnowledge(Map.of("shop.test:https", true)))
                .isInstanceOf(DefinitionException.class)
                .hasMessage("http2PriorKnowledge: \"shop.test:https\" has no valid port."
                        + " Write it as in shop.test:8443.");
    }
}
