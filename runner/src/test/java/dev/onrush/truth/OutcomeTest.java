package dev.onrush.truth;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.http;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.onrush.dsl.Simulation;
import dev.onrush.testkit.LedgerEntry;
import dev.onrush.testkit.ResponseTime;
import dev.onrush.testkit.TruthResponse;
import dev.onrush.testkit.TruthServer;

/** What failed and what was slow stay apart (M18, M19), and what is fast is measured finely (M20). */
class OutcomeTest {
    @TempDir
    Path results;

    /** Half of the users find nobody there. */
    static final class HalfRefused extends Simulation {
        {
            setUp(
                            scenario("refused")
                                    .exec(http("refused").get(Trial.text("closed")))
                                    .injectOpen(rampUsers(100).during(1)),
                            scenario("answered")
                                    .exec(http("answered").get(Trial.text("open")))
                                    .injectOpen(rampUsers(100).during(1)))
                    .seed(1);
        }
    }

    @Test
    void failuresDoNotPullTheTimesOfSuccesses() throws Exception {
        Figures.timed(
                "M18",
                attempt -> {
                    try (TruthServer server = TruthServer.setup()
                            .responseTime(ResponseTime.fixed(Duration.ofMillis(100)))
                            .start()) {
                        TrialRun run = Trial.of(HalfRefused.class, results.resolve("m18-" + attempt))
                                .with("open", server.url("/"))
                                .with("closed", "http://127.0.0.1:" + closedPort() + "/")
                                .run();
                        Invariants.hold(run)
                                .scheduled(200)
                                .due("refused", 100)
                                .due("answered", 100)
                                .arrived(server.ledger())
                                .open()
                                .ended(Duration.ofSeconds(1), 0);
                        assertThat(run.count("/total/count/ko")).isEqualTo(100);
                        assertThat(run.summary().at("/total/errors/0/class").asString())
                                .isEqualTo("connect.refused");
                        assertThat(run.count("/total/errors/0/count")).isEqualTo(100);
                        return run;
                    }
                },
                run -> {
                    Figures.print(
                            "M18",
                            "50 %% refused + 50 %% at 100 ms: p50(OK) %.3f ms, p50(KO) %.3f ms",
                            run.figure("/total/okResponseTime/p50"),
                            run.figure("/total/koResponseTime/p50"));
                    assertThat(run.figure("/total/okResponseTime/p50")).isEqualTo(100, within(10.0));
                });
    }

    /** Ten percent succeed, slowly. */
    static final class FastFailures extends Simulation {
        {
            setUp(scenario("mixed")
                            .exec(http("mixed").get(Trial.text("url")))
                            .injectOpen(rampUsers(500).during(1)))
                    .seed(1);
        }
    }

    @Test
    void fastFailuresAndSlowSuccessesHaveRowsOfTheirOwn() throws Exception {
        Figures.timed(
                "M19",
                attempt -> {
                    AtomicInteger number = new AtomicInteger();
                    try (TruthServer server = TruthServer.setup()
                            .otherwise(request -> number.getAndIncrement() % 10 == 0
                                    ? TruthResponse.ok("slow").after(Duration.ofSeconds(1))
                                    : TruthResponse.status(500))
                            .start()) {
                        TrialRun run = Trial.of(FastFailures.class, results.resolve("m19-" + attempt))
                                .with("url", server.url("/"))
                                .run();
                        Invariants.hold(run)
                                .scheduled(500)
                                .due("mixed", 500)
                                .arrived(server.ledger())
                                .open()
                                .ended(Duration.ofSeconds(2), 0);
                        assertThat(run.count("/total/count/ok")).isEqualTo(50);
                        assertThat(run.count("/total/count/ko")).isEqualTo(450);
                        assertThat(run.count("/total/statusCodes/500")).isEqualTo(450);
                        assertThat(Files.readString(run.folder().resolve("index.html")))
                                .contains(
                                        "90.00 % of the requests failed: times over OK and KO together mix two things.");
                        return run;
                    }
                },
                run -> {
                    double all = run.figure("/total/responseTime/p95");
                    double ok = run.figure("/total/okResponseTime/p95");
                    double ko = run.figure("/total/koResponseTime/p95");
                    Figures.print("M19", "p95 all %.1f ms, OK %.1f ms, KO %.1f ms", all, ok, ko);
                    assertThat(ok).isBetween(1000.0, 1050.0);
                    assertThat(ko).isLessThan(50);
                    assertThat(all).isBetween(1000.0, 1050.0);
                });
    }

