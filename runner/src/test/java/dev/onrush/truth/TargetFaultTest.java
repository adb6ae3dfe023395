package dev.onrush.truth;

import static dev.onrush.dsl.CoreDsl.StringBody;
import static dev.onrush.testkit.FaultScript.script;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.onrush.testkit.Ending;
import dev.onrush.testkit.FaultScript;

/**
 * Targets that break off, say nonsense or say nothing, each asked 200 times by 20 users in clear, and 8 times by 4 under TLS: every
 * request ends with its class, by its deadline, and every user with it. A new fault is a new line.
 */
@Tag("slow")
@Timeout(120)
class TargetFaultTest {
    /** Of the faults that end by themselves: far off, so that a busy machine does not reach it. */
    private static final Duration FAR = Duration.ofSeconds(10);

    private static final Duration DEADLINE = Duration.ofMillis(500);
    private static final Duration DRIP = Duration.ofMillis(20);
    private static final String HEAD = "HTTP/1.1 200 OK\r\n";

    @TempDir
    Path results;

    private static FaultScript reply(String text) {
        return script().readRequest().write(text).fin();
    }

    private static FaultScript keeping(String text) {
        return script().readRequest().write(text).forever();
    }

    private static FaultScript chunks(String text) {
        return reply(HEAD + "Transfer-Encoding: chunked\r\n\r\n" + text);
    }

    private static TargetFault fault(String row, String what, FaultScript script) {
        return TargetFault.of(row, what, script);
    }

    /** Faults that are over as soon as they are met. */
    private static final List<TargetFault> AT_ONCE = List.of(
            fault("T05", "RST at once", FaultScript.dropBeforeAnswer(Ending.RST))
                    .gives("read.reset"),
            fault("T05", "RST in headers", FaultScript.dropInHeaders(Ending.RST))
                    .gives("read.reset")
                    .receiving(20),
            fault("T05", "RST in body", FaultScript.dropInBody(Ending.RST))
                    .gives("read.reset")
                    .receiving(60),
            fault("T06", "FIN at once", script().readRequest().fin()).gives("read.eof_early"),
            fault("T06", "FIN in status line", reply("HTTP/1.1 2")).gives("read.eof_early"),
            fault("T06", "FIN in headers", reply(HEAD + "Content-Ty")).gives("read.eof_early"),
            fault("T06", "FIN after a header", reply(HEAD + "X: 1\r\n")).gives("read.eof_early"),
            fault("T06", "FIN in body", reply(HEAD + "Content-Length: 100\r\n\r\n0123456789"))
                    .gives("read.eof_early")
                    .receiving(48),
            fault("T06", "cut in body", FaultScript.truncatedBody(1000))
                    .gives("read.eof_early")
                    .onlyInClear(),
            fault("T06", "more bytes", FaultScript.extraBytesAfterBody("XX")),
            fault("T06", "one more answer", FaultScript.extraBytesAfterBody(HEAD + "Content-Length: 5\r\n\r\nwrong")),
            fault(
                            "T07",
                            "half-close after answer",
                            script().readRequest().answer("ok").halfClose().drain())
                    .on(TargetFault.Use.ANY),
            fault(
                    "T07",
                    "half-close ends body",
                    script().readRequest().write(HEAD + "\r\nok").halfClose().drain()),
            fault(
                            "T07",
                            "half-close at once",
                            script().readRequest().halfClose().drain())
                    .gives("read.eof_early"),
            fault("T10", "64 KB status line", reply("HTTP/1.1 200 " + "x".repeat(64 * 1024) + "\r\n\r\n"))
                    .gives("proto.too_large"),
            fault("T10", "1 MB header", reply(HEAD + "X: " + "x".repeat(1 << 20) + "\r\n\r\n"))
                    .gives("proto.too_large"),
            fault("T10", "10000 headers", reply(HEAD + "X: 1\r\n".repeat(10_000) + "\r\n"))
                    .gives("proto.too_large"),
            fault("T10", "1 MB of headers", reply(HEAD + ("X: " + "x".repeat(10_000) + "\r\n").repeat(100) + "\r\n"))
                    .gives("proto.too_large"),
            fault("T13", "no hex", chunks("zz\r\nhello\r\n0\r\n\r\n")).gives("proto.chunk"),
            fault("T13", "negative", chunks("-5\r\nhello\r\n0\r\n\r\n")).gives("proto.chunk"),
            fault("T13", "overflow", chunks("fffffffffffffffff\r\nhello")).gives("proto.chunk"),
            fault("T13", "huge and cut", chunks("7fffffffffffffff\r\nhello")).gives("proto.chunk"),
            fault("T13", "empty size", chunks("\r\nhello\r\n0\r\n\r\n")).gives("proto.chunk"),
            fault("T13", "no line end", chunks("5\r\nhelloXX0\r\n\r\n")).gives("proto.chunk"),
            fault("T13", "cut in size", chunks("5")).gives("proto.chunk"),
            fault("T13", "cut in chunk", chunks("10\r\nhello")).gives("proto.chunk"),
            fault("T13", "no last chunk", chunks("5\r\nhello\r\n")).gives("proto.chunk"),
            fault("T13", "cut in last chunk", chunks("5\r\nhello\r\n0\r\n")),
            fault("T13", "bad trailer", chunks("5\r\nhello\r\n0\r\nno colon\r\n\r\n"))
                    .gives("proto.chunk"),
            fault(
                            "T13",
                            "trailers",
                            keeping(HEAD + "Transfer-Encoding: chunked\r\n\r\n"
                                    + "5;a=b\r\nhello\r\n0\r\nX-Sum: 1\r\nX-More: 2\r\n\r\n"))
                    .on(TargetFault.Use.KEPT),
            fault("T29", "Connection: close", keeping(HEAD + "Connection: close\r\nContent-Length: 2\r\n\r\nok")),
            fault("T29", "close among others", keeping(HEAD + "Connection: foo, Close\r\nContent-Length: 2\r\n\r\nok")),
            fault(
                    "T29",
                    "Keep-Alive: max=0",
                    keeping(HEAD + "Keep-Alive: timeout=5, max=0\r\nContent-Length: 2\r\n\r\nok")),
            fault("T29", "HTTP/1.0", keeping("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok")),
            fault(
                            "T29",
                            "HTTP/1.0 kept",
                            keeping("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok"))
                    .on(TargetFault.Use.KEPT),
            fault(
                    "T29",
                    "HTTP/1.0 to the end",
                    script().readRequest().write("HTTP/1.0 200 OK\r\n\r\nok").fin()),
            fault("T36", "100 unasked", keeping("HTTP/1.1 100 Continue\r\n\r\n" + HEAD + "Content-Length: 2\r\n\r\nok"))
                    .on(TargetFault.Use.KEPT),
            fault(
                            "T36",
                            "103 x 1000",
                            keeping("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n".repeat(1000) + HEAD
                                    + "Content-Length: 2\r\n\r\nok"))
                    .on(TargetFault.Use.KEPT),
            fault("T36", "100 and no more", reply("HTTP/1.1 100 Continue\r\n\r\n"))
                    .gives("read.eof_early"));

