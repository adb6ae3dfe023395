package dev.onrush.truth;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.http;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import dev.onrush.dsl.Simulation;
import dev.onrush.testkit.TruthServer;

/** A closed model cannot see what it did not ask; it says so, and what it estimates has a name of its own (M02). */
class ClosedModelTest {
    private static final int USERS = 10;
    private static final int SECONDS = 8;
    private static final Duration STALL = Duration.ofSeconds(2);

    @TempDir
    Path results;

    /** About as many requests per second by looping users as by arrivals, at the same target at the same time. */
    static final class OpenAndClosed extends Simulation {
        {
            setUp(
                            scenario("looping")
                                    .during(SECONDS)
                                    .on(exec(http("loop").get(Trial.text("url")))
                                            .pause(Duration.ofMillis(20)))
                                    .injectClosed(constantConcurrentUsers(USERS).during(1)),
                            scenario("arriving")
                                    .exec(http("arrival").get(Trial.text("url")))
                                    .injectOpen(constantUsersPerSec(500).during(SECONDS)))
                    .seed(1);
        }
    }

    @Test
    @Tag("slow")
    void theCompensatedSeriesComesNearToTheTruthOfAnOpenModel() throws Exception {
        assumeTrue(Files.exists(Path.of("/bin/kill")), "kill is needed to freeze a process");
        Figures.timed(
                "M02",
                attempt -> {
                    Path folder = Files.createDirectories(results.resolve("both-" + attempt));
                    try (TargetProcess target = TargetProcess.start(folder.resolve("ledger.csv"))) {
                        CompletableFuture<Duration> frozen = CompletableFuture.supplyAsync(
                                () -> target.freeze(STALL), CompletableFuture.delayedExecutor(3, TimeUnit.SECONDS));
                        TrialRun run = Trial.of(OpenAndClosed.class, folder)
                                .with("url", target.url("/"))
                                .run();
                        double stallMillis = frozen.get(1, TimeUnit.SECONDS).toNanos() / 1e6;
                        Invariants.hold(run)
                                .scheduled(USERS + 500L * SECONDS)
                                .due("arrival", 500L * SECONDS)
                                .ended(Duration.ofSeconds(SECONDS), 0);
                        Path ledger = target.ledger();
                        assertThat(TargetProcess.arrivals(ledger))
                                .isEqualTo(run.log().requests.size());
                        keepsTheSeriesApart(run);
                        Oracle.agrees(run, ledger);
                        return new Both(run, stallMillis);
                    }
                },
                both -> {
                    TrialRun run = both.run();
                    JsonNode loop = request(run, "loop");
                    double raw = loop.at("/responseTime/p99").asDouble();
                    double compensated =
                            loop.at("/compensated/responseTime/p99").asDouble();
                    double open =
                            request(run, "arrival").at("/responseTime/p99").asDouble();
                    Figures.print(
                            "M02",
                            "target frozen for %.0f ms of %d s, %d looping users: raw p99 %.1f ms, compensated p99 %.0f ms (%d put"
                                    + " back to %d, one per %.2f ms), open-model truth %.0f ms",
                            both.stallMillis(),
                            SECONDS,
                            USERS,
                            raw,
                            compensated,
                            loop.at("/compensated/added").asLong(),
                            loop.at("/count/total").asLong(),
                            loop.at("/compensated/expectedInterval").asDouble(),
                            open);
                    assertThat(raw).isLessThan(compensated / 3);
                    // p(q) = S − (1 − q)·T; what waited needs some time to be served on a busy machine.
                    assertThat(open).isEqualTo(both.stallMillis() - 0.01 * SECONDS * 1000, within(200.0));
                    assertThat(compensated).isEqualTo(open, within(200.0));
                });
    }

    private record Both(TrialRun run, double stallMillis) {}

    private static JsonNode request(TrialRun run, String name) {
        for (JsonNode request : run.summary().get("requests")) {
            if (request.get("name").asString().equals(name)) {
                return request;
            }
        }
        throw new AssertionError("no " + name);
    }

