package dev.onrush.truth;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.http;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.onrush.dsl.Simulation;
import dev.onrush.http.HttpProtocolBuilder;
import dev.onrush.testkit.FaultScript;
import dev.onrush.testkit.FaultServer;
import dev.onrush.testkit.TestCertificates;

/** Handshakes that fail, many of them, and then a target that is well again (T20). */
class TlsFaultTest {
    private static final int FAULTS = 200;

    @TempDir
    Path results;

    /** Twenty users with sixty requests each. */
    static final class Persistent extends Simulation {
        {
            HttpProtocolBuilder protocol =
                    http.tlsHandshakeTimeout(Duration.ofMillis(1500)).trustAllCertificates();
            setUp(scenario("persistent")
                            .repeat(60)
                            .on(http("home").get(Trial.text("url")))
                            .injectOpen(atOnceUsers(20)))
                    .protocols(Boolean.parseBoolean(Trial.text("shared")) ? protocol.shareConnections() : protocol)
                    .seed(1);
        }
    }

    @ParameterizedTest(name = "shared pool: {0}")
    @ValueSource(booleans = {false, true})
    void afterTwoHundredFailedHandshakesAThousandRequestsGetThrough(boolean isShared) {
        try (FaultServer server =
                FaultServer.startTls(TestCertificates.server(TestCertificates.Kind.VALID), TlsFaultTest::script)) {
            TrialRun run = Trial.of(Persistent.class, results)
                    .with("url", server.url("/"))
                    .with("shared", isShared)
                    .run();

            Invariants.hold(run).scheduled(20).due("home", 1200).ended(Duration.ofSeconds(10), 0);
            Map<String, Long> failures = run.log().requests.stream()
                    .filter(LogFacts.Request::isKo)
                    .collect(Collectors.groupingBy(LogFacts.Request::errorClass, TreeMap::new, Collectors.counting()));
            Figures.print(
                    "T20",
                    "%s: stalled, reset, alert, no TLS, 50 each: %s; good requests afterwards %d of 1000",
                    isShared ? "shared pool" : "connections per user",
                    failures,
                    run.count("/total/count/ok"));
            assertThat(failures).isEqualTo(Map.of("tls.handshake_timeout", 50L, "tls.closed", 50L, "tls.alert", 100L));
            assertThat(run.count("/total/count/ok")).isEqualTo(1000);
        }
    }

    private static FaultScript script(long connection) {
        if (connection >= FAULTS) {
            return FaultScript.healthy("ok");
        }
        return switch ((int) connection % 4) {
            case 0 -> FaultScript.stallHandshake();
            case 1 -> FaultScript.resetHandshake();
            case 2 -> FaultScript.failHandshake();
            default -> FaultScript.plainAnswerToHandshake();
        };
    }
}
