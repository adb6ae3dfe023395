package dev.onrush.http.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import dev.onrush.core.eventlog.ErrorClass;
import dev.onrush.testkit.FaultScript;
import dev.onrush.testkit.FaultServer;
import dev.onrush.testkit.TestCertificates;
import dev.onrush.testkit.TruthServer;

@Timeout(20)
class WireTlsTest {
    private TestEnvironment environment;
    private Wire wire;
    private UserConnections pool;
    private TestUser user;

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

    @BeforeEach
    void open() {
        environment = new TestEnvironment(2);
        open(false);
    }

    private void open(boolean trustsAll) {
        wire = new Wire(environment, 60_000_000_000L, trustsAll);
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

    @ParameterizedTest
    @CsvSource({
        "EXPIRED, tls.expired",
        "NOT_YET_VALID, tls.expired",
        "WRONG_HOST, tls.hostname",
        "SELF_SIGNED, tls.untrusted",
        "UNKNOWN_CA, tls.untrusted",
        "SHA1_SIGNED, tls.untrusted",
        "NO_SHARED_CIPHER, tls.alert"
    })
    void refusesBadCertificates(TestCertificates.Kind kind, String errorClass) {
        try (var server = TruthServer.setup().tls(TestCertificates.server(kind)).start()) {
            TestUser.Result result = user.send(origin(server.port()), get(server.port()), patient());

            assertThat(result.errorClass()).as(String.valueOf(result.failure())).isEqualTo(errorClass);
            assertThat(server.ledger().arrivals()).isZero();
        }
    }

    @Test
    void carriesRequestsOverTls() {
        try (var server = TruthServer.setup()
                .tls(TestCertificates.server(TestCertificates.Kind.VALID))
                .start()) {
            TestUser.Result first = user.send(origin(server.port()), get(server.port()), patient());
            TestUser.Result second = user.send(origin(server.port()), get(server.port()), patient());

            assertThat(first.body()).as(String.valueOf(first.failure())).isEqualTo("ok");
            assertThat(first.sample().tlsNanos).isPositive();
            assertThat(second.body()).isEqualTo("ok");
            assertThat(server.connectionsAccepted()).isEqualTo(1);
        }
    }

    @Test
    void trustsAllWhenToldTo() {
        wire.close();
        open(true);
        try (var server = TruthServer.setup()
                .tls(TestCertificates.server(TestCertificates.Kind.SELF_SIGNED))
                .start()) {
            assertThat(user.send(origin(server.port()), get(server.port()), patient())
                            .body())
                    .isEqualTo("ok");
        }
    }

    static Stream<Arguments> handshakes() {
        return Stream.of(
                Arguments.of("stalls", FaultScript.stallHandshake(), ErrorClass.TLS_HANDSHAKE_TIMEOUT),
                Arguments.of("resets", FaultScript.resetHandshake(), ErrorClass.TLS_CLOSED),
                Arguments.of("alerts", FaultScript.failHandshake(), ErrorClass.TLS_ALERT),
                Arguments.of("answers in clear", FaultScript.plainAnswerToHandshake(), ErrorClass.TLS_ALERT),
                Arguments.of("ends", FaultScript.script().read(5).cut(), ErrorClass.TLS_CLOSED));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("handshakes")
    void givesEachHandshakeFaultItsClass(String what, FaultScript script, String errorClass) {
        try (var server = FaultServer.start(script)) {
            TestUser.Result result = user.send(
                    origin(server.port()),
                    get(server.port()),
                    new Timeouts(400_000_000L, 400_000_000L, 5_000_000_000L));

            assertThat(result.errorClass()).as(String.valueOf(result.failure())).isEqualTo(errorClass);
        }
    }

    private static Origin origin(int port) {
        return new Origin(true, "127.0.0.1", port);
    }

    private static WireRequest get(int port) {
        return new WireRequest("GET", origin(port), "/", java.util.List.of(), null);
    }

    private static Timeouts patient() {
        return new Timeouts(3_000_000_000L, 3_000_000_000L, 4_000_000_000L);
    }
}
