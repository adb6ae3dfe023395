package dev.onrush.words;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.onrush.http.Proxy;
import dev.onrush.testkit.ForwardProxy;
import dev.onrush.testkit.TestCertificates;
import dev.onrush.testkit.TestCertificates.Kind;
import dev.onrush.testkit.TruthResponse;

/** Proxies that are spoken to under TLS, with the JVM's trust store as it stands. */
@Timeout(30)
class SecuredProxyWordsTest {
    @BeforeAll
    static void trustTheTestAuthority() {
        System.setProperty(
                "javax.net.ssl.trustStore", TestCertificates.truststoreFile().toString());
        System.setProperty("javax.net.ssl.trustStorePassword", TestCertificates.PASSWORD);
    }

    @AfterAll
    static void trustAsBefore() {
        System.clearProperty("javax.net.ssl.trustStore");
        System.clearProperty("javax.net.ssl.trustStorePassword");
    }

    private static ForwardProxy started() {
        return ForwardProxy.start(TestCertificates.server(Kind.VALID));
    }

    private static Proxy of(ForwardProxy proxy) {
        return Proxy("127.0.0.1", proxy.port()).https();
    }

    private static Target secured(Kind kind) {
        return Target.answering(
                setup -> setup.tls(TestCertificates.server(kind)),
                request -> TruthResponse.ok(request.path().equals("/large") ? "x".repeat(2_000_000) : "ok"));
    }

    @Test
    void aTargetInClearIsAskedForByItsWholeUrl() {
        try (Target target = Target.start();
                ForwardProxy proxy = started().name("shop.test", "127.0.0.1").credentials("ann", "secret")) {
            String url = "http://shop.test:" + target.server.port();
            Trial trial = Trial.of(
                    http.baseUrl(url).proxy(of(proxy).credentials("ann", "secret")),
                    http("a").get("/a?b=c"),
                    http("b").post("/b").body(StringBody("hello")));
            Trial wrong = Trial.of(
                    http.baseUrl(url).proxy(of(proxy).credentials("bob", "secret")),
                    http("x").get("/x"));

            assertThat(trial.failures()).isEmpty();
            assertThat(proxy.asked().subList(0, 2)).containsExactly("GET " + url + "/a?b=c", "POST " + url + "/b");
            assertThat(target.lines()).containsExactly("GET /a?b=c", "POST /b");
            assertThat(target.bodies()).containsExactly("", "hello");
            assertThat(target.header("Proxy-Authorization")).containsOnly("-");
            assertThat(target.server.connectionsAccepted()).isEqualTo(1);
            assertThat(wrong.requests).extracting(Trial.Request::status).containsExactly(407);
        }
    }

    @Test
    void theTlsOfATargetGoesThroughThatOfTheProxy() {
        try (Target target = secured(Kind.VALID);
                ForwardProxy proxy = started().credentials("ann", "secret")) {
            String upload = "y".repeat(1_000_000);
            Trial trial = Trial.of(
                    http.baseUrl(target.url())
                            .proxy(of(proxy).credentials("ann", "secret").connectHeader("X-One", "1")),
                    2,
                    repeat(2)
                            .on(
                                    http("small")
                                            .get("/small")
                                            .check(bodyString().is("ok")),
                                    http("down")
                                            .get("/large")
                                            .check(bodyString()
                                                    .transform(String::length)
                                                    .is(2_000_000)),
                                    http("up").post("/up").body(StringBody(upload))));

            assertThat(trial.failures()).isEmpty();
            assertThat(trial.requests).hasSize(12);
            assertThat(proxy.asked()).hasSize(2).containsOnly("CONNECT 127.0.0.1:" + target.server.port());
            assertThat(proxy.heads()).allMatch(head -> head.contains("\r\nX-One: 1\r\n"));
            assertThat(target.header("X-One")).containsOnly("-");
            assertThat(target.header("Proxy-Authorization")).containsOnly("-");
            assertThat(target.bodies().stream().filter(upload::equals)).hasSize(4);
        }
    }

