package dev.onrush.truth;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.http;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.onrush.dsl.Simulation;
import dev.onrush.testkit.ChildRun;
import dev.onrush.testkit.TruthServer;

/** The first seconds of a cold JVM stay in the log and can be left out of the figures (M26). */
@Tag("slow")
class WarmUpTest {
    private static final int RATE = 200;
    private static final int SECONDS = 4;
    private static final long WARM_UP_NANOS = 2_000_000_000;

    @TempDir
    Path results;

    /** A constant rate with a warm-up, to one target and no other. */
    static final class Cold extends Simulation {
        {
            setUp(scenario("cold")
                            .exec(http("get").get(Trial.text("url")))
                            .injectOpen(constantUsersPerSec(RATE).during(SECONDS)))
                    .warmUp(Duration.ofNanos(WARM_UP_NANOS))
                    .allowTargets("127.0.0.1")
                    .seed(1);
        }
    }

    @Test
    void theWarmUpIsInTheLogAndNotInTheFigures() throws Exception {
        try (TruthServer server = TruthServer.start()) {
            Trial trial = Trial.of(Cold.class, results).with("url", server.url("/"));
            try (ChildRun child = trial.child("-Xmx256m").start()) {
                TrialRun run = trial.after(child.await(Duration.ofSeconds(60)));

                long warm = RATE * (SECONDS - WARM_UP_NANOS / 1_000_000_000);
                Invariants.hold(run)
                        .scheduled(RATE * SECONDS)
                        .due("get", warm)
                        .arrived(server.ledger())
                        .open()
                        .ended(Duration.ofSeconds(SECONDS), 0);
                List<LogFacts.Request> all = run.log().requests;
                assertThat(all)
                        .hasSize(RATE * SECONDS)
                        .allMatch(LogFacts.Request::isOk)
                        .allMatch(request -> request.warmUp() == request.intendedNanos() < WARM_UP_NANOS);
                assertThat(run.count("/total/count/total")).isEqualTo(warm);
                double first = p99(all.stream().filter(LogFacts.Request::warmUp).toList());
                double steady =
                        p99(all.stream().filter(LogFacts.Request::counts).toList());
                double with = run.figure("/total/responseTime/p99");
                // A bucket of three digits.
                assertThat(with).isCloseTo(steady, within(steady / 1000 + 0.001));
                assertThat(run.figure("/total/responseTime/max"))
                        .isCloseTo(
                                max(all.stream()
                                        .filter(LogFacts.Request::counts)
                                        .toList()),
                                within(0.001));
                Figures.print(
                        "M26",
                        "cold JVM, %d/s: p99 of the first 2 s %.1f ms, of the next 2 s %.1f ms, ratio %.1f; p99 of the run with"
                                + " warm-up left out %.1f ms, without %.1f ms; arrivals - records 0",
                        RATE,
                        first,
                        steady,
                        first / steady,
                        with,
                        p99(all));
            }
        }
    }

    private static double p99(List<LogFacts.Request> requests) {
        return Figures.percentile(millis(requests), 99);
    }

    private static double max(List<LogFacts.Request> requests) {
        return Figures.percentile(millis(requests), 100);
    }

    private static double[] millis(List<LogFacts.Request> requests) {
        return requests.stream()
                .mapToDouble(request -> request.responseMicros() / 1e3)
                .toArray();
    }
}
