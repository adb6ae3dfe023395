package dev.onrush.truth;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.http;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.dsl.Simulation;
import dev.onrush.testkit.FaultProxy;
import dev.onrush.testkit.ResponseTime;
import dev.onrush.testkit.SynBlackHole;
import dev.onrush.testkit.TestCertificates;
import dev.onrush.testkit.Toxic;
import dev.onrush.testkit.Toxics;
import dev.onrush.testkit.TruthServer;

/** Each part of a response time is told apart from the others (M22). */
@Tag("slow")
class PhaseTest {
    private static final int DNS = 0;
    private static final int CONNECT = 1;
    private static final int TLS = 2;
    private static final int FIRST_BYTE = 3;

    @TempDir
    Path results;

    /** Ten users who share one connection. */
    static final class Sharing extends Simulation {
        {
            setUp(scenario("sharing")
                            .repeat(2)
                            .on(http("shared").get(Trial.text("url")))
                            .injectOpen(atOnceUsers(10)))
                    .protocols(http.shareConnections().maxConnectionsPerHost(1))
                    .seed(1);
        }
    }

    @Test
    void waitingForAConnectionIsNoServiceTime() throws Exception {
        Figures.timed(
                "M22 queue",
                attempt -> {
                    try (TruthServer server = TruthServer.setup()
                            .responseTime(ResponseTime.fixed(Duration.ofMillis(100)))
                            .start()) {
                        TrialRun run = Trial.of(Sharing.class, results.resolve("queue-" + attempt))
                                .with("url", server.url("/"))
                                .run();
                        Invariants.hold(run)
                                .scheduled(10)
                                .due("shared", 20)
                                .arrived(server.ledger())
                                .open()
                                .ended(Duration.ofSeconds(3), 0);
                        assertThat(server.connectionsAccepted()).isEqualTo(1);
                        return run;
                    }
                },
                run -> {
                    double queue = p50(run, request -> request.connectionWaitNanos() / 1e6);
                    double service = p50(run, request -> request.serviceMicros() / 1e3);
                    double response = p50(run, request -> request.responseMicros() / 1e3);
                    double sum = run.log().requests.stream()
                                    .mapToDouble(request -> request.startDelayMicros()
                                            + request.connectionWaitNanos() / 1e3
                                            + request.serviceMicros())
                                    .sum()
                            / run.log().requests.stream()
                                    .mapToDouble(LogFacts.Request::responseMicros)
                                    .sum();
                    Figures.print(
                            "M22",
                            "10 users, 1 connection, 100 ms: p50 of connection wait %.1f ms, service time %.1f ms, response"
                                    + " time %.1f ms; start delay + connection wait + service time / response time = %.5f",
                            queue,
                            service,
                            response,
                            sum);
                    assertThat(queue).isBetween(890.0, 960.0);
                    assertThat(service).isBetween(100.0, 110.0);
                    assertThat(sum).isBetween(0.99, 1.01);
                });
    }

    /** Ten users with a connection each. */
    static final class Connecting extends Simulation {
        {
            setUp(scenario("connecting")
                            .exec(http("first").get(Trial.text("url")))
                            .exec(http("second").get(Trial.text("url")))
                            .injectOpen(atOnceUsers(Trial.number("users"))))
                    .protocols(http.trustAllCertificates())
                    .seed(1);
        }
    }

    @Test
    void theHandshakeAndTheFirstByteArePhasesOfTheirOwn() throws Exception {
        Figures.timed(
                "M22 TLS",
                attempt -> {
                    try (TruthServer server = TruthServer.setup()
                                    .tls(TestCertificates.server(TestCertificates.Kind.VALID))
                                    .start();
                            FaultProxy proxy = FaultProxy.before(server.port())) {
                        proxy.set(Toxics.toClient(Toxic.latency(Duration.ofMillis(200), Duration.ZERO, 1)));
                        TrialRun run = Trial.of(Connecting.class, results.resolve("tls-" + attempt))
                                .with("url", "https://127.0.0.1:" + proxy.port() + "/")
                                .with("users", 10)
                                .run();
                        Invariants.hold(run)
                                .scheduled(10)
                                .due("first", 10)
                                .arrived(server.ledger())
                                .open()
                                .ended(Duration.ofSeconds(3), 0);
                        assertThat(run.log().requests)
                                .filteredOn(request -> request.name().equals("second"))
                                .allMatch(request -> request.phasesNanos().get(CONNECT) == RequestSample.NONE
                                        && request.phasesNanos().get(TLS) == RequestSample.NONE);
                        assertThat(run.log().requests)
                                .as("an address is not looked up")
                                .allMatch(request -> request.phasesNanos().get(DNS) == RequestSample.NONE);
                        return run;
                    }
                },
                run -> {
                    double connect = p50(run, "first", CONNECT);
                    double tls = p50(run, "first", TLS);
                    double first = p50(run, "first", FIRST_BYTE);
                    double second = p50(run, "second", FIRST_BYTE);
                    Figures.print(
                            "M22",
                            "server's bytes 200 ms late: connect %.1f, TLS %.1f, then first byte %.1f ms; second request on the"
                                    + " connection: first byte %.1f ms",
                            connect,
                            tls,
                            first - connect - tls,
                            second);
                    assertThat(connect).isBetween(0.0, 100.0);
                    assertThat(tls).isBetween(200.0, 300.0);
                    assertThat(first - connect - tls).isBetween(200.0, 250.0);
                    assertThat(second).isBetween(200.0, 250.0);
                });
    }

