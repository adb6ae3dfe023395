package dev.onrush.truth;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.header;
import static dev.onrush.http.HttpDsl.http;
import static dev.onrush.http.HttpDsl.status;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.onrush.dsl.Simulation;
import dev.onrush.testkit.FaultScript;
import dev.onrush.testkit.FaultServer;
import dev.onrush.testkit.TruthRequest;

/** What a server says unasked is never taken for the answer to the next request (T38). */
class DesyncTest {
    private static final int USERS = 50;
    private static final int REPEATS = 10;
    private static final AtomicLong IDS = new AtomicLong();

    private static final String ANSWER = "HTTP/1.1 200 OK\r\nX-Request-Id: {id}\r\nContent-Length: 5\r\n\r\n{id}";
    private static final String EXTRA = "HTTP/1.1 200 OK\r\nX-Request-Id: other\r\nContent-Length: 5\r\n\r\nother";

    @TempDir
    Path results;

    /** Every answer must bear the id and the status asked for. */
    static final class Asking extends Simulation {
        {
            setUp(scenario("asking")
                            .repeat(REPEATS)
                            .on(exec(session -> session.set("id", "r" + (1000 + IDS.incrementAndGet() % 9000)))
                                    .exec(http("ask")
                                            .httpRequest(Trial.text("method"), Trial.text("url"))
                                            .header(TruthRequest.ID_HEADER, "#{id}")
                                            .check(
                                                    status().is(Trial.number("status")),
                                                    header(TruthRequest.ID_HEADER)
                                                            .isEL("#{id}")))
                                    .pause(Duration.ofMillis(Trial.number("think"))))
                            .injectOpen(atOnceUsers(USERS)))
                    .seed(1);
        }
    }

    static Stream<Arguments> scripts() {
        return Stream.of(
                Arguments.of("a second answer in the same write", "GET", 200, 0, asked().echo(ANSWER + EXTRA)),
                Arguments.of(
                        "a second answer behind 3000 bytes in the same write",
                        "GET",
                        200,
                        0,
                        asked().echo(large(3000) + EXTRA)),
                Arguments.of(
                        "a second answer behind 20 000 bytes in the same write",
                        "GET",
                        200,
                        0,
                        asked().echo(large(20_000) + EXTRA)),
                Arguments.of(
                        "a second answer 5 ms later, the user thinks 30 ms",
                        "GET",
                        200,
                        30,
                        asked().echo(ANSWER).pause(Duration.ofMillis(5)).write(EXTRA)),
                Arguments.of("an answer as the body of a 204", "GET", 204, 0, bodiless("204 No Content")),
                Arguments.of("an answer as the body of a 304", "GET", 304, 0, bodiless("304 Not Modified")),
                Arguments.of("an answer as the body of a HEAD", "HEAD", 200, 0, bodiless("200 OK")));
    }

    /** Larger than what is read at a time, so that what follows is still in the system when it is complete. */
    private static String large(int bytes) {
        return "HTTP/1.1 200 OK\r\nX-Request-Id: {id}\r\nContent-Length: " + bytes + "\r\n\r\n" + "x".repeat(bytes);
    }

    private static FaultScript asked() {
        return FaultScript.script().readRequest();
    }

    private static FaultScript bodiless(String status) {
        return asked().echo("HTTP/1.1 " + status + "\r\nX-Request-Id: {id}\r\nContent-Length: " + EXTRA.length()
                + "\r\n\r\n" + EXTRA);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scripts")
    void neverAnswersTheNextRequest(String what, String method, int status, int think, FaultScript script)
            throws Exception {
        try (FaultServer server = FaultServer.start(script.forever())) {
            TrialRun run = Trial.of(Asking.class, results)
                    .with("url", server.url("/"))
                    .with("method", method)
                    .with("status", status)
                    .with("think", think)
                    .run();

            Invariants.hold(run)
                    .scheduled(USERS)
                    .due("ask", USERS * REPEATS)
                    .open()
                    .idsCameBack()
                    .ended(Duration.ofSeconds(3), 0);
            assertThat(run.log().requests).allMatch(LogFacts.Request::isOk);
            assertThat(run.count("/total/statusCodes/" + status)).isEqualTo(USERS * REPEATS);
            assertThat(server.connectionsAccepted()).isEqualTo(USERS * REPEATS);
            Figures.print(
                    "T38",
                    "%s: %d requests, mismatches 0, connections used again 0",
                    what,
                    run.count("/total/count/total"));
        }
    }
}
