package dev.onrush.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FaultProxyTest {
    private static final String GET = "GET / HTTP/1.1\r\n\r\n";
    private static final String LAST_GET = "GET / HTTP/1.1\r\nConnection: close\r\n\r\n";

    private final TruthServer server = TruthServer.setup()
            .otherwise(TruthResponse.status(200).body("x".repeat(20_000)))
            .start();
    private final FaultProxy proxy = FaultProxy.before(server.port());

    @AfterEach
    void end() {
        proxy.close();
        server.close();
    }

    @Test
    void passesEverythingOnWithoutToxics() throws Exception {
        String direct = exchange(server.port(), LAST_GET);
        String proxied = exchange(proxy.port(), LAST_GET);

        assertThat(proxied).hasSizeGreaterThan(20_000).isEqualTo(direct);
        assertThat(proxy.bytesToServer()).isEqualTo(LAST_GET.length());
        assertThat(proxy.bytesToClient()).isEqualTo(direct.length());
        assertThat(proxy.connectionsAccepted()).isOne();
    }

    @Test
    void carriesManyConnectionsAtOnce() throws Exception {
        proxy.set(number ->
                number % 2 == 0 ? Toxics.NONE : Toxics.toClient(Toxic.latency(ofMillis(20), ofMillis(10), number)));
        var all = new ArrayList<CompletableFuture<String>>();
        for (int i = 0; i < 100; i++) {
            all.add(CompletableFuture.supplyAsync(() -> {
                try {
                    return exchange(proxy.port(), GET.repeat(10) + LAST_GET);
                } catch (IOException e) {
                    return e.toString();
                }
            }));
        }

        for (var one : all) {
            assertThat(one.get()).hasSizeGreaterThan(220_000);
        }
    }

    @Test
    void addsLatencyOncePerPieceAndKeepsTheOrder() throws Exception {
        proxy.set(new Toxics(
                java.util.List.of(Toxic.latency(ofMillis(50), Duration.ZERO, 1)),
                java.util.List.of(Toxic.latency(ofMillis(100), ofMillis(50), 1))));
        long beginNanos = System.nanoTime();

        String answer = exchange(proxy.port(), LAST_GET);

        assertThat(System.nanoTime() - beginNanos).isBetween(100_000_000L, 3_000_000_000L);
        assertThat(answer).isEqualTo(exchange(server.port(), LAST_GET));
    }

    @Test
    void limitsBandwidth() throws Exception {
        proxy.set(Toxics.toClient(Toxic.bandwidth(100_000)));
        long beginNanos = System.nanoTime();

        exchange(proxy.port(), LAST_GET);

        assertThat(System.nanoTime() - beginNanos).isBetween(190_000_000L, 3_000_000_000L);
    }

    @Test
    void slices() throws Exception {
        proxy.set(Toxics.toServer(Toxic.slicer(5, ofMillis(10))));
        long beginNanos = System.nanoTime();

        exchange(proxy.port(), LAST_GET);

        assertThat(System.nanoTime() - beginNanos).isGreaterThan(70_000_000);
    }

    @Test
    void holdsBackTheEnd() throws Exception {
        proxy.set(Toxics.toClient(Toxic.slowClose(ofMillis(500))));
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
            long beginNanos = System.nanoTime();
            send(socket, LAST_GET);
            int head = "HTTP/1.1 200 OK\r\nContent-Length: 20000\r\n\r\n".length();
            socket.getInputStream().readNBytes(head + 20_000);
            long bodyNanos = System.nanoTime() - beginNanos;

            assertThat(socket.getInputStream().read()).isEqualTo(-1);
            assertThat(System.nanoTime() - beginNanos).isGreaterThan(500_000_000);
            assertThat(bodyNanos).isLessThan(500_000_000);
        }
    }

    @Test
    void swallowsEverythingAndHeals() throws Exception {
        proxy.set(Toxics.toServer(Toxic.blackHole()));
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
            send(socket, GET);
            socket.setSoTimeout(100);
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            assertThat(server.ledger().arrivals()).isZero();

            proxy.heal();
            send(socket, GET);

            socket.setSoTimeout(5000);
            assertThat(socket.getInputStream().read()).isEqualTo('H');
        }
    }

    @Test
    void closesAfterATimeout() throws Exception {
        proxy.set(Toxics.toClient(Toxic.timeout(ofMillis(100))));
        long beginNanos = System.nanoTime();

        assertThat(exchange(proxy.port(), GET)).isEmpty();
        assertThat(System.nanoTime() - beginNanos).isGreaterThan(100_000_000);
    }

    @Test
    void resets() {
        proxy.set(Toxics.toClient(Toxic.reset(ofMillis(10))));

        assertThatThrownBy(() -> exchange(proxy.port(), GET)).hasMessageContaining("reset");
    }

    @Test
    void cutsAtALimitOfData() throws Exception {
        proxy.set(Toxics.toClient(Toxic.dataLimit(1000)));

        assertThat(exchange(proxy.port(), GET)).hasSize(1000);
    }

    @Test
    void goesDownAndComesBackOnItsPort() throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
            send(socket, GET);
            assertThat(socket.getInputStream().read()).isEqualTo('H');

            proxy.down();

            assertThatThrownBy(() -> socket.getInputStream().readAllBytes()).hasMessageContaining("reset");
            assertThatThrownBy(() -> exchange(proxy.port(), GET)).hasMessageContaining("refused");
        }
        proxy.up();
        assertThat(exchange(proxy.port(), LAST_GET)).startsWith("HTTP/1.1 200 OK");
    }

    @Test
    void passesOnThatTheServerRefuses() {
        server.close();

        assertThatThrownBy(() -> exchange(proxy.port(), GET)).hasMessageContaining("reset");
    }

    @Test
    void passesOnResetsAndHalfCloses() throws Exception {
        try (var faults = FaultServer.start(FaultScript.dropInBody(Ending.RST));
                var before = FaultProxy.before(faults.port())) {
            assertThatThrownBy(() -> exchange(before.port(), GET)).hasMessageContaining("reset");
        }
        try (var faults = FaultServer.start(
                        FaultScript.script().write("early").halfClose().drain());
                var before = FaultProxy.before(faults.port());
                var socket = new Socket(InetAddress.getLoopbackAddress(), before.port())) {
            assertThat(socket.getInputStream().readAllBytes()).hasSize(5);
            send(socket, "late");
            await().until(() -> faults.bytesRead() == 4);
        }
    }

    private static String exchange(int port, String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            send(socket, request);
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    }
}
