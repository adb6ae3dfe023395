package dev.onrush.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FaultServerTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final String POST = "POST / HTTP/1.1\r\nContent-Length: 4\r\n\r\nbody";

    @Test
    void answersAllRequestsOfAConnectionWhenHealthy() throws Exception {
        try (var server = FaultServer.start(FaultScript.healthy("fine"));
                var client = new Client(server)) {
            client.send(GET + POST + GET);

            assertThat(client.read(3 * 68)).containsSubsequence("fine", "HTTP/1.1 200 OK", "fine", "fine");
            await().untilAsserted(() -> assertThat(server.requestsRead()).isEqualTo(3));
            assertThat(server.connectionsAccepted()).isOne();
        }
    }

    @Test
    void resetsAtStart() {
        assertThat(all(FaultScript.dropAtStart(Ending.RST), "")).isEqualTo("|reset");
    }

    @Test
    void endsAtStart() {
        assertThat(all(FaultScript.dropAtStart(Ending.FIN), GET)).isEqualTo("|end");
    }

    @Test
    void resetsBeforeTheAnswer() {
        assertThat(all(FaultScript.dropBeforeAnswer(Ending.RST), POST)).isEqualTo("|reset");
    }

    @Test
    void endsBeforeTheAnswer() {
        assertThat(all(FaultScript.dropBeforeAnswer(Ending.FIN), POST)).isEqualTo("|end");
    }

    @Test
    void resetsInHeaders() {
        assertThat(all(FaultScript.dropInHeaders(Ending.RST), GET)).isEqualTo("HTTP/1.1 200 OK\r\nContent-Ty|reset");
    }

    @Test
    void endsInHeaders() {
        assertThat(all(FaultScript.dropInHeaders(Ending.FIN), GET)).isEqualTo("HTTP/1.1 200 OK\r\nContent-Ty|end");
    }

    @Test
    void resetsInTheBody() {
        assertThat(all(FaultScript.dropInBody(Ending.RST), GET))
                .endsWith("Content-Length: 100\r\n\r\n0123456789|reset");
    }

    @Test
    void endsInTheBody() {
        assertThat(all(FaultScript.dropInBody(Ending.FIN), GET)).endsWith("Content-Length: 100\r\n\r\n0123456789|end");
    }

    @Test
    void truncates() {
        assertThat(all(FaultScript.truncatedBody(8), GET)).endsWith("Content-Length: 8\r\n\r\nxxxx|end");
        assertThat(all(FaultScript.truncatedChunks(), GET)).endsWith("\r\n\r\n5\r\nhello\r\n|end");
    }

    @Test
    void repliesTheSameGarbageForTheSameSeed() {
        var first = all(FaultScript.garbageReply(7, 300), GET);

        assertThat(first).hasSize(304).endsWith("|end").isEqualTo(all(FaultScript.garbageReply(7, 300), GET));
        assertThat(first).isNotEqualTo(all(FaultScript.garbageReply(8, 300), GET));
    }

    @Test
    void sendsExtraBytesInTheSameBreath() throws Exception {
        try (var server = FaultServer.start(FaultScript.extraBytesAfterBody("HTTP/1.1 500"));
                var client = new Client(server)) {
            client.send(GET);

            assertThat(client.read(78)).endsWith("\r\n\r\nokHTTP/1.1 500");
        }
    }

    @Test
    void neverReadsSoThatTheClientsWritesStop() throws Exception {
        try (var server = FaultServer.start(FaultScript.neverRead());
                var client = new Client(server)) {
            var writer = new Thread(() -> {
                try {
                    for (int i = 0; i < 1000; i++) {
                        client.send("x".repeat(1 << 20));
                    }
                } catch (IOException e) {
                    // The server was closed at last.
                }
            });
            writer.start();

            writer.join(300);
            assertThat(writer.isAlive()).isTrue();
            assertThat(server.bytesRead()).isZero();
            client.close();
            writer.join();
        }
    }

    @Test
    void neverAnswersAndNoticesTheClientLeaving() throws Exception {
        try (var server = FaultServer.start(FaultScript.neverAnswer())) {
            try (var client = new Client(server)) {
                client.send(POST);
                client.socket.setSoTimeout(100);
                await().until(() -> server.requestsRead() == 1);
                assertThatThrownBy(() -> client.read(1)).isInstanceOf(SocketTimeoutException.class);
            }

            await().until(() -> server.connectionsOpen() == 0);
        }
    }

    @Test
    void dripsTheStatusLineOneByteAnInterval() throws Exception {
        try (var server = FaultServer.start(FaultScript.dripStatusLine(ofMillis(10)));
                var client = new Client(server)) {
            client.send(GET);
            long beginNanos = System.nanoTime();

            assertThat(client.read(40)).isEqualTo("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            assertThat(System.nanoTime() - beginNanos).isGreaterThan(160_000_000);
        }
    }

    @Test
    void dripsHeadersAndBodiesWithoutEnd() throws Exception {
        for (var script : new FaultScript[] {FaultScript.dripHeaders(ofMillis(2)), FaultScript.dripBody(ofMillis(2))}) {
            try (var server = FaultServer.start(script);
                    var client = new Client(server)) {
                client.send(GET);
                long beginNanos = System.nanoTime();

                assertThat(client.read(150)).startsWith("HTTP/1.1 200 OK\r\n");
                assertThat(System.nanoTime() - beginNanos).isGreaterThan(100_000_000);
            }
        }
    }

    @Test
    void leavesAKeepAliveConnectionStale() throws Exception {
        assertThat(all(FaultScript.closeAfterAnswer(Duration.ZERO), GET)).endsWith("\r\n\r\nok|end");
        assertThat(all(FaultScript.resetSecondRequest(), GET + GET)).endsWith("\r\n\r\nok|reset");
    }

    @Test
    void halfClosesAndStillReads() throws Exception {
        var script = FaultScript.script().readHead().answer("early").halfClose().drain();
        try (var server = FaultServer.start(script);
                var client = new Client(server)) {
            client.send("POST / HTTP/1.1\r\nContent-Length: 10000\r\n\r\n");
            assertThat(client.readAll()).endsWith("early|end");

            client.send("x".repeat(10_000));

            await().untilAsserted(() -> assertThat(server.bytesRead()).isEqualTo(10_042));
        }
    }

    @Test
    void playsAScriptPerConnection() throws Exception {
        try (var server = FaultServer.start(
                number -> number == 1 ? FaultScript.dropAtStart(Ending.FIN) : FaultScript.healthy("fine"))) {
            for (int i = 0; i < 3; i++) {
                try (var client = new Client(server)) {
                    client.send(GET);
                    assertThat(client.read(4)).isEqualTo(i == 1 ? "" : "HTTP");
                }
            }
            assertThat(server.connectionsAccepted()).isEqualTo(3);
            assertThat(server.requestsRead()).isEqualTo(2);
        }
    }

    @Test
    void failsHandshakes() {
        var hello = "\u0016\u0003\u0001\u0001\u0000";

        assertThat(all(FaultScript.failHandshake(), hello)).isEqualTo("\u0015\u0003\u0003\u0000\u0002\u0002(|end");
        assertThat(all(FaultScript.resetHandshake(), hello)).isEqualTo("|reset");
        assertThat(all(FaultScript.plainAnswerToHandshake(), hello)).startsWith("HTTP/1.1 400 ");
    }

    @Test
    @Timeout(value = 15, unit = TimeUnit.SECONDS)
    void closesWhileScriptsPauseStallAndDrip() throws Exception {
        for (var script : new FaultScript[] {
            FaultScript.script().pause(Duration.ofHours(1)),
            FaultScript.neverRead(),
            FaultScript.dripBody(Duration.ofHours(1)),
            FaultScript.neverAnswer(),
            FaultScript.script().flood("x")
        }) {
            var server = FaultServer.start(script);
            try (var client = new Client(server)) {
                client.send(GET);
                await().until(() -> server.connectionsOpen() == 1);

                server.close();
            }
            assertThat(Thread.getAllStackTraces().keySet())
                    .noneMatch(thread -> thread.getName().startsWith("fault-server-" + server.port()));
        }
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void closesWhileItsScriptsEnd() throws Exception {
        for (int i = 0; i < 300; i++) {
            var server = FaultServer.start(FaultScript.dropAtStart(Ending.FIN));
            try (var client = new Client(server)) {
                client.read(1);

                server.close();
            }
            assertThat(Thread.getAllStackTraces().keySet())
                    .noneMatch(thread -> thread.getName().startsWith("fault-server-" + server.port()));
        }
    }

    /** Sends, reads to the end; the way it ended stands behind the bar. */
    private static String all(FaultScript script, String request) {
        try (var server = FaultServer.start(script);
                var client = new Client(server)) {
            client.send(request);
            return client.readAll();
        } catch (IOException e) {
            return "|" + (e.getMessage().contains("reset") ? "reset" : e.toString());
        }
    }

    private static final class Client implements AutoCloseable {
        private final Socket socket;

        Client(FaultServer server) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
            socket.setSoTimeout(10_000);
        }

        void send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        }

        String read(int bytes) throws IOException {
            return new String(socket.getInputStream().readNBytes(bytes), ISO_8859_1);
        }

        String readAll() throws IOException {
            var all = new ByteArrayOutputStream();
            try {
                for (int b = socket.getInputStream().read();
                        b >= 0;
                        b = socket.getInputStream().read()) {
                    all.write(b);
                }
                return all.toString(ISO_8859_1) + "|end";
            } catch (SocketException e) {
                return all.toString(ISO_8859_1) + "|" + (e.getMessage().contains("reset") ? "reset" : e);
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
