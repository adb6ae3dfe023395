package dev.onrush.http.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.onrush.testkit.FaultScript;
import dev.onrush.testkit.FaultServer;

/** A response whose connection ends before it does is never taken for a shorter one (T06). */
class TornResponseTest {
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n";

    private TestEnvironment environment;
    private Wire wire;

    @BeforeEach
    void open() {
        environment = new TestEnvironment(2);
        wire = new Wire(environment, WireOptions.of(60_000_000_000L, false, false));
        wire.start();
    }

    @AfterEach
    void close() {
        wire.close();
        environment.close();
    }

    static Stream<Arguments> responses() {
        return Stream.of(
                Arguments.of("a length", "read.eof_early", 0, "Content-Length: 12\r\n\r\nhello, world"),
                Arguments.of("no length", "read.eof_early", 0, "Connection: close\r\n\r\n"),
                Arguments.of(
                        "chunks",
                        "read.eof_early proto.chunk",
                        4,
                        "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"));
    }

    /**
     * @param classes those it may be: a torn chunk is a chunk that is wrong
     * @param whole so many bytes before its end it may be taken for a whole one: the zero of the last chunk has come then, and with
     *     it all of the body (RFC 9112, 8)
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("responses")
    void isAFailureWhereverItIsTorn(String what, String classes, int whole, String rest) {
        String text = HEAD + rest;
        List<String> wrong = new ArrayList<>();
        for (int length = 0; length < text.length() - whole; length++) {
            String seen = answerTo(text.substring(0, length));
            if (!List.of(classes.split(" ")).contains(seen)) {
                wrong.add("after " + length + " of " + text.length() + " bytes: " + seen);
            }
        }

        System.out.println("FIGURE T06 response with " + what + ", torn after each of its " + (text.length() - whole)
                + " bytes: taken for a whole one " + wrong.size());
        assertThat(wrong).isEmpty();
        assertThat(answerTo(text)).isEqualTo("ANSWERED");
    }

    private String answerTo(String text) {
        UserConnections pool = new UserConnections(wire, 6);
        try (var server =
                FaultServer.start(FaultScript.script().readRequest().write(text).fin())) {
            return new TestUser(wire, pool)
                    .get(new Origin(false, "127.0.0.1", server.port()), "/")
                    .errorClass();
        } finally {
            pool.close();
        }
    }
}