    /** The main series holds what was asked and no more; the other one has its own key, its own row and its own name. */
    private static void keepsTheSeriesApart(TrialRun run) throws Exception {
        long asked = run.log().requests.stream()
                .filter(request -> request.name().equals("loop"))
                .count();
        JsonNode loop = request(run, "loop");
        JsonNode compensated = loop.get("compensated");
        assertThat(loop.at("/count/total").asLong()).isEqualTo(asked);
        assertThat(compensated.get("count").asLong())
                .isEqualTo(asked + compensated.get("added").asLong());
        assertThat(compensated.get("added").asLong()).isGreaterThan(USERS * 50);
        assertThat(request(run, "arrival").get("compensated").isNull()).isTrue();
        assertThat(run.summary().at("/total/compensated")).isEqualTo(compensated);

        JsonNode row = run.page().at("/rows/1");
        assertThat(row.get("name").asString()).isEqualTo("Requests of closed scenarios, compensated");
        assertThat(row.at("/counts/0").asLong())
                .isEqualTo(compensated.get("count").asLong());
        assertThat(row.at("/response/4")).isEqualTo(compensated.at("/responseTime/p99"));
        String told =
                "Closed model in looping: a user waits for its answer before it asks again, so a slow target lowered the"
                        + " load, and the times are service times.";
        assertThat(Files.readString(run.folder().resolve("index.html"))).contains(told);
        assertThat(run.console())
                .contains(told)
                .anyMatch(line -> line.startsWith("Requests of closed scenarios, compensated: p50 "));
    }

    /** So many are present, for a second. */
    static final class Closed extends Simulation {
        {
            setUp(scenario("present")
                            .exec(http("get").get(Trial.text("url")))
                            .pause(Duration.ofMillis(50))
                            .injectClosed(constantConcurrentUsers(2).during(1)))
                    .seed(1);
        }
    }

    /** As many, who keep a pace. */
    static final class Paced extends Simulation {
        {
            setUp(scenario("pacing")
                            .repeat(10)
                            .on(pace(Duration.ofMillis(50)), http("get").get(Trial.text("url")))
                            .injectClosed(constantConcurrentUsers(2).during(Duration.ofMillis(100))))
                    .seed(1);
        }
    }

    @Test
    void aClosedModelSaysThatItsTimesAreServiceTimes() throws Exception {
        try (TruthServer server = TruthServer.start()) {
            TrialRun run =
                    Trial.of(Closed.class, results).with("url", server.url("/")).run();

            Invariants.hold(run).arrived(server.ledger()).ended(Duration.ofSeconds(1), 0);
            String told =
                    "Closed model: a user waits for its answer before it asks again, so a slow target lowered the load,"
                            + " and the times are service times.";
            assertThat(Files.readString(run.folder().resolve("index.html"))).contains(told);
            assertThat(run.console()).contains(told);
            assertThat(run.page().at("/rows/1/name").asString()).isEqualTo("All requests, compensated");
            // Users that end are replaced: the interval is that of their places.
            assertThat(run.figure("/total/compensated/expectedInterval")).isBetween(50.0, 80.0);
        }
    }

    @Test
    void usersWhoKeepAPaceAreNotCompensatedAsTheyCatchUp() throws Exception {
        try (TruthServer server = TruthServer.setup()
                .stall(Duration.ofMillis(120), Duration.ofMillis(300))
                .start()) {
            TrialRun run =
                    Trial.of(Paced.class, results).with("url", server.url("/")).run();

            Invariants.hold(run).due("get", 20).arrived(server.ledger()).ended(Duration.ofSeconds(1), 0);
            assertThat(run.log().requests).anyMatch(request -> request.paceOverrunNanos() > 100_000_000);
            assertThat(run.summary().at("/total/compensated").isNull()).isTrue();
            assertThat(run.console())
                    .anyMatch(line -> line.startsWith("Closed model: "))
                    .noneMatch(line -> line.contains("compensated"));
        }
    }
}
