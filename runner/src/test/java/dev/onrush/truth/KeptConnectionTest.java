package dev.onrush.truth;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.http;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.onrush.dsl.Simulation;
import dev.onrush.testkit.FaultScript;
import dev.onrush.testkit.FaultServer;
import dev.onrush.testkit.LedgerEntry;
import dev.onrush.testkit.TestCertificates;
import dev.onrush.testkit.TruthResponse;
import dev.onrush.testkit.TruthServer;
import dev.onrush.testkit.TruthSetup;

/** Connections that the target closes just when they are to be used again (T28), and what it says of keeping them (T29). */
@Tag("slow")
@Timeout(60)
class KeptConnectionTest {
    private static final int USERS = 20;
    private static final int EACH = 50;
    private static final AtomicLong IDS = new AtomicLong();

    @TempDir
    Path results;

    /** Users who come back just when the target gives their connection up. */
    static final class Racing extends Simulation {
        {
            setUp(
                            scenario("GET")
                                    .repeat(EACH)
                                    .on(exec(http("GET").get(Trial.text("url")).header("X-Request-Id", session -> id()))
                                            .pause(
                                                    Duration.ofMillis(Trial.number("least")),
                                                    Duration.ofMillis(Trial.number("most"))))
                                    .injectOpen(atOnceUsers(Trial.number("users"))),
                            scenario("POST")
                                    .repeat(EACH)
                                    .on(exec(http("POST")
                                                    .post(Trial.text("url"))
                                                    .header("X-Request-Id", session -> id())
                                                    .body(StringBody("once")))
                                            .pause(
                                                    Duration.ofMillis(Trial.number("least")),
                                                    Duration.ofMillis(Trial.number("most"))))
                                    .injectOpen(atOnceUsers(Trial.number("users"))))
                    .seed(1);
        }

        private static String id() {
            return Long.toString(IDS.incrementAndGet());
        }
    }

    /** In clear only: a handshake on a busy machine takes longer than the target waits. */
    @Test
    void connectionsClosedAfterFiftyMillisecondsAreUsedAgainWithoutHarm() {
        race(false, "when idle for 50 ms", TruthServer.setup().idleTimeout(Duration.ofMillis(50)), 44, 56);
    }

    @ParameterizedTest(name = "TLS {0}")
    @ValueSource(booleans = {false, true})
    void connectionsClosedRightAfterTheAnswerAreUsedAgainWithoutHarm(boolean isTls) {
        race(
                isTls,
                "right after the answer",
                TruthServer.setup().otherwise(TruthResponse.ok("ok").closeSilently()),
                0,
                1);
    }

    private void race(boolean isTls, String when, TruthSetup setup, int least, int most) {
        int users = isTls ? 4 : USERS; // each of their requests is a handshake
        try (TruthServer server =
                (isTls ? setup.tls(TestCertificates.server(TestCertificates.Kind.VALID)) : setup).start()) {
            TrialRun run = Trial.of(Racing.class, results)
                    .with("url", server.url("/"))
                    .with("users", users)
                    .with("least", least)
                    .with("most", most)
                    .trustingTestAuthority()
                    .run();

            Invariants.hold(run)
                    .scheduled(2 * users)
                    .due("GET", users * EACH)
                    .due("POST", users * EACH)
                    .ended(Duration.ofSeconds(10), 0);
            List<LogFacts.Request> all = run.log().requests;
            // A new connection that stands idle for too long because the machine is busy is no race of ours.
            assertThat(all.stream()
                            .filter(request -> isReused(request) || isTls)
                            .map(LogFacts.Request::errorClass)
                            .distinct())
                    .isSubsetOf("", "keepalive.stale");
            long lostTries = all.stream().filter(LogFacts.Request::attempt).count();
            long stalePosts = all.stream()
                    .filter(r -> r.counts() && r.errorClass().equals("keepalive.stale"))
                    .count();
            long failedPosts = all.stream()
                    .filter(r -> r.isKo() && r.name().equals("POST"))
                    .count();
            List<String> posted = server.ledger().entries().stream()
                    .filter(entry -> entry.method().equals("POST"))
                    .map(LedgerEntry::id)
                    .toList();
            long doubled = posted.size() - posted.stream().distinct().count();
            long requests = 2L * users * EACH;
            Figures.print(
                    "T28",
                    "%s, closed %s: stale per 10 000 %d (GET sent again %d, POST failed %d of %d each), POSTs doubled %d",
                    isTls ? "TLS" : "h1",
                    when,
                    (lostTries + stalePosts) * 10_000 / requests,
                    lostTries,
                    stalePosts,
                    users * EACH,
                    doubled);
            assertThat(doubled).as("POSTs that arrived twice").isZero();
            assertThat(all.stream().filter(r -> r.counts() && r.isKo() && isReused(r)))
                    .as("what failed on a connection that was used before")
                    .allMatch(request -> request.name().equals("POST"));
            assertThat(run.count("/generator/staleRetries")).isEqualTo(lostTries);
            assertThat(posted.size())
                    .as("POSTs that arrived")
                    .isBetween((int) (users * EACH - failedPosts), users * EACH);
        }
    }

    private static boolean isReused(LogFacts.Request request) {
        long connectNanos = request.phasesNanos().get(1);
        return connectNanos < 0;
    }

    /** Users who pause longer, or ask more often, than the target keeps connections. */
    static final class Keeping extends Simulation {
        {
            setUp(
                            scenario("timeout=1")
                                    .repeat(3)
                                    .on(exec(http("timeout=1").get(Trial.text("timeout")))
                                            .pause(Duration.ofMillis(1200)))
                                    .injectOpen(atOnceUsers(USERS)),
                            scenario("max=3")
                                    .repeat(12)
                                    .on(http("max=3").post(Trial.text("max")))
                                    .injectOpen(atOnceUsers(USERS)))
                    .seed(1);
        }
    }

    @Test
    void keepAliveHintsAreHonoured() {
        String head = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nKeep-Alive: timeout=1, max=";
        FaultScript four = FaultScript.script();
        for (int left = 3; left >= 0; left--) {
            four = four.readRequest().write(head + left + "\r\n\r\nok");
        }
        // It never closes: who uses a connection for longer than was said gets no answer.
        try (FaultServer timeout = FaultServer.start(FaultScript.script()
                        .readRequest()
                        .write(head + "3\r\n\r\nok")
                        .drain());
                FaultServer max = FaultServer.start(four.drain())) {
            TrialRun run = Trial.of(Keeping.class, results)
                    .with("timeout", timeout.url("/"))
                    .with("max", max.url("/"))
                    .run();

            Invariants.hold(run)
                    .scheduled(2 * USERS)
                    .due("timeout=1", 3 * USERS)
                    .due("max=3", 12 * USERS)
                    .ended(Duration.ofSeconds(5), 0);
            Figures.print(
                    "T29",
                    "timeout=1, pauses of 1.2 s: %d requests on %d connections; max=3: %d requests on %d connections",
                    3 * USERS,
                    timeout.connectionsAccepted(),
                    12 * USERS,
                    max.connectionsAccepted());
            assertThat(run.count("/total/count/ko")).isZero();
            assertThat(timeout.connectionsAccepted()).isEqualTo(3 * USERS);
            assertThat(max.connectionsAccepted()).isEqualTo(3 * USERS);
        }
    }
}
