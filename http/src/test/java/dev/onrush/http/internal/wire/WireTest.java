package dev.onrush.http.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.testkit.TruthResponse;
import dev.onrush.testkit.TruthServer;

@Timeout(20)
class WireTest {
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

    @Test
    void carriesRequestsOverOneKeptConnection() {
        try (var server = TruthServer.start()) {
            Origin origin = new Origin(false, "127.0.0.1", server.port());

            TestUser.Result first = user.get(origin, "/a");
            TestUser.Result second = user.get(origin, "/b");

            assertThat(first.outcome()).isEqualTo(Outcome.ANSWERED);
            assertThat(first.body()).isEqualTo("ok");
            assertThat(first.sample().connectNanos).isPositive();
            assertThat(first.sample().dnsNanos).isEqualTo(RequestSample.NONE);
            assertThat(second.status()).isEqualTo(200);
            assertThat(second.onIoThread()).isTrue();
            assertThat(second.sample().connectNanos).isEqualTo(RequestSample.NONE);
            assertThat(second.sample().bytesReceived).isGreaterThan(20);
            assertThat(second.sample().bytesSent)
                    .isEqualTo(("GET /b HTTP/1.1\r\nHost: " + origin.authority() + "\r\n\r\n").length());
            assertThat(server.connectionsAccepted()).isEqualTo(1);
        }
    }

    @Test
    void sendsBodiesWhole() {
        byte[] body = "x".repeat(300_000).getBytes();
        try (var server = TruthServer.setup()
                .bodyLimit(1 << 20)
                .route("/up", request -> TruthResponse.ok(String.valueOf(request.body().length)))
                .start()) {
            TestUser.Result result = user.post(new Origin(false, "127.0.0.1", server.port()), "/up", body);

            assertThat(result.body()).isEqualTo("300000");
            assertThat(result.sample().bytesSent).isGreaterThan(300_000);
        }
    }
}
