package dev.onrush.words;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.onrush.core.DefinitionException;
import dev.onrush.http.Proxy;
import dev.onrush.testkit.ForwardProxy;
import dev.onrush.testkit.TestCertificates;
import dev.onrush.testkit.TruthResponse;

/** Proxies as they are asked, and what comes of it when they do not lead on. */
@Timeout(30)
class ProxyWordsTest {
    private static Proxy of(ForwardProxy proxy) {
        return Proxy("127.0.0.1", proxy.port());
    }

    private static Proxy of(ForwardProxy proxy, String kind) {
        return switch (kind) {
            case "http" -> of(proxy).http();
            case "https" -> of(proxy).https();
            case "socks4" -> of(proxy).socks4();
            default -> of(proxy).socks5();
        };
    }

    private static Target secured() {
        return Target.answering(
                setup -> setup.tls(TestCertificates.server(TestCertificates.Kind.SELF_SIGNED)),
                request -> TruthResponse.ok("ok"));
    }

    @Test
    void anHttpProxyGetsTheWholeUrlAndKeepsItsConnection() {
        try (Target target = Target.start();
                ForwardProxy proxy = ForwardProxy.start().name("shop.test", "127.0.0.1")) {
            String url = "http://shop.test:" + target.server.port();
            Trial trial = Trial.of(
                    http.baseUrl(url).proxy(of(proxy)),
                    http("a").get("/a?b=c"),
                    http("b").post("/b").body(StringBody("hello")));

            assertThat(trial.failures()).isEmpty();
            assertThat(proxy.asked()).containsExactly("GET " + url + "/a?b=c", "POST " + url + "/b");
            assertThat(proxy.heads().get(0)).contains("\r\nHost: shop.test:" + target.server.port() + "\r\n");
            assertThat(target.lines()).containsExactly("GET /a?b=c", "POST /b");
            assertThat(target.bodies()).containsExactly("", "hello");
            assertThat(target.server.connectionsAccepted()).isEqualTo(1);
        }
    }

    @Test
    void anHttpProxyIsAskedToConnectToATargetUnderTls() {
        try (Target target = secured();
                ForwardProxy proxy = ForwardProxy.start()) {
            Trial trial = Trial.of(
                    http.baseUrl(target.url())
                            .trustAllCertificates()
                            .proxy(of(proxy)
                                    .connectHeader("X-One", "#{missing.isUndefined()}")
                                    .connectHeaders(Map.of("X-Two", "2"))),
                    repeat(2).on(http("x").get("/x")));

            assertThat(trial.failures()).isEmpty();
            assertThat(proxy.asked()).containsExactly("CONNECT 127.0.0.1:" + target.server.port());
            assertThat(proxy.heads().get(0)).contains("\r\nX-One: true\r\nX-Two: 2\r\n");
            assertThat(target.targets()).containsExactly("/x", "/x");
            assertThat(target.header("X-Two")).containsOnly("-");
        }
    }

