package dev.onrush.truth;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.http;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.onrush.Onrush;
import dev.onrush.RunOptions;
import dev.onrush.RunResult;
import dev.onrush.dsl.Simulation;
import dev.onrush.testkit.TruthResponse;
import dev.onrush.testkit.TruthServer;

/** Limits in the settings, for whoever answers for the target, stop what an author typed wrong (S26). */
@Tag("beside")
class BrakesTest {
    @TempDir
    Path results;

    /** Ten thousand users typed for a hundred, and they never leave. */
    static final class TooMany extends Simulation {
        {
            setUp(scenario("too many")
                            .forever()
                            .on(exec(http("home").get(Trial.text("url"))).pause(Duration.ofMillis(100)))
                            .injectOpen(atOnceUsers(10_000)))
                    .maxDuration(Duration.ofMillis(1500))
                    .seed(1);
        }
    }

    static final class TooManyClosed extends Simulation {
        {
            setUp(scenario("too many")
                    .exec(http("home").get(Trial.text("url")))
                    .injectClosed(constantConcurrentUsers(10_000).during(1)));
        }
    }

    static final class TooFast extends Simulation {
        {
            setUp(scenario("too fast")
                    .exec(http("home").get(Trial.text("url")))
                    .injectOpen(constantUsersPerSec(10_000).during(1)));
        }
    }

    /** A loop that never ends, and nothing in the simulation that ends it. */
    static final class Runaway extends Simulation {
        {
            setUp(scenario("runaway")
                            .forever()
                            .on(exec(http("home").get(Trial.text("url"))).pause(Duration.ofMillis(20)))
                            .injectOpen(atOnceUsers(10)))
                    .seed(1);
        }
    }

    /** The same with a word that stops it when half of its requests fail. */
    static final class Failing extends Simulation {
        {
            setUp(scenario("failing")
                            .forever()
                            .on(exec(http("home").get(Trial.text("url"))).pause(Duration.ofMillis(20)))
                            .injectOpen(atOnceUsers(10)))
                    .stopIfFailedAbove(50, Duration.ofSeconds(1))
                    .seed(1);
        }
    }

    @Test
    void noMoreUsersAtOnceThanTheSettingAllows() {
        try (TruthServer server = TruthServer.start()) {
            TrialRun run = set(
                    Map.of("onrush.maxUsers", "100"),
                    () -> Trial.of(TooMany.class, results)
                            .with("url", server.url("/"))
                            .run());

            Invariants.hold(run).scheduled(10_000).arrived(server.ledger()).ended(Duration.ofMillis(1500), 0);
            Figures.print(
                    "S26",
                    "onrush.maxUsers=100, 10 000 typed: started %d (overshoot %d), dropped %d",
                    run.log().starts.size(),
                    run.log().starts.size() - 100,
                    run.count("/users/dropped"));
            assertThat(run.log().starts).hasSize(100);
            assertThat(run.count("/users/dropped")).isEqualTo(9900);
            assertThat(run.verdict()).isIn("DEGRADED", "SATURATED");
        }
    }

    @ParameterizedTest
    @CsvSource({"300, 300", "60000, 1500"})
    void theShorterOfTwoLongestDurationsCounts(int setting, int milliseconds) {
        try (TruthServer server = TruthServer.start()) {
            TrialRun run = set(
                    Map.of("onrush.maxDuration", setting + "ms", "onrush.maxUsers", "10"),
                    () -> Trial.of(TooMany.class, results)
                            .with("url", server.url("/"))
                            .run());

            Invariants.hold(run).ended(Duration.ofMillis(milliseconds), 0);
            Figures.print(
                    "S26",
                    "onrush.maxDuration=%d ms, maxDuration 1500 ms: the run took %.0f ms",
                    setting,
                    run.log().endNanos / 1e6);
            assertThat(run.log().endNanos / 1_000_000).isBetween((long) milliseconds, milliseconds + 500L);
        }
    }