    @Test
    void usersOfASharedPoolAndConnectionsThatAreClosedGoThroughIt() {
        try (Target target = secured(Kind.VALID);
                ForwardProxy proxy = started()) {
            Trial trial = Trial.of(
                    http.baseUrl(target.url()).shareConnections().proxy(of(proxy)),
                    5,
                    repeat(3).on(http("x").get("/x")),
                    http("last").get("/x").header("Connection", "close"),
                    http("new").get("/x"));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.came).hasSize(25);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SELF_SIGNED, VALID, tls.untrusted, the certificate of {proxy} is not trusted",
        "EXPIRED, VALID, tls.expired, the certificate of {proxy} has expired",
        "WRONG_HOST, VALID, tls.hostname, the certificate of {proxy} is for another host",
        "NO_SHARED_CIPHER, VALID, tls.alert, no TLS handshake with {proxy}",
        "VALID, SELF_SIGNED, tls.untrusted, the certificate of {target} is not trusted",
        "VALID, EXPIRED, tls.expired, the certificate of {target} has expired",
        "VALID, WRONG_HOST, tls.hostname, the certificate of {target} is for another host"
    })
    void bothCertificatesAreVerified(Kind ofProxy, Kind ofTarget, String errorClass, String message) {
        try (Target target = secured(ofTarget);
                ForwardProxy proxy = ForwardProxy.start(TestCertificates.server(ofProxy))) {
            Trial trial = Trial.of(
                    http.baseUrl(target.url()).proxy(of(proxy)), http("x").get("/x"));

            assertThat(trial.requests).extracting(Trial.Request::errorClass).containsExactly(errorClass);
            assertThat(trial.requests.get(0).message())
                    .startsWith(message.replace("{proxy}", "proxy https://127.0.0.1:" + proxy.port())
                            .replace("{target}", target.url()));
            assertThat(proxy.asked()).hasSize(ofProxy == Kind.VALID ? 1 : 0);
            assertThat(target.came).isEmpty();
        }
    }

    @Test
    void whoTrustsAllTrustsTheProxyToo() {
        try (Target target = secured(Kind.SELF_SIGNED);
                ForwardProxy proxy = ForwardProxy.start(TestCertificates.server(Kind.EXPIRED))) {
            Trial trial = Trial.of(
                    http.baseUrl(target.url()).trustAllCertificates().proxy(of(proxy)),
                    http("x").get("/x"));

            assertThat(trial.failures()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1 403 No|, proxy.refused",
        "HTTP/1.1 407 No|, proxy.auth",
        "what do you want|, proxy.protocol",
        "HTTP/1.1 200 OK|too much, proxy.protocol",
        "HTTP/1.1 2, proxy.refused"
    })
    void whatItSaysInsteadOfLeadingOnHasItsClass(String answer, String errorClass) {
        try (ForwardProxy proxy = started().answering(answer.replace("|", "\r\n\r\n"))) {
            Trial trial = Trial.of(http.proxy(of(proxy)), http("x").get("https://127.0.0.1:1/"));

            assertThat(trial.requests).extracting(Trial.Request::errorClass).containsExactly(errorClass);
        }
    }

    @Test
    void aProxyThatIsSilentOrGoneOrWithoutTlsHasItsClassAndAGoodOneWorksAfterwards() throws IOException {
        int closed;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = gone.getLocalPort();
        }
        String target = "https://127.0.0.1:" + closed + "/";
        try (Target good = secured(Kind.VALID);
                ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ForwardProxy silent = started().silent();
                ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ForwardProxy working = started()) {
            daemon(() -> {
                Socket client = plain.accept();
                client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                client.getInputStream().transferTo(OutputStream.nullOutputStream());
            });
            Trial trial = Trial.of(
                    http.connectTimeout(Duration.ofMillis(400)).tlsHandshakeTimeout(Duration.ofMillis(300)),
                    http("gone").get(target).proxy(Proxy("127.0.0.1", closed).https()),
                    http("mute")
                            .get(target)
                            .proxy(Proxy("127.0.0.1", mute.getLocalPort()).https()),
                    http("silent").get(target).proxy(of(silent)),
                    http("in clear")
                            .get(target)
                            .proxy(Proxy("127.0.0.1", plain.getLocalPort()).https()),
                    http("502").get(target).proxy(of(working)),
                    http("good").get(good.url("/x")).proxy(of(working)));

            assertThat(trial.requests)
                    .extracting(Trial.Request::errorClass)
                    .containsExactly(
                            "connect.refused",
                            "tls.handshake_timeout",
                            "proxy.timeout",
                            "tls.alert",
                            "proxy.refused",
                            "");
            assertThat(trial.requests.get(1).message())
                    .isEqualTo(
                            "no TLS handshake with proxy https://127.0.0.1:" + mute.getLocalPort() + " within 300 ms");
            assertThat(trial.requests.get(2).message())
                    .isEqualTo("proxy https://127.0.0.1:" + silent.port() + " did not lead to https://127.0.0.1:"
                            + closed + " within 400 ms");
            assertThat(trial.requests.get(3).message())
                    .isEqualTo("what proxy https://127.0.0.1:" + plain.getLocalPort()
                            + " answers is not TLS. Is http() meant?");
        }
    }

    @Test
    void theClientsAddressIsToldBeforeTls() throws Exception {
        try (Target target = secured(Kind.VALID);
                ForwardProxy proxy = started();
                ServerSocket front = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            CompletableFuture<String> told = new CompletableFuture<>();
            daemon(() -> {
                try (Socket client = front.accept();
                        Socket on = new Socket(InetAddress.getByName("127.0.0.1"), proxy.port())) {
                    StringBuilder line = new StringBuilder();
                    while (line.indexOf("\r\n") < 0) {
                        line.append((char) client.getInputStream().read());
                    }
                    told.complete(line.toString().strip());
                    daemon(() -> on.getInputStream().transferTo(client.getOutputStream()));
                    client.getInputStream().transferTo(on.getOutputStream());
                }
            });
            Trial trial = Trial.of(
                    http.baseUrl(target.url())
                            .proxy(Proxy("127.0.0.1", front.getLocalPort()).https())
                            .proxyProtocolSourceIpV4Address("192.0.2.7"),
                    repeat(2).on(http("x").get("/x")));

            assertThat(trial.failures()).isEmpty();
            assertThat(told.get(5, TimeUnit.SECONDS)).startsWith("PROXY TCP4 192.0.2.7 127.0.0.1 ");
            assertThat(target.targets()).isEqualTo(List.of("/x", "/x"));
        }
    }

    private interface Work {
        void happen() throws IOException;
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.happen();
            } catch (IOException e) {
                // One of the two has left.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