    @Test
    void anHttpProxyIsNotSpokenToInHttp2WhateverItsTargetSpeaks() {
        try (Target target = Target.start();
                ForwardProxy proxy = ForwardProxy.start()) {
            Trial trial = Trial.of(
                    http.baseUrl(target.url())
                            .proxy(of(proxy))
                            .enableHttp2()
                            .http2PriorKnowledge(Map.of("127.0.0.1", true)),
                    repeat(2).on(http("x").get("/x")));

            assertThat(trial.failures()).isEmpty();
            assertThat(proxy.asked()).containsExactly("GET " + target.url("/x"), "GET " + target.url("/x"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"socks4", "socks5"})
    void aSocksProxyLeadsToTargetsInClearAndUnderTls(String kind) {
        try (Target plain = Target.start();
                Target secured = secured();
                ForwardProxy proxy = ForwardProxy.start()) {
            Trial trial = Trial.of(
                    http.proxy(of(proxy, kind)).trustAllCertificates(),
                    http("plain").get(plain.url("/a")),
                    http("again").get(plain.url("/b")),
                    http("secured").get(secured.url("/c")));

            assertThat(trial.failures()).isEmpty();
            String asked = kind.toUpperCase(java.util.Locale.ROOT) + " 127.0.0.1:";
            assertThat(proxy.asked()).containsExactly(asked + plain.server.port(), asked + secured.server.port());
            assertThat(plain.targets()).containsExactly("/a", "/b");
            assertThat(secured.targets()).containsExactly("/c");
        }
    }

    @Test
    void socks5LooksNamesUpAndSocks4IsToldTheAddress() {
        try (Target target = Target.start();
                ForwardProxy proxy = ForwardProxy.start().name("shop.test", "127.0.0.1")) {
            String url = "http://shop.test:" + target.server.port() + "/";
            Trial five = Trial.of(http.proxy(of(proxy).socks5()), http("x").get(url));
            Trial four = Trial.of(
                    http.proxy(of(proxy).socks4()).hostNameAliases(Map.of("shop.test", List.of("127.0.0.1"))),
                    http("x").get(url));

            assertThat(five.failures()).isEmpty();
            assertThat(four.failures()).isEmpty();
            assertThat(proxy.asked())
                    .containsExactly(
                            "SOCKS5 shop.test:" + target.server.port(), "SOCKS4 127.0.0.1:" + target.server.port());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "socks4", "socks5"})
    void credentialsGoAlongAndWrongOnesAreAClassOfTheirOwn(String kind) {
        try (Target target = secured();
                ForwardProxy proxy = ForwardProxy.start().credentials("ann", "secret")) {
            Proxy asked = of(proxy, kind);
            Trial right = Trial.of(
                    http.baseUrl(target.url())
                            .trustAllCertificates()
                            .proxy(asked.credentials("#{user}", s -> "secret")),
                    exec(session -> session.set("user", "ann")),
                    http("x").get("/x"));
            Trial wrong = Trial.of(
                    http.baseUrl(target.url()).trustAllCertificates().proxy(asked.credentials("bob", "secret")),
                    http("x").get("/x"));

            assertThat(right.failures()).isEmpty();
            assertThat(wrong.requests).extracting(Trial.Request::errorClass).containsExactly("proxy.auth");
            assertThat(wrong.log).doesNotContain("secret");
            assertThat(target.came).hasSize(1);
        }
    }

    @Test
    void anHttpProxyGetsCredentialsWithRequestsInClear() {
        try (Target target = Target.start();
                ForwardProxy proxy = ForwardProxy.start().credentials("ann", "secret")) {
            Trial right = Trial.of(
                    http.baseUrl(target.url()).proxy(of(proxy).credentials("ann", "secret")),
                    http("x").get("/x"));
            Trial none = Trial.of(
                    http.baseUrl(target.url()).proxy(of(proxy)), http("x").get("/x"));

            assertThat(right.failures()).isEmpty();
            assertThat(target.header("Proxy-Authorization")).containsExactly("-");
            assertThat(none.requests).extracting(Trial.Request::status).containsExactly(407);
        }
    }

    @Test
    void theRequestsOwnProxyWinsAndSomeHostsAreReachedStraight() {
        try (Target target = Target.start();
                ForwardProxy all = ForwardProxy.start();
                ForwardProxy own = ForwardProxy.start()) {
            String byName = "http://localhost:" + target.server.port();
            Trial trial = Trial.of(
                    http.baseUrl(target.url()).proxy(of(all)).noProxyFor("LOCALHOST", "other.test"),
                    http("all").get("/a"),
                    http("own").get("/b").proxy(of(own)),
                    http("straight").get(byName + "/c"),
                    http("straight, too").get(byName + "/d").proxy(of(own)));

            assertThat(trial.failures()).isEmpty();
            assertThat(all.asked()).containsExactly("GET " + target.url("/a"));
            assertThat(own.asked()).containsExactly("GET " + target.url("/b"));
            assertThat(target.targets()).containsExactly("/a", "/b", "/c", "/d");
            assertThat(target.came).extracting(request -> request.connection()).containsExactly(0L, 1L, 2L, 2L);
        }
    }

    @Test
    void usersOfASharedPoolKeepConnectionsByProxyApart() {
        try (Target target = Target.start();
                ForwardProxy proxy = ForwardProxy.start()) {
            Trial trial = Trial.of(
                    http.baseUrl(target.url()).shareConnections(),
                    http("straight").get("/a"),
                    http("by").get("/b").proxy(of(proxy)),
                    http("straight").get("/c"),
                    http("by").get("/d").proxy(of(proxy)));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.came).extracting(request -> request.connection()).containsExactly(0L, 1L, 0L, 1L);
        }
    }

    @Test
    void redirectsGoByTheProxyToo() {
        try (Target target = Target.answering(request -> request.path().equals("/from")
                        ? TruthResponse.status(302).header("Location", "/to")
                        : TruthResponse.ok("ok"));
                ForwardProxy proxy = ForwardProxy.start()) {
            Trial trial = Trial.of(
                    http.baseUrl(target.url()).proxy(of(proxy)), http("x").get("/from"));

            assertThat(trial.failures()).isEmpty();
            assertThat(proxy.asked()).containsExactly("GET " + target.url("/from"), "GET " + target.url("/to"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http, HTTP/1.1 403 No|, proxy.refused",
        "http, HTTP/1.1 407 No|, proxy.auth",
        "http, what do you want|, proxy.protocol",
        "http, HTTP/1.1 200 OK|too much, proxy.protocol",
        "http, HTTP/1.1 2, proxy.refused",
        "socks4, ABCDEFGH, proxy.protocol",
        "socks5, ABCDEFGH, proxy.protocol",
        "socks5, '', proxy.refused"
    })
    void whatAProxySaysInsteadOfLeadingOnHasItsClass(String kind, String answer, String errorClass) {
        try (ForwardProxy proxy = ForwardProxy.start().answering(answer.replace("|", "\r\n\r\n"))) {
            Trial trial = Trial.of(http.proxy(of(proxy, kind)), http("x").get("https://127.0.0.1:1/"));

            assertThat(trial.requests).extracting(Trial.Request::errorClass).containsExactly(errorClass);
        }
    }

    @Test
    void aProxyThatIsSilentOrGoneOrCannotConnectHasItsClass() throws IOException {
        int closed;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = gone.getLocalPort();
        }
        try (ForwardProxy silent = ForwardProxy.start().silent();
                ForwardProxy working = ForwardProxy.start()) {
            UnaryOperator<Proxy> five = Proxy::socks5;
            Trial trial = Trial.of(
                    http.connectTimeout(Duration.ofMillis(100)),
                    http("silent").get("https://127.0.0.1:1/").proxy(of(silent)),
                    http("gone").get("https://127.0.0.1:1/").proxy(Proxy("127.0.0.1", closed)),
                    http("502").get("https://127.0.0.1:" + closed + "/").proxy(of(working)),
                    http("5").get("https://127.0.0.1:" + closed + "/").proxy(five.apply(of(working))),
                    http("91")
                            .get("https://127.0.0.1:" + closed + "/")
                            .proxy(of(working).socks4()));

            assertThat(trial.requests)
                    .extracting(Trial.Request::errorClass)
                    .containsExactly(
                            "proxy.timeout", "connect.refused", "proxy.refused", "proxy.refused", "proxy.refused");
            assertThat(trial.requests.get(1).message())
                    .isEqualTo("proxy http://127.0.0.1:" + closed + " refused the connection");
            assertThat(trial.requests.get(3).message())
                    .isEqualTo("proxy socks5://127.0.0.1:" + working.port() + " does not lead to https://127.0.0.1:"
                            + closed + ": connection refused");
        }
    }

    @ParameterizedTest
    @CsvSource({
        // What the proxy looks up must be allowed by its name, whatever it leads to
        "http, http://shop.test, 'shop.test,127.0.0.1', ''",
        "http, http://evil.test, 'shop.test,127.0.0.1', brake.target_denied",
        "https, http://evil.test, 'shop.test,127.0.0.1', brake.target_denied",
        "https, https://evil.test, 'shop.test,127.0.0.1', brake.target_denied",
        "socks5, http://evil.test, 'shop.test,127.0.0.1', brake.target_denied",
        "socks5, https://evil.test, 'shop.test,127.0.0.1', brake.target_denied",
        "socks4, http://evil.test, 'shop.test,127.0.0.1', brake.target_denied",
        "socks5, http://2130706434, 'shop.test,127.0.0.0/8', brake.target_denied",
        "socks5, http://127.0.0.1, '127.0.0.1', ''",
        "socks5, http://127.0.0.2, '127.0.0.1', brake.target_denied",
        // The proxy must be allowed, too
        "http, http://shop.test, shop.test, brake.target_denied"
    })
    void allowedTargetsHoldBehindAProxy(String kind, String host, String allowed, String errorClass) {
        try (Target target = Target.start();
                ForwardProxy proxy =
                        ForwardProxy.start().name("shop.test", "127.0.0.1").name("evil.test", "127.0.0.1")) {
            Trial trial = Trial.of(simulation -> simulation
                    .setUp(scenario("s")
                            .exec(http("x").get(host + ":" + target.server.port() + "/"))
                            .injectOpen(atOnceUsers(1)))
                    .protocols(http.proxy(of(proxy, kind)).hostNameAliases(Map.of("evil.test", List.of("127.0.0.2"))))
                    .allowTargets(allowed.split(",", -1)));

            assertThat(trial.requests).extracting(Trial.Request::errorClass).containsExactly(errorClass);
            assertThat(proxy.asked()).hasSize(errorClass.isEmpty() ? 1 : 0);
            assertThat(target.came).hasSize(errorClass.isEmpty() ? 1 : 0);
        }
    }

    /** Keeps the first lines of its connections, then leads on to another server. */
    static final class LineKeeper implements AutoCloseable {
        final List<String> lines = new CopyOnWriteArrayList<>();
        final ServerSocket listener;
        final int targetPort;

        LineKeeper(int targetPort) throws IOException {
            this.targetPort = targetPort;
            listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
            start(this::accept);
        }

        static void start(Runnable task) {
            Thread thread = new Thread(task, "line-keeper");
            thread.setDaemon(true);
            thread.start();
        }

        private void accept() {
            while (!listener.isClosed()) {
                try {
                    Socket client = listener.accept();
                    StringBuilder line = new StringBuilder();
                    while (line.indexOf("\r\n") < 0) {
                        line.append((char) client.getInputStream().read());
                    }
                    lines.add(line.toString().strip() + " from " + client.getPort());
                    Socket target = new Socket(InetAddress.getByName("127.0.0.1"), targetPort);
                    start(() -> pump(client, target));
                    start(() -> pump(target, client));
                } catch (IOException e) {
                    // It is being closed.
                }
            }
        }

        private static void pump(Socket from, Socket to) {
            try (from;
                    to) {
                from.getInputStream().transferTo(to.getOutputStream());
            } catch (IOException e) {
                // One of the two has left.
            }
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theTargetIsToldTheClientsAddressOncePerConnection(boolean isSecured) throws IOException {
        try (Target target = isSecured ? secured() : Target.start();
                LineKeeper keeper = new LineKeeper(target.server.port())) {
            int port = keeper.listener.getLocalPort();
            Trial trial = Trial.of(
                    http.baseUrl((isSecured ? "https" : "http") + "://127.0.0.1:" + port)
                            .trustAllCertificates()
                            .proxyProtocolSourceIpV4Address("192.0.2.#{n}"),
                    exec(session -> session.set("n", 7)),
                    http("a").get("/a"),
                    http("b").get("/b"),
                    exec(session -> session.set("n", 8)),
                    http("c").get("/c"),
                    exec(session -> session.set("n", "x")),
                    http("d").get("/d"));

            assertThat(trial.requests)
                    .extracting(Trial.Request::errorClass)
                    .containsExactly("", "", "", "user.exception");
            assertThat(trial.requests.get(3).message())
                    .isEqualTo("\"192.0.2.x\" is no IPv4 address for the PROXY protocol");
            assertThat(target.targets()).containsExactly("/a", "/b", "/c");
            assertThat(keeper.lines).hasSize(2);
            assertThat(keeper.lines.get(0))
                    .matches("PROXY TCP4 192[.]0[.]2[.]7 127[.]0[.]0[.]1 ([0-9]+) " + port + " from \\1");
            assertThat(keeper.lines.get(1)).startsWith("PROXY TCP4 192.0.2.8 127.0.0.1 ");
        }
    }

    @Test
    void aTargetOfTheOtherIpVersionIsToldThatNothingIsKnown() throws IOException {
        try (Target target = Target.start();
                LineKeeper keeper = new LineKeeper(target.server.port())) {
            Trial trial = Trial.of(
                    http.baseUrl("http://127.0.0.1:" + keeper.listener.getLocalPort())
                            .proxyProtocolSourceIpV6Address("2001:db8::7"),
                    http("a").get("/a"));

            assertThat(trial.failures()).isEmpty();
            assertThat(keeper.lines).allMatch(line -> line.startsWith("PROXY UNKNOWN from "));
        }
    }

    @Test
    void wrongArgumentsAreRefusedAtTheirCall() {
        assertThatThrownBy(() -> Proxy("http://gate", 3128))
                .isInstanceOf(DefinitionException.class)
                .hasMessage("Proxy: host \"http://gate\" is no host name. Give host and port alone.");
        assertThatThrownBy(() -> Proxy("gate:3128", 3128))
                .isInstanceOf(DefinitionException.class)
                .hasMessage("Proxy: host \"gate:3128\" is no host name. Give host and port alone.");
        assertThatThrownBy(() -> Proxy("", 3128)).hasMessageStartingWith("Proxy: host must not be ");
        assertThatThrownBy(() -> Proxy("gate", 3128).connectHeader("X One", "1"))
                .isInstanceOf(DefinitionException.class)
                .hasMessageContaining("X One");
        assertThatThrownBy(() -> http.proxy(null)).hasMessage("proxy must not be null.");
        assertThatThrownBy(() -> http.noProxyFor("http://shop.test"))
                .isInstanceOf(DefinitionException.class)
                .hasMessage("noProxyFor: \"http://shop.test\" is no host name. Give the host alone, as in shop.test.");
        assertThatThrownBy(() -> http.noProxyFor("shop.test:80"))
                .hasMessage("noProxyFor: \"shop.test:80\" is no host name. Give the host alone, as in shop.test.");
        assertThatThrownBy(() -> http.noProxyFor("#{host}"))
                .hasMessage("noProxyFor: \"#{host}\" is fixed: #{ has no effect in it.");
        assertThatThrownBy(() -> Proxy("gate", 0))
                .isInstanceOf(DefinitionException.class)
                .hasMessage("Proxy: port must be from 1 to 65535, was 0.");
        assertThatThrownBy(() -> Proxy("#{gate}", 1))
                .isInstanceOf(DefinitionException.class)
                .hasMessage("Proxy: host \"#{gate}\" is fixed: #{ has no effect in it.");
        assertThatThrownBy(() -> http.proxyProtocolSourceIpV4Address("::1"))
                .isInstanceOf(DefinitionException.class)
                .hasMessage("proxyProtocolSourceIpV4Address: \"::1\" is no IPv4 address.");
        assertThatThrownBy(() -> http.proxyProtocolSourceIpV6Address("192.0.2.1"))
                .isInstanceOf(DefinitionException.class)
                .hasMessage("proxyProtocolSourceIpV6Address: \"192.0.2.1\" is no IPv6 address.");
        assertThatThrownBy(() -> http.noProxyFor())
                .isInstanceOf(DefinitionException.class)
                .hasMessage("noProxyFor: at least one is needed, none was given.");
    }
}
