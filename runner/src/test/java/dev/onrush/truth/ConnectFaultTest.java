package dev.onrush.truth;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.http;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import dev.onrush.dsl.Simulation;
import dev.onrush.testkit.SynBlackHole;

/** Targets nobody listens at (T01), or whose system does not even say so (T02). */
@Tag("slow")
@Timeout(60)
class ConnectFaultTest {
    private static final Duration CONNECT_TIMEOUT = Duration.ofMillis(500);

    @TempDir
    Path results;

    /** A few users, each a few times. */
    static final class Refused extends Simulation {
        {
            setUp(scenario("refused")
                            .repeat(10)
                            .on(exec(http("refused").get(Trial.text("url"))).pause(Duration.ofMillis(50)))
                            .injectOpen(atOnceUsers(20)))
                    .seed(1);
        }
    }

    /** Users who ask again at once. */
    static final class Hammering extends Simulation {
        {
            setUp(scenario("hammering")
                            .during(Duration.ofSeconds(2))
                            .on(http("hammering").get(Trial.text("url")))
                            .injectClosed(constantConcurrentUsers(5).during(Duration.ofSeconds(2))))
                    .maxDuration(5)
                    .seed(1);
        }
    }

    @Test
    void closedPortIsRefusedAndUsersWhoNeverPauseAreNamed() throws IOException {
        String url = "http://127.0.0.1:" + closedPort() + "/";

        TrialRun calm = Trial.of(Refused.class, results.resolve("calm"))
                .with("url", url)
                .run();

        Invariants.hold(calm).scheduled(20).due("refused", 200).ended(Duration.ofSeconds(2), 0);
        assertThat(calm.log().requests).allMatch(request -> request.errorClass().equals("connect.refused"));
        assertThat(calm.page().toString()).doesNotContain("connections failed in one second");

        long cpuBefore = cpuNanos();
        TrialRun busy = Trial.of(Hammering.class, results.resolve("busy"))
                .with("url", url)
                .run();
        double cpu = (cpuNanos() - cpuBefore) * 100.0 / busy.took().toNanos();

        Invariants.hold(busy).ended(Duration.ofSeconds(5), 0);
        double perSecond = busy.log().requests.size() / (busy.log().endNanos / 1e9);
        Figures.print(
                "T01",
                "closed port: connect.refused 200 of 200; 5 users who never pause: %.0f connects/s, %.0f %% CPU, %s",
                perSecond,
                cpu,
                warning(busy) ? "warned" : "not warned");
        assertThat(busy.log().requests)
                .filteredOn(request -> !request.isUnfinished())
                .allMatch(request -> request.errorClass().equals("connect.refused"));
        assertThat(warning(busy)).isEqualTo(perSecond > 1000);
    }

    private static boolean warning(TrialRun run) {
        return run.page().toString().contains("more than 1000 connections failed in one second (http://127.0.0.1:");
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Users whose connects nobody answers. */
    static final class Unanswered extends Simulation {
        {
            setUp(scenario("unanswered")
                            .repeat(10)
                            .on(http("unanswered").get(Trial.text("url")))
                            .injectOpen(atOnceUsers(20)))
                    .protocols(http.connectTimeout(CONNECT_TIMEOUT).requestTimeout(Duration.ofSeconds(5)))
                    .seed(1);
        }
    }

    @Test
    void connectThatIsNotAnsweredEndsAtItsTime() throws Exception {
        Figures.timed(
                "T02",
                attempt -> {
                    try (SynBlackHole hole = SynBlackHole.start()) {
                        TrialRun run = Trial.of(Unanswered.class, results.resolve("t02-" + attempt))
                                .with("url", hole.url("/"))
                                .run();
                        Invariants.hold(run)
                                .scheduled(20)
                                .due("unanswered", 200)
                                .ended(Duration.ofSeconds(6), 0);
                        assertThat(run.log().requests)
                                .allMatch(request -> request.errorClass().equals("connect.timeout"));
                        return run.log().requests.stream()
                                .mapToDouble(request -> request.serviceMicros() / 1000.0 - CONNECT_TIMEOUT.toMillis())
                                .toArray();
                    }
                },
                late -> {
                    Figures.print(
                            "T02",
                            "connect.timeout 200 of 200, %.1f to %.1f ms after its time",
                            Figures.percentile(late, 0),
                            Figures.percentile(late, 100));
                    assertThat(Figures.percentile(late, 0)).isGreaterThanOrEqualTo(0);
                    assertThat(Figures.percentile(late, 100)).isLessThanOrEqualTo(50);
                });
    }
}
