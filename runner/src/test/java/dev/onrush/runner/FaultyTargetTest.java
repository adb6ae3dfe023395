package dev.onrush.runner;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.onrush.Onrush;
import dev.onrush.RunOptions;
import dev.onrush.RunResult;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.dsl.Simulation;
import dev.onrush.testkit.Ending;
import dev.onrush.testkit.FaultScript;
import dev.onrush.testkit.FaultServer;
import dev.onrush.testkit.SynBlackHole;
import dev.onrush.testkit.TestCertificates;
import dev.onrush.testkit.TruthServer;

/** Targets that fail while a whole run goes on: a KO with its class, nothing hangs, and assertions decide the exit code. */
@Tag("beside")
class FaultyTargetTest {
    private static final int USERS = 3;
    /** Both long enough for the first TLS handshake of a JVM. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofMillis(1_000);

    private static final Duration TIMEOUT = Duration.ofMillis(2_000);

    @TempDir
    Path folder;

    static final class Tolerant extends Simulation {
        {
            setUp(scenario("users").exec(http("request").get("/")).injectOpen(atOnceUsers(USERS)))
                    .protocols(
                            Simulations.target().connectTimeout(CONNECT_TIMEOUT).requestTimeout(TIMEOUT));
        }
    }

    static final class Strict extends Simulation {
        {
            setUp(scenario("users").exec(http("request").get("/")).injectOpen(atOnceUsers(USERS)))
                    .protocols(
                            Simulations.target().connectTimeout(CONNECT_TIMEOUT).requestTimeout(TIMEOUT))
                    .assertions(global().failedRequests().count().is(0L));
        }
    }

    @Test
    void aFailureIsAResultWithItsClass() throws Exception {
        // The JVM's own way to trust an authority: an expired certificate of a trusted one is expired, not untrusted.
        System.setProperty(
                "javax.net.ssl.trustStore", TestCertificates.truststoreFile().toString());
        System.setProperty("javax.net.ssl.trustStorePassword", TestCertificates.PASSWORD);
        Map<String, String> targets = new LinkedHashMap<>();
        try (var closedPort = new ServerSocket(0);
                var blackHole = SynBlackHole.start();
                var silent = FaultServer.start(FaultScript.neverAnswer());
                var resetting = FaultServer.start(FaultScript.dropBeforeAnswer(Ending.RST));
                var garbage = FaultServer.start(FaultScript.garbageReply(7, 400));
                var truncated = FaultServer.start(FaultScript.truncatedBody(1_000));
                var expired = TruthServer.setup()
                        .tls(TestCertificates.server(TestCertificates.Kind.EXPIRED))
                        .start()) {
            int unused = closedPort.getLocalPort();
            closedPort.close();
            targets.put("http://127.0.0.1:" + unused, "connect.refused");
            targets.put("http://no-such-host.invalid", "dns.not_found");
            targets.put(blackHole.url(""), "connect.timeout");
            targets.put(silent.url(""), "timeout.total");
            targets.put(resetting.url(""), "read.reset");
            targets.put(garbage.url(""), "proto.status_line");
            targets.put(truncated.url(""), "read.eof_early");
            targets.put(expired.url().replace("127.0.0.1", "localhost"), "tls.expired");
            int right = 0;
            StringBuilder seen = new StringBuilder();
            for (var target : targets.entrySet()) {
                System.setProperty(Simulations.TARGET, target.getKey());
                long start = System.nanoTime();
                RunResult result = run(Tolerant.class);
                long millis = (System.nanoTime() - start) / 1_000_000;
                RunStatistics statistics = result.statistics().orElseThrow();
                String classes = statistics.errors().stream()
                        .map(error -> error.errorClass() + " × " + error.count())
                        .toList()
                        .toString();
                seen.append(' ').append(classes).append(' ').append(millis).append(" ms");
                boolean asExpected = classes.equals("[" + target.getValue() + " × " + USERS + "]")
                        && statistics.users().finished() == USERS
                        && result.exitCode() == 0
                        && run(Strict.class).exitCode() == 2
                        && millis < 10_000;
                right += asExpected ? 1 : 0;
            }

            System.out.println("FIGURE faulty targets " + right + "/" + targets.size() + seen);
            assertThat(right).as(seen.toString()).isEqualTo(targets.size());
        } finally {
            System.clearProperty("javax.net.ssl.trustStore");
            System.clearProperty("javax.net.ssl.trustStorePassword");
            System.clearProperty(Simulations.TARGET);
        }
    }

    private RunResult run(Class<? extends Simulation> simulation) {
        return Onrush.run(simulation, RunOptions.defaults().results(folder).quiet());
    }
}