    /** A thousand requests to each path at which clients are tempted to try again. */
    static final class Tempted extends Simulation {
        {
            setUp(
                            scenario("busy")
                                    .repeat(100)
                                    .on(http("busy").get(Trial.text("url") + "/503"))
                                    .injectOpen(atOnceUsers(10)),
                            scenario("too many")
                                    .repeat(100)
                                    .on(http("too many").get(Trial.text("url") + "/429"))
                                    .injectOpen(atOnceUsers(10)),
                            scenario("reset")
                                    .repeat(100)
                                    .on(http("reset").get(Trial.text("url") + "/reset"))
                                    .injectOpen(atOnceUsers(10)))
                    .seed(1);
        }
    }

    @Test
    void nothingIsTriedAgainBehindTheAuthorsBack() throws Exception {
        Figures.timed(
                "M23",
                attempt -> tempted(results.resolve("m23-" + attempt)),
                // One try again after the usual second would show.
                run -> assertThat(run.figure("/total/responseTime/max")).isLessThan(900));
    }

    private static TrialRun tempted(Path folder) {
        try (TruthServer server = TruthServer.setup()
                .route("/503", TruthResponse.status(503).header("Retry-After", "3600"))
                .route("/429", TruthResponse.status(429).header("Retry-After", "3600"))
                .route("/reset", TruthResponse.reset())
                .start()) {
            TrialRun run =
                    Trial.of(Tempted.class, folder).with("url", server.url()).run();

            Invariants.hold(run)
                    .scheduled(30)
                    .due("busy", 1000)
                    .due("too many", 1000)
                    .due("reset", 1000)
                    .arrived(server.ledger())
                    .ended(Duration.ofSeconds(5), 0);
            Figures.print(
                    "M23",
                    "1000 x 503, 1000 x 429, 1000 x RST: ledger / log %.3f, lost first tries %d, p99 %.1f ms, max %.1f ms",
                    server.ledger().arrivals() / 3000.0,
                    run.count("/generator/staleRetries"),
                    run.figure("/total/responseTime/p99"),
                    run.figure("/total/responseTime/max"));
            assertThat(server.ledger().arrivals()).isEqualTo(3000);
            assertThat(run.count("/generator/staleRetries")).isZero();
            assertThat(run.count("/total/statusCodes/503")).isEqualTo(1000);
            assertThat(run.count("/total/statusCodes/429")).isEqualTo(1000);
            assertThat(run.log().requests.stream()
                            .filter(request -> request.errorClass().equals("read.reset"))
                            .count())
                    .isEqualTo(1000);
            return run;
        }
    }

    /** One user at a time, so that nothing waits for anything but the target. */
    static final class OneByOne extends Simulation {
        {
            setUp(scenario("fast")
                            .repeat(Trial.number("count"))
                            .on(exec(http("fast").get(Trial.text("url"))).pause(Duration.ofMillis(2)))
                            .injectOpen(atOnceUsers(1)))
                    .seed(1);
        }
    }

    @Test
    void aFastTargetIsMeasuredInMicroseconds() throws Exception {
        Figures.timed(
                "M20",
                attempt -> {
                    try (TruthServer server = TruthServer.setup()
                            .responseTime(ResponseTime.fixed(Duration.ofNanos(300_000)))
                            .start()) {
                        TrialRun run = Trial.of(OneByOne.class, results.resolve("m20-" + attempt))
                                .with("url", server.url("/"))
                                .with("count", 500)
                                .run();
                        Invariants.hold(run)
                                .scheduled(1)
                                .due("fast", 500)
                                .arrived(server.ledger())
                                .ended(Duration.ofSeconds(3), 0);
                        double[] truth = server.ledger().entries().stream()
                                .mapToDouble(LedgerEntry::serviceNanos)
                                .toArray();
                        return new double[] {Figures.percentile(truth, 50) / 1e6, run.figure("/total/serviceTime/p50")};
                    }
                },
                figures -> {
                    double truth = figures[0];
                    double ours = figures[1];
                    Figures.print("M20", "p50 of service time %.3f ms, ledger %.3f ms", ours, truth);
                    assertThat(ours).isGreaterThanOrEqualTo(truth * 0.99);
                    assertThat(ours - truth).isLessThanOrEqualTo(Math.max(0.05, truth / 10) + WIRE_MILLIS);
                });
    }

    /** Two passes through the loopback and two wake-ups, which the ledger does not see. */
    private static final double WIRE_MILLIS = 0.1;

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
