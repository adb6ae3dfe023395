package dev.onrush.http.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.onrush.core.eventlog.ErrorClass;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.testkit.Ending;
import dev.onrush.testkit.FaultScript;
import dev.onrush.testkit.FaultServer;
import dev.onrush.testkit.SynBlackHole;
import dev.onrush.testkit.TruthServer;

/** Every scripted fault gives its class, by its deadline. */
@Timeout(20)
class WireFaultTest {
    private static final Duration DRIP = Duration.ofMillis(20);
    private static final String HEAD = "HTTP/1.1 200 OK\r\n";

    private TestEnvironment environment;
    private Wire wire;
    private UserConnections pool;
    private TestUser user;

    @BeforeEach
    void open() {
        environment = new TestEnvironment(2);
        wire = new Wire(environment, WireOptions.of(60_000_000_000L, false, false));
        wire.start();
        pool = new UserConnections(wire, 6);
        user = new TestUser(wire, pool);
    }

    @AfterEach
    void close() {
        pool.close();
        wire.close();
        environment.close();
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("T03 never answers", FaultScript.neverAnswer(), ErrorClass.TIMEOUT_TOTAL),
                Arguments.of(
                        "T04 drips its status line",
                        FaultScript.dripStatusLine(DRIP.multipliedBy(5)),
                        ErrorClass.TIMEOUT_TOTAL),
                Arguments.of("T04 drips headers", FaultScript.dripHeaders(DRIP), ErrorClass.TIMEOUT_TOTAL),
                Arguments.of("T04 drips its body", FaultScript.dripBody(DRIP), ErrorClass.TIMEOUT_TOTAL),
                Arguments.of(
                        "T05 resets before the answer",
                        FaultScript.dropBeforeAnswer(Ending.RST),
                        ErrorClass.READ_RESET),
                Arguments.of("T05 resets in headers", FaultScript.dropInHeaders(Ending.RST), ErrorClass.READ_RESET),
                Arguments.of("T05 resets in the body", FaultScript.dropInBody(Ending.RST), ErrorClass.READ_RESET),
                Arguments.of(
                        "T06 ends before the answer",
                        FaultScript.dropBeforeAnswer(Ending.FIN),
                        ErrorClass.READ_EOF_EARLY),
                Arguments.of("T06 ends in headers", FaultScript.dropInHeaders(Ending.FIN), ErrorClass.READ_EOF_EARLY),
                Arguments.of("T06 ends in the body", FaultScript.truncatedBody(1000), ErrorClass.READ_EOF_EARLY),
                Arguments.of(
                        "T10 long status line",
                        reply("HTTP/1.1 200 " + "x".repeat(64 * 1024)),
                        ErrorClass.PROTO_TOO_LARGE),
                Arguments.of("T10 long header", reply(HEAD + "X: " + "x".repeat(1 << 20)), ErrorClass.PROTO_TOO_LARGE),
                Arguments.of("T10 many headers", reply(HEAD + "X: 1\r\n".repeat(10_000)), ErrorClass.PROTO_TOO_LARGE),
                Arguments.of("garbage", reply("SSH-2.0-OpenSSH_9.6\r\n"), ErrorClass.PROTO_STATUS_LINE),
                Arguments.of("a later version", reply("HTTP/2.0 200 OK\r\n\r\n"), ErrorClass.PROTO_STATUS_LINE),
                Arguments.of("bad header", reply(HEAD + "no colon here\r\n\r\n"), ErrorClass.PROTO_HEADER),
                Arguments.of("bad length", reply(HEAD + "Content-Length: many\r\n\r\n"), ErrorClass.PROTO_LENGTH),
                Arguments.of("negative length", reply(HEAD + "Content-Length: -5\r\n\r\n"), ErrorClass.PROTO_LENGTH),
                Arguments.of(
                        "two lengths",
                        reply(HEAD + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!"),
                        ErrorClass.PROTO_LENGTH),
                Arguments.of("T13 bad chunk size", chunks("zz\r\nhello\r\n0\r\n\r\n"), ErrorClass.PROTO_CHUNK),
                Arguments.of("T13 negative chunk size", chunks("-5\r\nhello\r\n0\r\n\r\n"), ErrorClass.PROTO_CHUNK),
                Arguments.of("T13 chunk size overflow", chunks("fffffffffffffffff\r\nhello"), ErrorClass.PROTO_CHUNK),
                Arguments.of("T13 chunk without its end", chunks("5\r\nhelloXX0\r\n\r\n"), ErrorClass.PROTO_CHUNK),
                Arguments.of("T13 last chunk missing", FaultScript.truncatedChunks(), ErrorClass.PROTO_CHUNK),
                Arguments.of("T13 chunk cut short", chunks("10\r\nhello"), ErrorClass.PROTO_CHUNK));
    }