    @ParameterizedTest(name = "TLS {0}")
    @CsvSource({"false, 20, 10", "true, 4, 2"})
    void faultsThatAreMetGiveTheirClassAndEndEveryUser(boolean isTls, int users, int requestsEach) {
        try (FaultRun run = new FaultRun(isTls, users, requestsEach, FAR, Duration.ZERO, AT_ONCE)) {
            FaultRun.Outcome outcome = run.run(results);

            outcome.print(isTls ? "TLS" : "h1");
            assertThat(outcome.wrong).isEmpty();
        }
    }

    @ParameterizedTest(name = "TLS {0}")
    @ValueSource(booleans = {false, true})
    void noSocketIsKeptThatTheTargetHasClosed(boolean isTls) throws Exception {
        List<TargetFault> closing = AT_ONCE.stream()
                .filter(fault -> Set.of("T06", "T07", "T29", "T36").contains(fault.row()))
                .toList();
        Figures.timed(
                "T07",
                attempt -> {
                    try (FaultRun run = new FaultRun(isTls, 2, 1, FAR, Duration.ofSeconds(3), closing)) {
                        FaultRun.Outcome outcome = run.run(results.resolve("close-wait-" + attempt));
                        assertThat(outcome.wrong).isEmpty();
                        return outcome.closeWaitMillis;
                    }
                },
                longest -> {
                    Figures.print(
                            "T07",
                            "%s: longest in CLOSE_WAIT %d ms, of users who stay for 3 s; after the run 0",
                            isTls ? "TLS" : "h1",
                            longest);
                    assertThat(longest).isLessThan(1000);
                });
    }

    /** Faults that only the deadline ends. */
    private static final List<TargetFault> ENDLESS = List.of(
            fault("T03", "never answers", FaultScript.neverAnswer()).gives("timeout.total"),
            fault("T04", "drips status line", script().readRequest().drip(HEAD.repeat(9), DRIP.multipliedBy(5)))
                    .gives("timeout.total"),
            fault("T04", "drips headers", FaultScript.dripHeaders(DRIP)).gives("timeout.total"),
            fault("T04", "drips body", FaultScript.dripBody(DRIP)).gives("timeout.total"),
            fault("T36", "Expect unanswered", script().readHead().drain())
                    .asking((http, url) ->
                            http.post(url).header("Expect", "100-continue").body(StringBody("x".repeat(1000))))
                    .gives("write.timeout"),
            fault("T37", "never reads", FaultScript.neverRead())
                    .asking((http, url) -> http.post(url).body(StringBody("x".repeat(10 << 20))))
                    .gives("write.timeout"));

    @ParameterizedTest(name = "TLS {0}")
    @CsvSource({"false, 20, 10", "true, 4, 2"})
    void deadlineEndsWhatNeverEnds(boolean isTls, int users, int requestsEach) throws Exception {
        Figures.timed(
                "T03",
                attempt -> {
                    try (FaultRun run = new FaultRun(
                            isTls,
                            users,
                            requestsEach,
                            DEADLINE,
                            Duration.ZERO,
                            ENDLESS.stream().map(TargetFault::late).toList())) {
                        FaultRun.Outcome outcome = run.run(results.resolve(isTls + "-" + attempt));
                        outcome.print(isTls ? "TLS" : "h1");
                        assertThat(outcome.wrong).isEmpty();
                        return outcome;
                    }
                },
                outcome -> assertThat(outcome.latestMillis.values()).allMatch(millis -> millis <= 50));
    }
}
