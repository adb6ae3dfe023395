package dev.onrush.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.onrush.testkit.TestCertificates.Kind;

class TestCertificatesTest {
    private static final int ALERT = 21;
    private static final int DATA = 23;

    @Test
    void serveHttpsOverTheTruthServer() throws Exception {
        try (var server = TruthServer.setup()
                .tls(TestCertificates.server(Kind.VALID))
                .otherwise(request ->
                        TruthResponse.ok("x".repeat(100_000) + request.text().length()))
                .start()) {
            var client = HttpClient.newBuilder()
                    .sslContext(TestCertificates.client())
                    .version(HttpClient.Version.HTTP_1_1)
                    .build();
            for (int i = 0; i < 50; i++) {
                var request = HttpRequest.newBuilder(URI.create(server.url("/" + i)))
                        .POST(HttpRequest.BodyPublishers.ofString("y".repeat(50_000)));
                assertThat(client.send(request.build(), BodyHandlers.ofString()).body())
                        .hasSize(100_005)
                        .endsWith("50000");
            }

            assertThat(server.connectionsAccepted()).isOne();
            assertThat(server.ledger().arrivals()).isEqualTo(50);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "EXPIRED       | NotAfter:",
                "NOT_YET_VALID | NotBefore:",
                "WRONG_HOST    | No subject alternative",
                "SELF_SIGNED   | unable to find valid certification path",
                "UNKNOWN_CA    | unable to find valid certification path",
                "NO_SHARED_CIPHER | handshake_failure"
            })
    void failVerificationForTheirOwnReason(Kind kind, String reason) throws Exception {
        try (var server = TruthServer.setup().tls(TestCertificates.server(kind)).start()) {
            assertThatThrownBy(() -> handshake(server.port(), true))
                    .isInstanceOf(SSLException.class)
                    .hasStackTraceContaining(reason);
            assertThat(server.ledger().arrivals()).isZero();
        }
    }

    @Test
    void areSignedWithSha1OnRequest() throws Exception {
        assertThat(TestCertificates.certificate(Kind.SHA1_SIGNED).getSigAlgName())
                .isEqualTo("SHA1withRSA");
        assertThat(TestCertificates.certificate(Kind.VALID).getSigAlgName()).isNotEqualTo("SHA1withRSA");
        try (var server = TruthServer.setup()
                .tls(TestCertificates.server(Kind.SHA1_SIGNED))
                .start()) {
            handshake(server.port(), false);
        }
    }

    @Test
    void liveInTheSpansTheyClaim() throws Exception {
        assertThat(TestCertificates.certificate(Kind.EXPIRED).getNotAfter().toInstant())
                .isBefore(Instant.now());
        assertThat(TestCertificates.certificate(Kind.NOT_YET_VALID)
                        .getNotBefore()
                        .toInstant())
                .isAfter(Instant.now());
        TestCertificates.certificate(Kind.WRONG_HOST).checkValidity();
    }

    @Test
    void letAScriptCutTlsWithAndWithoutAWord() throws Exception {
        var tls = TestCertificates.server(Kind.VALID);
        try (var fin = FaultServer.startTls(
                        tls, FaultScript.script().write("bye").fin());
                var cut = FaultServer.startTls(
                        tls, FaultScript.script().write("bye").cut())) {
            assertThat(typeOfLastRecord(fin.port())).isEqualTo(ALERT);
            assertThat(typeOfLastRecord(cut.port())).isEqualTo(DATA);
        }
    }

    @Test
    void letAScriptSpoilSomeHandshakesOfATlsServer() throws Exception {
        var tls = TestCertificates.server(Kind.VALID);
        try (var server = FaultServer.startTls(tls, number -> switch ((int) number) {
            case 0 -> FaultScript.failHandshake();
            case 1 -> FaultScript.resetHandshake();
            case 2 -> FaultScript.plainAnswerToHandshake();
            case 3 -> FaultScript.stallHandshake();
            default -> FaultScript.healthy("fine");
        })) {
            assertThatThrownBy(() -> handshake(server.port(), false)).hasMessageContaining("handshake_failure");
            assertThatThrownBy(() -> handshake(server.port(), false)).hasMessageContaining("reset");
            assertThatThrownBy(() -> handshake(server.port(), false)).hasMessageContaining("unrecognized SSL message");
            assertThatThrownBy(() -> handshake(server.port(), false)).hasMessageContaining("timed out");
            handshake(server.port(), true);
            assertThat(server.connectionsAccepted()).isEqualTo(5);
        }
    }

    /** Reads "bye" in TLS 1.2, which does not hide the types of its records, and looks at what came over the wire. */
    private static int typeOfLastRecord(int port) throws IOException {
        var wire = new ByteArrayOutputStream();
        var tapped = new Socket() {
            @Override
            public InputStream getInputStream() throws IOException {
                return new FilterInputStream(super.getInputStream()) {
                    @Override
                    public int read(byte[] into, int offset, int most) throws IOException {
                        int count = super.read(into, offset, most);
                        wire.write(into, offset, Math.max(0, count));
                        return count;
                    }
                };
            }
        };
        tapped.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        try (var socket = (SSLSocket)
                TestCertificates.client().getSocketFactory().createSocket(tapped, "127.0.0.1", port, true)) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .isEqualTo("bye");
        }
        byte[] bytes = wire.toByteArray();
        int last = 0;
        for (int i = 0; i < bytes.length; i += 5 + (((bytes[i + 3] & 0xff) << 8) | (bytes[i + 4] & 0xff))) {
            last = bytes[i];
        }
        return last;
    }

    private static void handshake(int port, boolean verifyHost) throws IOException {
        try (var socket =
                (SSLSocket) TestCertificates.client().getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.setSoTimeout(1000);
            if (verifyHost) {
                var parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
            }
            socket.startHandshake();
        }
    }
}