    private static FaultScript reply(String text) {
        return FaultScript.script().readRequest().write(text).fin();
    }

    private static FaultScript chunks(String text) {
        return reply(HEAD + "Transfer-Encoding: chunked\r\n\r\n" + text);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void givesEachFaultItsClass(String what, FaultScript script, String errorClass) {
        try (var server = FaultServer.start(script)) {
            TestUser.Result result = user.get(new Origin(false, "127.0.0.1", server.port()), "/");

            assertThat(result.errorClass()).as(String.valueOf(result.failure())).isEqualTo(errorClass);
            assertThat(result.sample().actualStartNanos).isNotNegative();
            if (errorClass.equals(ErrorClass.TIMEOUT_TOTAL)) {
                assertThat((result.sample().endNanos - result.sample().actualStartNanos) / 1_000_000)
                        .isBetween(400L, 460L);
            }
            assertThat(server.connectionsAccepted()).isEqualTo(1);
        }
    }

    @Test
    void refusedIsItsClass() throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        TestUser.Result result = user.get(new Origin(false, "127.0.0.1", port), "/");

        assertThat(result.failure())
                .isEqualTo(new Failure("connect.refused", "http://127.0.0.1:" + port + " refused the connection"));
        assertThat(result.sample().connectNanos).isPositive();
    }

    @Test
    void unansweredConnectTimesOut() {
        try (var hole = SynBlackHole.start()) {
            TestUser.Result result = user.send(
                    new Origin(false, "127.0.0.1", hole.port()),
                    new WireRequest("GET", new Origin(false, "127.0.0.1", hole.port()), "/", java.util.List.of(), null),
                    new Timeouts(200_000_000L, 200_000_000L, 2_000_000_000L));

            assertThat(result.errorClass()).isEqualTo(ErrorClass.CONNECT_TIMEOUT);
            assertThat((result.sample().endNanos - result.sample().actualStartNanos) / 1_000_000)
                    .isBetween(200L, 250L);
        }
    }

    @Test
    void unknownNameIsNotFound() {
        TestUser.Result result = user.get(new Origin(false, "no-such-host.invalid", 80), "/");

        assertThat(result.errorClass()).startsWith("dns.");
        assertThat(result.sample().dnsNanos).isPositive();
        assertThat(result.onIoThread()).isFalse();
    }

    @Test
    void bodyThatIsNotTakenIsAWriteTimeout() {
        try (var server = FaultServer.start(FaultScript.neverRead())) {
            TestUser.Result result = user.post(new Origin(false, "127.0.0.1", server.port()), "/", new byte[64 << 20]);

            assertThat(result.errorClass()).isEqualTo(ErrorClass.WRITE_TIMEOUT);
        }
    }

    @Test
    void extraBytesCostTheConnectionAndNotTheAnswer() {
        try (var server = FaultServer.start(
                FaultScript.extraBytesAfterBody("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwrong"))) {
            Origin origin = new Origin(false, "127.0.0.1", server.port());

            for (int i = 0; i < 5; i++) {
                assertThat(user.get(origin, "/").body()).isEqualTo("ok");
            }
            assertThat(server.connectionsAccepted()).isEqualTo(5);
            assertThat(wire.unexpectedBytes()).isEqualTo(5);
        }
    }

    @Test
    void bodyWhereThereIsNoneNeverAnswersTheNextRequest() {
        try (var server = FaultServer.start(FaultScript.script()
                .readRequest()
                .write("HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\nno")
                .forever())) {
            Origin origin = new Origin(false, "127.0.0.1", server.port());

            assertThat(user.get(origin, "/").status()).isEqualTo(204);
            assertThat(user.get(origin, "/").status()).isEqualTo(204);
            assertThat(server.connectionsAccepted()).isEqualTo(2);
        }
    }

    @Test
    void reusedConnectionClosedWhileIdleIsReplaced() {
        try (var server = TruthServer.setup().idleTimeout(Duration.ofMillis(30)).start()) {
            Origin origin = new Origin(false, "127.0.0.1", server.port());
            user.get(origin, "/");

            await().until(() -> wire.openConnections() == 0);

            assertThat(user.get(origin, "/").status()).isEqualTo(200);
            assertThat(server.connectionsAccepted()).isEqualTo(2);
        }
    }

