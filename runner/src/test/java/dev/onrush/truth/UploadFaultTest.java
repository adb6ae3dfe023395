package dev.onrush.truth;

import static dev.onrush.dsl.CoreDsl.StringBody;
import static dev.onrush.testkit.FaultScript.script;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.onrush.http.Http;
import dev.onrush.http.HttpRequestActionBuilder;

/** Uploads of 10 MB that the target answers before it has read them, and those it was asked about first (T36, T37). */
@Tag("slow")
@Timeout(90)
class UploadFaultTest {
    private static final int USERS = 20;
    private static final int EACH = 2;
    private static final String LARGE = "x".repeat(10 << 20);
    private static final String SMALL = "x".repeat(1000);
    private static final String REFUSED =
            "HTTP/1.1 413 Content Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
    private static final String GO_ON = "HTTP/1.1 100 Continue\r\n\r\n";

    @TempDir
    Path results;

    private static final BiFunction<Http, String, HttpRequestActionBuilder> UPLOAD =
            (http, url) -> http.post(url).body(StringBody(LARGE));
    private static final BiFunction<Http, String, HttpRequestActionBuilder> ASK_FIRST =
            (http, url) -> http.post(url).header("Expect", "100-continue").body(StringBody(SMALL));

    private static final List<TargetFault> FAULTS = List.of(
            TargetFault.of(
                            "T37",
                            "413 and drain",
                            script().readHead().write(REFUSED).halfClose().drain())
                    .asking(UPLOAD)
                    .gives("check.failed"),
            TargetFault.of(
                            "T37",
                            "413 and close",
                            script().readHead().write(REFUSED).reset())
                    .asking(UPLOAD)
                    .gives("check.failed"),
            TargetFault.of(
                            "T37",
                            "413 and read 1 MB",
                            script().readHead().write(REFUSED).read(1 << 20).reset())
                    .asking(UPLOAD)
                    .gives("check.failed"),
            TargetFault.of(
                            "T37",
                            "413 and stall",
                            script().readHead().write(REFUSED).stall())
                    .asking(UPLOAD)
                    .gives("check.failed"),
            TargetFault.of(
                            "T37",
                            "200 at once",
                            script().readHead().answer("ok").drain())
                    .asking(UPLOAD),
            TargetFault.of("T37", "RST in the upload", script().read(1 << 20).reset())
                    .asking(UPLOAD)
                    .gives("write.reset"));

    private static final String LAST = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok";

    private static final List<TargetFault> ASKED = List.of(
            TargetFault.of(
                            "T36",
                            "Expect, 100",
                            script().readHead()
                                    .write(GO_ON)
                                    .read(1000)
                                    .write(LAST)
                                    .fin())
                    .asking(ASK_FIRST),
            TargetFault.of(
                            "T36",
                            "Expect, 413",
                            script().readHead().write(REFUSED).drain())
                    .asking(ASK_FIRST)
                    .gives("check.failed"),
            TargetFault.of(
                            "T36",
                            "Expect unheard",
                            script().readRequest().write(LAST).fin())
                    .asking(ASK_FIRST));

    @ParameterizedTest(name = "TLS {0}")
    @ValueSource(booleans = {false, true})
    void answersThatComeBeforeTheBodyHasGoneAreReported(boolean isTls) {
        try (FaultRun run = new FaultRun(isTls, USERS, EACH, Duration.ofSeconds(20), Duration.ZERO, FAULTS)) {
            FaultRun.Outcome outcome = run.run(results);

            String scheme = isTls ? "TLS" : "h1";
            outcome.print(scheme);
            List<LogFacts.Request> refused = outcome.run.log().requests.stream()
                    .filter(request -> request.name().contains("413"))
                    .toList();
            Figures.print(
                    "T37",
                    "%s: the 413 was seen by %d of %d",
                    scheme,
                    refused.stream().filter(request -> request.status() == 413).count(),
                    refused.size());
            // Who answers and closes at once makes the system throw away what was said: sometimes that comes first.
            assertThat(outcome.wrong).allMatch(wrong -> wrong.startsWith("T37 413 and close: expected"));
            assertThat(refused.stream()
                            .filter(request -> request.status() == 413)
                            .count())
                    .isGreaterThanOrEqualTo(refused.size() * 95L / 100);
            assertThat(refused.stream().map(LogFacts.Request::errorClass)).isSubsetOf("check.failed", "write.reset");
        }
    }

    @ParameterizedTest(name = "TLS {0}")
    @ValueSource(booleans = {false, true})
    void bodyWaitsForTheAnswerThatWasAskedForButNotForEver(boolean isTls) throws Exception {
        String scheme = isTls ? "TLS" : "h1";
        Figures.timed(
                "T36",
                attempt -> {
                    try (FaultRun run =
                            new FaultRun(isTls, USERS, EACH, Duration.ofSeconds(20), Duration.ZERO, ASKED)) {
                        FaultRun.Outcome outcome = run.run(results.resolve("asked-" + attempt));
                        outcome.print(scheme);
                        assertThat(outcome.wrong).isEmpty();
                        assertThat(outcome.run.log().requests)
                                .filteredOn(request -> request.name().equals("T36 Expect, 413"))
                                .allMatch(request -> request.bytesSent() < SMALL.length());
                        return outcome.run.log().requests.stream()
                                .filter(request -> request.name().equals("T36 Expect unheard"))
                                .mapToDouble(request -> request.serviceMicros() / 1000.0)
                                .toArray();
                    }
                },
                waited -> {
                    Figures.print(
                            "T36",
                            "%s: a 100 that never comes is waited for %.0f to %.0f ms",
                            scheme,
                            Figures.percentile(waited, 0),
                            Figures.percentile(waited, 100));
                    assertThat(Figures.percentile(waited, 0)).isGreaterThan(900);
                    assertThat(Figures.percentile(waited, 100)).isLessThan(2500);
                });
    }
}