    /** The system tries a lost SYN again after one second: nothing else takes as long here. */
    @Test
    void connectingIsAPhaseOfItsOwn() throws Exception {
        Figures.timed(
                "M22 connect",
                attempt -> {
                    try (SynBlackHole hole = SynBlackHole.start()) {
                        hole.willAnswer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok");
                        HOLE.set(hole);
                        TrialRun run = Trial.of(LostSyn.class, results.resolve("connect-" + attempt))
                                .with("url", hole.url("/"))
                                .run();
                        Invariants.hold(run).scheduled(2).due("first", 1).open().ended(Duration.ofSeconds(9), 0);
                        assertThat(run.count("/total/count/ok")).isEqualTo(1);
                        return run;
                    }
                },
                run -> {
                    double connect = p50(run, "first", CONNECT);
                    double first = p50(run, "first", FIRST_BYTE);
                    Figures.print(
                            "M22",
                            "first SYN lost: connect %.1f ms, then first byte %.1f ms, start delay %.1f ms",
                            connect,
                            first - connect,
                            run.figure("/total/startDelay/max"));
                    assertThat(connect).isBetween(900.0, 1300.0);
                    assertThat(first - connect).isLessThan(100);
                    assertThat(run.figure("/total/startDelay/max")).isLessThan(100);
                });
    }

    private static final AtomicReference<SynBlackHole> HOLE = new AtomicReference<>();

    /** One user whose first SYN is lost, and one who sees to it that the second is not. */
    static final class LostSyn extends Simulation {
        {
            setUp(
                            scenario("connecting")
                                    .exec(http("first").get(Trial.text("url")))
                                    .injectOpen(atOnceUsers(1)),
                            scenario("opening")
                                    .exec(session -> {
                                        HOLE.get().open();
                                        return session;
                                    })
                                    .injectOpen(nothingFor(Duration.ofMillis(500)), atOnceUsers(1)))
                    .seed(1);
        }
    }

    @Test
    void lookingUpANameIsAPhaseOfItsOwn() {
        try (TruthServer server = TruthServer.start()) {
            TrialRun run = Trial.of(Connecting.class, results)
                    .with("url", "http://localhost:" + server.port() + "/")
                    .with("users", 1)
                    .run();

            Invariants.hold(run)
                    .scheduled(1)
                    .due("first", 1)
                    .arrived(server.ledger())
                    .open()
                    .ended(Duration.ofSeconds(1), 0);
            LogFacts.Request first = run.log().requests.get(0);
            LogFacts.Request second = run.log().requests.get(1);
            assertThat(first.phasesNanos()).allMatch(nanos -> nanos >= 0 || nanos == RequestSample.NONE);
            assertThat(first.phasesNanos().get(DNS)).isNotNegative();
            assertThat(first.phasesNanos().get(CONNECT)).isNotNegative();
            assertThat(first.phasesNanos().get(DNS) + first.phasesNanos().get(CONNECT))
                    .isLessThanOrEqualTo(first.phasesNanos().get(FIRST_BYTE));
            assertThat(second.phasesNanos().get(DNS)).isEqualTo(RequestSample.NONE);
            Figures.print(
                    "M22",
                    "localhost: DNS %.2f, connect %.2f, first byte %.2f ms; second request: no DNS, no connect",
                    first.phasesNanos().get(DNS) / 1e6,
                    first.phasesNanos().get(CONNECT) / 1e6,
                    first.phasesNanos().get(FIRST_BYTE) / 1e6);
        }
    }

    private static double p50(TrialRun run, ToDoubleFunction<LogFacts.Request> part) {
        return Figures.percentile(run.log().requests.stream().mapToDouble(part).toArray(), 50);
    }

    private static double p50(TrialRun run, String name, int phase) {
        return Figures.percentile(
                run.log().requests.stream()
                        .filter(request -> request.name().equals(name))
                        .mapToDouble(request -> request.phasesNanos().get(phase) / 1e6)
                        .toArray(),
                50);
    }
}
