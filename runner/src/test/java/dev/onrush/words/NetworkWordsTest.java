package dev.onrush.words;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.TrustManagerFactory;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.onrush.core.DefinitionException;
import dev.onrush.http.HttpProtocolBuilder;
import dev.onrush.testkit.DnsAnswer;
import dev.onrush.testkit.DnsServer;
import dev.onrush.testkit.TestCertificates;
import dev.onrush.testkit.TruthResponse;

/** Where connections begin, how names become addresses, what users show of themselves, and the request before the run. */
@Timeout(30)
class NetworkWordsTest {
    /** A real server that knows its peers: their addresses, and their certificates if it asks for them. */
    private static final class PeerServer implements AutoCloseable {
        final List<String> peers = new CopyOnWriteArrayList<>();
        final HttpServer server;
        private final ExecutorService threads = Executors.newCachedThreadPool();

        PeerServer(HttpServer server) {
            this.server = server;
            server.createContext("/", this::answer);
            server.setExecutor(threads);
            server.start();
        }

        static PeerServer inClear() throws IOException {
            return new PeerServer(HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0));
        }

        static PeerServer askingForCertificates() throws IOException, GeneralSecurityException {
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(TestCertificates.truststore());
            var context = SSLContext.getInstance("TLS");
            context.init(
                    TestCertificates.keys(TestCertificates.Kind.VALID).getKeyManagers(),
                    trust.getTrustManagers(),
                    null);
            HttpsServer server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(context) {
                @Override
                public void configure(HttpsParameters parameters) {
                    SSLParameters wanted = context.getDefaultSSLParameters();
                    wanted.setWantClientAuth(true);
                    parameters.setSSLParameters(wanted);
                }
            });
            return new PeerServer(server);
        }

        private void answer(HttpExchange exchange) throws IOException {
            peers.add(
                    exchange instanceof HttpsExchange secured
                            ? exchange.getRequestURI().getPath() + " " + name(secured)
                            : exchange.getRequestURI().getPath() + " "
                                    + exchange.getRemoteAddress().getAddress().getHostAddress());
            byte[] body = "ok".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        }

        private static String name(HttpsExchange exchange) {
            try {
                return exchange.getSSLSession().getPeerPrincipal().getName();
            } catch (SSLPeerUnverifiedException e) {
                return "nobody";
            }
        }

        int port() {
            return server.getAddress().getPort();
        }

        String url() {
            return (server instanceof HttpsServer ? "https" : "http") + "://127.0.0.1:" + port();
        }

        @Override
        public void close() {
            server.stop(0);
            threads.shutdownNow();
        }
    }

    @Test
    void eachUserKeepsOneLocalAddressInTurn() throws IOException {
        try (PeerServer server = PeerServer.inClear()) {
            HttpProtocolBuilder protocol =
                    http.baseUrl(server.url()).localAddresses("127.0.0.3", "127.0.0.4", "127.0.0.5");
            Trial trial = Trial.of(
                    protocol.maxConnectionsPerHost(1),
                    6,
                    repeat(2).on(http("x").get("/#{randomInt(0,9)}").header("Connection", "close")));

            assertThat(trial.failures()).isEmpty();
            Map<String, Long> connections = server.peers.stream()
                    .collect(Collectors.groupingBy(
                            peer -> peer.substring(peer.indexOf(' ') + 1), Collectors.counting()));
            assertThat(connections)
                    .containsExactlyInAnyOrderEntriesOf(Map.of("127.0.0.3", 4L, "127.0.0.4", 4L, "127.0.0.5", 4L));
        }
    }

    @Test
    void aUsersConnectionsBeginAtTheSameAddress() throws IOException {
        try (PeerServer server = PeerServer.inClear()) {
            Trial trial = Trial.of(
                    http.baseUrl(server.url()).localAddresses(List.of("127.0.0.3", "127.0.0.4")),
                    4,
                    exec(session -> session.set("id", session.userId())),
                    repeat(3).on(http("x").get("/#{id}").header("Connection", "close")));

            assertThat(trial.failures()).isEmpty();
            assertThat(server.peers).hasSize(12);
            assertThat(server.peers.stream().distinct().map(peer -> peer.substring(1, 2)))
                    .containsExactlyInAnyOrder("1", "2", "3", "4");
        }
    }

    @Test
    void oneLocalAddressIsThatOfAll() throws IOException {
        try (PeerServer server = PeerServer.inClear()) {
            Trial trial = Trial.of(
                    http.baseUrl(server.url()).localAddress("127.0.0.9"),
                    3,
                    http("x").get("/"));

            assertThat(trial.failures()).isEmpty();
            assertThat(server.peers).hasSize(3).containsOnly("/ 127.0.0.9");
        }
    }

    @Test
    void aTargetOfAnotherIpVersionThanAllLocalAddressesCannotBeReached() {
        Trial trial = Trial.of(http.localAddress("127.0.0.1"), http("x").get("http://[::1]:1/"));

        assertThat(trial.requests).extracting(Trial.Request::errorClass).containsExactly("connect.unreachable");
        assertThat(trial.requests.get(0).message())
                .isEqualTo("http://[::1]:1 cannot be reached: no local address of the run is of the same IP version");
    }

    @Test
    void allLocalAddressesAreThoseByWhichOthersReachTheMachine() throws IOException {
        List<String> own = ownAddresses();
        assumeTrue(!own.isEmpty(), "skipped: the machine has no address but loopback");
        try (PeerServer server = PeerServer.inClear()) {
            Trial all = Trial.of(
                    http.baseUrl(server.url()).useAllLocalAddresses(),
                    own.size(),
                    http("x").get("/"));
            assertThat(all.failures()).isEmpty();
            assertThat(server.peers)
                    .containsExactlyInAnyOrderElementsOf(
                            own.stream().map(address -> "/ " + address).toList());

            server.peers.clear();
            String pattern = own.get(0).replace(".", "[.]");
            Trial matching = Trial.of(
                    http.baseUrl(server.url()).useAllLocalAddressesMatching("no", pattern),
                    3,
                    http("x").get("/"));
            assertThat(matching.failures()).isEmpty();
            assertThat(server.peers).hasSize(3).containsOnly("/ " + own.get(0));
        }
    }

    /** IPv4 alone: the server listens on nothing else. */
    private static List<String> ownAddresses() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof java.net.Inet4Address && !address.isLoopbackAddress())
                .map(InetAddress::getHostAddress)
                .toList();
    }

    @Test
    void aliasesAreAskedOfNobody() {
        try (Target target = Target.start()) {
            Trial trial = Trial.of(
                    http.baseUrl("http://SHOP.invalid:" + target.server.port())
                            .hostNameAliases(Map.of("Shop.Invalid", List.of("127.0.0.1"))),
                    http("x").get("/"));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.header("Host")).containsExactly("shop.invalid:" + target.server.port());
        }
    }

    @Test
    void nameServersAreAskedPastTheSystem() {
        try (Target target = Target.start();
                DnsServer dns = DnsServer.start(0)
                        .name("shop.test", DnsAnswer.of("127.0.0.1"))
                        .name("empty.test", DnsAnswer.empty())
                        .name("broken.test", DnsAnswer.serverFailure())
                        .name("slow.test", DnsAnswer.of("127.0.0.1").after(Duration.ofSeconds(5)))) {
            int port = target.server.port();
            Trial trial = Trial.of(
                    http.asyncNameResolution("127.0.0.1:" + dns.port()).connectTimeout(Duration.ofMillis(300)),
                    http("found").get("http://shop.test:" + port + "/"),
                    http("not found").get("http://other.test:" + port + "/"),
                    http("no address").get("http://empty.test:" + port + "/"),
                    http("broken").get("http://broken.test:" + port + "/"),
                    http("slow").get("http://slow.test:" + port + "/"),
                    http("address").get("http://127.0.0.1:" + port + "/"));

            assertThat(trial.requests)
                    .extracting(Trial.Request::errorClass)
                    .containsExactly("", "dns.not_found", "dns.not_found", "dns.error", "dns.timeout", "");
            assertThat(dns.questions("shop.test")).isEqualTo(1);
        }
    }

    @Test
    void eachUserLooksNamesUpForItselfIfToldTo() {
        try (Target target = Target.start();
                DnsServer dns = DnsServer.start(0).name("shop.test", DnsAnswer.of("127.0.0.1"))) {
            HttpProtocolBuilder protocol = http.baseUrl("http://shop.test:" + target.server.port())
                    .asyncNameResolution(new InetSocketAddress[] {new InetSocketAddress("127.0.0.1", dns.port())});

            Trial together =
                    Trial.of(protocol, 5, repeat(2).on(http("x").get("/").header("Connection", "close")));
            assertThat(together.failures()).isEmpty();
            assertThat(dns.questions("shop.test")).isEqualTo(1);

            Trial alone = Trial.of(
                    protocol.perUserNameResolution(),
                    5,
                    repeat(2).on(http("x").get("/").header("Connection", "close")));
            assertThat(alone.failures()).isEmpty();
            assertThat(dns.questions("shop.test")).isEqualTo(1 + 5);
        }
    }

    @Test
    void eachUserShowsItsOwnCertificate() throws Exception {
        try (PeerServer server = PeerServer.askingForCertificates()) {
            Map<Long, KeyManagerFactory> keys = Map.of(
                    1L, TestCertificates.keys(TestCertificates.Kind.VALID),
                    2L, TestCertificates.keys(TestCertificates.Kind.WRONG_HOST));
            Trial trial = Trial.of(
                    http.baseUrl(server.url()).trustAllCertificates().perUserKeyManagerFactory(keys::get),
                    3,
                    exec(session -> session.set("id", session.userId())),
                    repeat(2).on(http("x").get("/#{id}").header("Connection", "close")));

            assertThat(trial.failures()).isEmpty();
            assertThat(server.peers)
                    .containsExactlyInAnyOrder(
                            "/1 CN=VALID",
                            "/1 CN=VALID",
                            "/2 CN=WRONG_HOST",
                            "/2 CN=WRONG_HOST",
                            "/3 nobody",
                            "/3 nobody");
        }
    }

    @Test
    void aFunctionThatGivesNoKeysFailsTheRequestBeforeItIsSent() throws Exception {
        try (PeerServer server = PeerServer.askingForCertificates()) {
            Trial trial = Trial.of(
                    http.baseUrl(server.url()).trustAllCertificates().perUserKeyManagerFactory(id -> {
                        throw new IllegalStateException("no key for " + id);
                    }),
                    http("x").get("/"));

            assertThat(trial.requests).extracting(Trial.Request::errorClass).containsExactly("user.exception");
            assertThat(trial.requests.get(0).message())
                    .isEqualTo("perUserKeyManagerFactory failed: java.lang.IllegalStateException: no key for 1");
            assertThat(server.peers).isEmpty();
        }
    }

    @Test
    void keysOfUsersAndASharedPoolAreAMistake() {
        Trial trial = Trial.of(
                http.baseUrl("http://127.0.0.1:1").shareConnections().perUserKeyManagerFactory(id -> null),
                http("x").get("/"));

        assertThat(trial.result.exitCode()).isEqualTo(1);
        assertThat(String.join("\n", trial.result.problems()))
                .contains("perUserKeyManagerFactory: with shareConnections no connection is one user's."
                        + " Remove one of the two.");
    }

    @Test
    void theWarmUpIsOneRequestBeforeTheRunOfWhichNothingIsRecorded() {
        try (Target target = Target.answering(request -> request.path().equals("/warm")
                ? TruthResponse.status(302).header("Location", "/elsewhere")
                : TruthResponse.ok("ok"))) {
            HttpProtocolBuilder protocol = http.baseUrl(target.url()).warmUp(target.url("/warm"));
            Trial trial = Trial.of(simulation -> simulation
                    .setUp(
                            scenario("a").exec(http("a").get("/a")).injectOpen(atOnceUsers(1)),
                            scenario("b")
                                    .exec(http("b").get("/b"))
                                    .injectOpen(nothingFor(Duration.ofMillis(50)), atOnceUsers(1))
                                    .protocols(protocol.maxRedirects(3)))
                    .protocols(protocol));

            assertThat(trial.failures()).isEmpty();
            assertThat(trial.paths()).containsExactly("a", "b");
            assertThat(target.targets()).containsExactly("/warm", "/a", "/b");

            Trial without = Trial.of(protocol.disableWarmUp(), http("c").get("/c"));
            assertThat(without.failures()).isEmpty();
            assertThat(target.targets()).containsExactly("/warm", "/a", "/b", "/c");
        }
    }

    @Test
    void aWarmUpWithoutAnswerIsToldAndTheRunGoesOn() {
        try (Target target = Target.start()) {
            Trial refused = Trial.of(
                    http.baseUrl(target.url()).warmUp("http://127.0.0.1:1/gone"),
                    http("x").get("/"));
            Trial denied = Trial.of(simulation -> simulation
                    .setUp(scenario("s").exec(http("x").get("/")).injectOpen(atOnceUsers(1)))
                    .protocols(http.baseUrl(target.url()).warmUp("http://127.0.0.2:" + target.server.port() + "/"))
                    .allowTargets("127.0.0.1"));

            assertThat(refused.failures()).isEmpty();
            assertThat(refused.log).contains("warmUp: http://127.0.0.1:1/gone did not answer (connect.refused: ");
            assertThat(denied.failures()).isEmpty();
            assertThat(denied.log).contains("did not answer (brake.target_denied: ");
            assertThat(target.targets()).containsExactly("/", "/");
        }
    }

    @Test
    void wrongArgumentsAreRefusedAtTheirCall() {
        assertThatThrownBy(() -> http.localAddress("192.0.2.1"))
                .isInstanceOf(DefinitionException.class)
                .hasMessageStartingWith("localAddress: 192.0.2.1 is no address of this machine. It has ");
        assertThatThrownBy(() -> http.localAddresses("gate"))
                .isInstanceOf(DefinitionException.class)
                .hasMessage("localAddresses: \"gate\" is no IP address.");
        assertThatThrownBy(() -> http.useAllLocalAddressesMatching("192[.]0[.]2[.]1"))
                .isInstanceOf(DefinitionException.class)
                .hasMessageStartingWith("useAllLocalAddressesMatching: no address of this machine matches. It has ");
        assertThatThrownBy(() -> http.useAllLocalAddressesMatching("("))
                .isInstanceOf(DefinitionException.class)
                .hasMessage("useAllLocalAddressesMatching: \"(\" is no regular expression: Unclosed group.");
        assertThatThrownBy(() -> http.hostNameAliases(Map.of("shop", List.of("other"))))
                .isInstanceOf(DefinitionException.class)
                .hasMessage("hostNameAliases: shop: \"other\" is no IP address.");
        assertThatThrownBy(() -> http.hostNameAliases(Map.of("shop", List.of())))
                .isInstanceOf(DefinitionException.class)
                .hasMessage("hostNameAliases: addresses of shop: at least one is needed, none was given.");
        assertThatThrownBy(() -> http.asyncNameResolution("10.0.0.2:x"))
                .isInstanceOf(DefinitionException.class)
                .hasMessage("asyncNameResolution: \"10.0.0.2:x\" has no valid port. Write it as in 10.0.0.2:53.");
        assertThatThrownBy(() -> http.asyncNameResolution(List.of()))
                .isInstanceOf(DefinitionException.class)
                .hasMessage("asyncNameResolution: at least one is needed, none was given.");
        assertThatThrownBy(() -> http.asyncNameResolution(
                        new InetSocketAddress[] {InetSocketAddress.createUnresolved("dns.test", 53)}))
                .isInstanceOf(DefinitionException.class)
                .hasMessage("asyncNameResolution: the name server dns.test was not found. Give its address.");
        assertThatThrownBy(() -> http.localAddresses(List.of()))
                .hasMessage("localAddresses: at least one is needed, none was given.");
        assertThatThrownBy(() -> http.hostNameAliases(Map.of("http://shop", List.of("127.0.0.1"))))
                .hasMessage(
                        "hostNameAliases: name: \"http://shop\" is no host name. Give the host alone, as in shop.test.");
        assertThatThrownBy(() -> http.perUserKeyManagerFactory(null))
                .hasMessage("perUserKeyManagerFactory must not be null.");
        assertThatThrownBy(() -> http.warmUp("shop.test"))
                .isInstanceOf(DefinitionException.class)
                .hasMessage("warmUp: URL must begin with http:// or https://, was \"shop.test\".");
    }
}