    @Test
    void reusedConnectionThatEndsJustAsItIsChosenHasSentNothing() throws Exception {
        CountDownLatch chooses = new CountDownLatch(1);
        CountDownLatch mayChoose = new CountDownLatch(1);
        ConnectionPool patient = (ConnectionPool) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ConnectionPool.class}, (proxy, method, arguments) -> {
                    chooses.countDown();
                    mayChoose.await();
                    return method.invoke(pool, arguments);
                });
        TestUser late = new TestUser(wire, patient);
        CompletableFuture<CompletableFuture<TestUser.Result>> second = new CompletableFuture<>();
        try (var other = TruthServer.start()) {
            TruthServer server = TruthServer.start();
            Origin origin = new Origin(false, "127.0.0.1", server.port());
            user.get(origin, "/");
            Thread choosing = new Thread(() -> second.complete(late.begin(
                    origin,
                    new WireRequest("GET", origin, "/", List.of(), null),
                    new Timeouts(10_000_000_000L, 10_000_000_000L, 10_000_000_000L))));
            choosing.start();
            chooses.await();
            synchronized (late) { // it stands where it has chosen the connection and is to be carried by it
                mayChoose.countDown();
                await().until(() -> choosing.getState() == Thread.State.BLOCKED);
                server.close();
                await().until(() -> wire.openConnections() == 0);
                for (int i = 0; i < environment.ioThreadCount(); i++) { // each I/O thread is through with all that
                    UserConnections own = new UserConnections(wire, 1);
                    new TestUser(wire, own).get(new Origin(false, "127.0.0.1", other.port()), "/");
                    own.close();
                }
            }

            TestUser.Result result = second.get(5, TimeUnit.SECONDS).get(5, TimeUnit.SECONDS);

            assertThat(result.outcome()).isEqualTo(Outcome.UNSENT);
        }
    }

    @Test
    void reusedConnectionLostAfterWritingIsStale() {
        try (var server = FaultServer.start(FaultScript.resetSecondRequest())) {
            Origin origin = new Origin(false, "127.0.0.1", server.port());
            user.get(origin, "/");

            TestUser.Result second = user.get(origin, "/");

            assertThat(second.outcome()).isEqualTo(Outcome.STALE);
            assertThat(second.failure().errorClass()).isEqualTo(ErrorClass.KEEPALIVE_STALE);
            assertThat(second.sample().actualStartNanos).isNotEqualTo(RequestSample.NONE);
        }
    }

    @ParameterizedTest
    @MethodSource("closers")
    void closesWhenTheServerSaysSo(String head, int connections) {
        try (var server = FaultServer.start(
                FaultScript.script().readRequest().write(head + "\r\n\r\nok").forever())) {
            Origin origin = new Origin(false, "127.0.0.1", server.port());

            for (int i = 0; i < 3; i++) {
                assertThat(user.get(origin, "/").body()).isEqualTo("ok");
            }
            assertThat(server.connectionsAccepted()).isEqualTo(connections);
        }
    }

    static Stream<Arguments> closers() {
        return Stream.of(
                Arguments.of("HTTP/1.1 200 OK\r\nContent-Length: 2", 1),
                Arguments.of("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2", 3),
                Arguments.of("HTTP/1.1 200 OK\r\nKeep-Alive: timeout=5, max=0\r\nContent-Length: 2", 3),
                Arguments.of("HTTP/1.0 200 OK\r\nContent-Length: 2", 3),
                Arguments.of("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2", 1));
    }

    @Test
    void interimAnswersEndNothing() {
        try (var server = FaultServer.start(FaultScript.script()
                .readRequest()
                .write("HTTP/1.1 100 Continue\r\n\r\n" + "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n".repeat(1000))
                .answer("done")
                .forever())) {
            assertThat(user.get(new Origin(false, "127.0.0.1", server.port()), "/")
                            .body())
                    .isEqualTo("done");
        }
    }

    @Test
    void bodyAboveTheLimitIsTooLarge() {
        try (var server = FaultServer.start(FaultScript.healthy("x".repeat((1 << 20) + 1)))) {
            assertThat(user.get(new Origin(false, "127.0.0.1", server.port()), "/")
                            .failure())
                    .isEqualTo(new Failure("body.too_large", "body larger than 1048576 bytes"));
        }
    }
}
