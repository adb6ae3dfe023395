package dev.onrush.truth;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.http;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.onrush.dsl.Simulation;
import dev.onrush.testkit.ChildResult;
import dev.onrush.testkit.ChildRun;
import dev.onrush.testkit.ClockShift;
import dev.onrush.testkit.TruthResponse;
import dev.onrush.testkit.TruthServer;

/** Somebody sets the clock of the machine while a run goes on: only its dates notice (M11). */
@Tag("slow")
class ClockJumpTest {
    private static final int USERS = 50;
    private static final Duration HOUR = Duration.ofHours(1);
    /** A machine that stands still for that long adds as much to the one or other of these times. */
    private static final Duration STALL = Duration.ofMillis(5);

    @TempDir
    Path results;

    /** Everything that waits for something: answers, time limits, pauses, idle connections, arrivals still to come. */
    static final class Waiting extends Simulation {
        {
            Duration answer = Duration.ofMillis(Trial.number("answer"));
            setUp(
                            // Connected before: a cold JVM takes its time for the first connections.
                            scenario("answered")
                                    .exec(http("hello").get(Trial.text("url") + "/hello"))
                                    .pause(Duration.ofMillis(500))
                                    .exec(http("answered")
                                            .get(Trial.text("url") + "/slow")
                                            .requestTimeout(answer.plusSeconds(2)))
                                    .injectOpen(atOnceUsers(USERS)),
                            scenario("parked")
                                    .exec(http("parked")
                                            .get(Trial.text("url") + "/never")
                                            .requestTimeout(answer))
                                    .injectOpen(atOnceUsers(USERS)),
                            scenario("idle")
                                    .exec(http("before").get(Trial.text("url") + "/before"))
                                    .pause(answer)
                                    .exec(http("after").get(Trial.text("url") + "/after"))
                                    .injectOpen(atOnceUsers(USERS)),
                            scenario("steady")
                                    .exec(http("steady").get(Trial.text("url") + "/steady"))
                                    .injectOpen(constantUsersPerSec(50).during(answer)))
                    .seed(1);
        }
    }

    private record Measured(TrialRun run, double worstMillis, double limitWorstMillis) {}

    @Test
    void setForwardAndBackWhileRequestsAreInFlight() throws Exception {
        jump(Duration.ofMillis(2400), List.of(HOUR, HOUR.negated()), Duration.ofMillis(700), 1000);
    }

    @Test
    @Tag("nightly")
    void setForwardAnHour() throws Exception {
        jump(Duration.ofSeconds(5), List.of(HOUR), Duration.ofSeconds(2), 0);
    }

    @Test
    @Tag("nightly")
    void setBackAnHour() throws Exception {
        jump(Duration.ofSeconds(5), List.of(HOUR.negated()), Duration.ofSeconds(2), 0);
    }

    /** @param shifts what the clock is ahead by after each jump */
    private void jump(Duration answer, List<Duration> shifts, Duration first, long apartMillis) throws Exception {
        assumeTrue(ClockShift.isAvailable(), "libfaketime is needed to set a clock");
        Figures.timed("M11", STALL, attempt -> measure(answer, shifts, first, apartMillis, attempt), measured -> {
            Figures.print(
                    "M11",
                    "%d requests of %d ms in flight, clock set to %s: ended early 0, not ended in time 0, negative"
                            + " times 0; service time against the ledger's at most %.1f ms more, time limits at most"
                            + " %.1f ms late; jumps told %d, verdict %s",
                    USERS,
                    answer.toMillis(),
                    shifts,
                    measured.worstMillis,
                    measured.limitWorstMillis,
                    measured.run.count("/generator/clockJumps"),
                    measured.run.verdict());
            assertThat(measured.worstMillis).isBetween(0.0, 10.0);
            assertThat(measured.limitWorstMillis).isBetween(0.0, 10.0);
        });
    }

    private Measured measure(Duration answer, List<Duration> shifts, Duration first, long apartMillis, int attempt)
            throws Exception {
        Instant before = Instant.now();
        try (ClockShift clock = ClockShift.none();
                TruthServer server = TruthServer.setup()
                        .route("/slow", TruthResponse.ok("slow").after(answer))
                        .route("/never", TruthResponse.never())
                        .start()) {
            Trial trial = Trial.of(Waiting.class, results.resolve(shifts.size() + "-" + attempt))
                    .with("url", server.url())
                    .with("answer", answer.toMillis());
            try (ChildRun child = clock.in(trial.child("-Xmx256m")).start()) {
                Awaitility.await()
                        .atMost(Duration.ofSeconds(30))
                        .pollInterval(Duration.ofMillis(5))
                        .until(() -> server.ledger().arrivals("/slow") == USERS);
                long jumpNanos = System.nanoTime() + first.toNanos();
                for (Duration shift : shifts) {
                    waitUntil(jumpNanos);
                    clock.ahead(shift);
                    jumpNanos += apartMillis * 1_000_000;
                }
                ChildResult result = child.await(Duration.ofSeconds(60));
                TrialRun run = trial.after(result);

                long steady = answer.toMillis() / 20;
                Invariants.hold(run)
                        .scheduled(3 * USERS + steady)
                        .due("hello", USERS)
                        .due("answered", USERS)
                        .due("parked", USERS)
                        .due("after", USERS)
                        .due("steady", steady)
                        .arrived(server.ledger())
                        .open()
                        .ended(answer.plusSeconds(10), 0);
                assertThat(named(run, "parked"))
                        .extracting(LogFacts.Request::errorClass)
                        .containsOnly("timeout.total");
                assertThat(run.log().requests)
                        .filteredOn(request -> !request.name().equals("parked"))
                        .allMatch(LogFacts.Request::isOk);
                // Its own connection each, kept over the jump.
                assertThat(server.connectionsAccepted()).isEqualTo(3 * USERS + steady);
                assertThat(run.count("/generator/clockJumps")).isEqualTo(shifts.size());
                // Graver where the machine was busy besides.
                assertThat(run.verdict()).isIn("DEGRADED", "SATURATED");
                assertThat(run.reasons()).contains("The wall clock jumped");
                assertThat(Instant.parse(run.summary().at("/run/start").asString()))
                        .isBetween(before, Instant.now());
                return new Measured(
                        run,
                        worst(serviceMillis(run, "answered"), ledgerMillis(server)),
                        Figures.percentile(serviceMillis(run, "parked"), 100) - answer.toMillis());
            }
        }
    }

    private static void waitUntil(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static List<LogFacts.Request> named(TrialRun run, String name) {
        return run.log().requests.stream()
                .filter(request -> request.name().equals(name))
                .toList();
    }

    private static double[] serviceMillis(TrialRun run, String name) {
        return named(run, name).stream()
                .mapToDouble(request -> request.serviceMicros() / 1e3)
                .sorted()
                .toArray();
    }

    private static double[] ledgerMillis(TruthServer server) {
        return server.ledger().entries().stream()
                .filter(entry -> entry.path().equals("/slow"))
                .mapToDouble(entry -> entry.serviceNanos() / 1e6)
                .sorted()
                .toArray();
    }

    /** By how much a service time of ours is longer than the one of its rank in the ledger, at most; none may be shorter. */
    private static double worst(double[] ours, double[] theirs) {
        assertThat(ours).hasSameSizeAs(theirs);
        double worst = 0;
        for (int i = 0; i < ours.length; i++) {
            assertThat(ours[i]).as("service time beside the ledger's").isGreaterThanOrEqualTo(theirs[i] - 0.001);
            worst = Math.max(worst, ours[i] - theirs[i]);
        }
        return worst;
    }
}