    @Test
    void aProfileAboveALimitOfTheSettingsIsRefused() {
        try (TruthServer server = TruthServer.start()) {
            List<String> problems = new ArrayList<>();
            problems.addAll(refused(TooFast.class, server, "onrush.maxRate", "100"));
            problems.addAll(refused(TooManyClosed.class, server, "onrush.maxUsers", "100"));

            Figures.print(
                    "S26",
                    "refused before the run, requests sent %d: %s",
                    server.ledger().arrivals(),
                    problems);
            assertThat(problems)
                    .satisfiesExactly(
                            rate -> assertThat(rate)
                                    .endsWith("the profile asks for 10000.0 new users per second, and maxRate is 100.0."
                                            + " Lower the profile or raise maxRate."),
                            users -> assertThat(users)
                                    .endsWith("the profile wants up to 10000 users at once, and maxUsers is 100."
                                            + " Raise maxUsers or lower the profile."));
            assertThat(server.ledger().arrivals()).isZero();
        }
    }

    @Test
    void aRunOfFailuresStops() {
        try (TruthServer server =
                TruthServer.setup().otherwise(TruthResponse.status(500)).start()) {
            TrialRun run = Trial.of(Failing.class, results)
                    .with("url", server.url("/"))
                    .run();

            Invariants.hold(run).ended(Duration.ofSeconds(1), 3);
            Figures.print(
                    "S26",
                    "stopIfFailedAbove(50, 1 s), all fail: stopped after %.0f ms, exit code %d",
                    run.log().endNanos / 1e6,
                    run.exitCode());
            assertThat(run.log().endNanos / 1_000_000).isBetween(1000L, 1500L);
            assertThat(run.console()).anyMatch(line -> line.contains("(stopIfFailedAbove)"));
        }
    }

    @Test
    void theKillFileStopsTheRunAsAFirstSignalDoes() throws Exception {
        Path killFile = results.resolve("stop");
        try (TruthServer server = TruthServer.start()) {
            Map<String, String> settings = Map.of("onrush.killFile", killFile.toString(), "onrush.grace", "300ms");
            settings.forEach(System::setProperty);
            CompletableFuture<TrialRun> running =
                    CompletableFuture.supplyAsync(() -> Trial.of(Runaway.class, results.resolve("run"))
                            .with("url", server.url("/"))
                            .runBesideServers());
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> server.ledger().answered() > 20);
            long appearedNanos = System.nanoTime();
            Files.createFile(killFile);
            TrialRun run = running.get(20, TimeUnit.SECONDS);
            long tookMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - appearedNanos);
            settings.keySet().forEach(System::clearProperty);

            Invariants.hold(run).scheduled(10).ended(Duration.ofSeconds(5), 3);
            Figures.print(
                    "S26",
                    "onrush.killFile appears, grace 300 ms: report written %d ms later, exit code %d",
                    tookMillis,
                    run.exitCode());
            // At most a second until it is seen, the grace, and the report on a busy machine.
            assertThat(tookMillis).isBetween(300L, 1000L + 300 + 3000);
            assertThat(run.console()).contains("The run was stopped: The kill file " + killFile + " appeared.");
            assertThat(run.folder().resolve("index.html"))
                    .content()
                    .contains("The kill file " + killFile + " appeared.");
        }
    }

    @Test
    void noRunBeginsWhileTheKillFileIsThere() throws Exception {
        Path killFile = Files.createFile(results.resolve("stop"));
        try (TruthServer server = TruthServer.start()) {
            List<String> problems = refused(Runaway.class, server, "onrush.killFile", killFile.toString());

            assertThat(problems)
                    .containsExactly("setting onrush.killFile: " + killFile
                            + " is there already, so that no run may go on. Delete it when runs are welcome again.");
            assertThat(server.ledger().arrivals()).isZero();
        }
    }

    private List<String> refused(Class<? extends Simulation> type, TruthServer server, String setting, String value) {
        return set(Map.of(setting, value, "truth.url", server.url("/")), () -> {
            RunResult result = Onrush.run(type, RunOptions.defaults().quiet().results(results));
            assertThat(result.exitCode()).isEqualTo(1);
            return result.problems();
        });
    }

    private static <T> T set(Map<String, String> settings, java.util.function.Supplier<T> during) {
        settings.forEach(System::setProperty);
        try {
            return during.get();
        } finally {
            settings.keySet().forEach(System::clearProperty);
        }
    }
}
