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
import dev.onrush.testkit.TruthRequest;

/** When the target stands still once, response times say what users waited, by a closed form (M01). */
@Tag("slow")
class StalledTargetTest {
    private static final int RATE = 500;
    private static final Duration STALL = Duration.ofSeconds(2);

    /** How long the run is, and when in it the target stands still. */
    private record Length(int seconds, Duration stallAt) {
        static final Length SHORT = new Length(10, Duration.ofSeconds(3));
        static final Length WHOLE = new Length(30, Duration.ofSeconds(10));
    }

    @TempDir
    Path results;

    /** One request per user, at a constant rate; the limit is above what a fast target needs and below what the stall does. */
    static final class Arrivals extends Simulation {
        {
            setUp(scenario("arrivals")
                            .exec(http("get")
                                    .get(Trial.text("url"))
                                    .header(TruthRequest.ID_HEADER, session -> Long.toString(session.userId())))
                            .injectOpen(
                                    constantUsersPerSec(Trial.number("rate")).during(Trial.number("seconds"))))
                    .assertions(
                            global().allRequests().count().is((long) Trial.number("rate") * Trial.number("seconds")),
                            global().responseTime().percentile4().lt(1000))
                    .seed(1);
        }
    }

    @Test
    void responseTimesTellAStallOfTheTarget() throws Exception {
        scripted(Length.SHORT);
    }

    @Test
    @Tag("nightly")
    void responseTimesTellAStallOfTheTargetInALongerRun() throws Exception {
        scripted(Length.WHOLE);
    }

    private void scripted(Length length) throws Exception {
        Figures.timed(
                "M01",
                attempt -> {
                    Path folder = Files.createDirectories(results.resolve("scripted-" + attempt));
                    try (TargetProcess target = TargetProcess.start(
                            folder.resolve("ledger.csv"),
                            "--stall",
                            length.stallAt().toMillis() + "," + STALL.toMillis())) {
                        return new Stalled(run(target, folder, length), target.ledger(), length, STALL).isWhole();
                    }
                },
                stalled -> judge("scripted", stalled, 60));
    }

    @Test
    @Tag("nightly")
    void responseTimesTellThatTheTargetWasFrozen() throws Exception {
        assumeTrue(Files.exists(Path.of("/bin/kill")), "kill is needed to freeze a process");
        Figures.timed(
                "M01 frozen",
                attempt -> {
                    Path folder = Files.createDirectories(results.resolve("frozen-" + attempt));
                    try (TargetProcess target = TargetProcess.start(folder.resolve("ledger.csv"))) {
                        CompletableFuture<Duration> frozen = CompletableFuture.supplyAsync(
                                () -> target.freeze(STALL),
                                CompletableFuture.delayedExecutor(
                                        Length.WHOLE.stallAt().toMillis(), TimeUnit.MILLISECONDS));
                        TrialRun run = run(target, folder, Length.WHOLE);
                        return new Stalled(run, target.ledger(), Length.WHOLE, frozen.get(1, TimeUnit.SECONDS))
                                .isWhole();
                    }
                },
                // A process that wakes up has a thousand connections to accept before it can answer "at once".
                stalled -> judge("SIGSTOP", stalled, 250));
    }

    private record Stalled(TrialRun run, Path ledger, Length length, Duration stall) {
        /** Asserts what a busy machine does not change: every request is there, everywhere. */
        Stalled isWhole() throws Exception {
            long due = (long) RATE * length.seconds();
            // A p99 of 1.7 s is over the limit of the simulation: exit code 2.
            Invariants.hold(run).scheduled(due).due("get", due).open().ended(Duration.ofSeconds(length.seconds()), 2);
            assertThat(TargetProcess.arrivals(ledger)).isEqualTo(due);
            assertThat(run.log().requests).hasSize((int) due).allMatch(LogFacts.Request::isOk);
            assertThat(run.count("/total/count/ok")).isEqualTo(due);
            assertionIsTold(run);
            Oracle.agrees(run, ledger);
            return this;
        }
    }

    private static TrialRun run(TargetProcess target, Path folder, Length length) {
        return Trial.of(Arrivals.class, folder)
                .with("url", target.url("/"))
                .with("rate", RATE)
                .with("seconds", length.seconds())
                .run();
    }

    private static void judge(String how, Stalled stalled, double slackMillis) {
        TrialRun run = stalled.run();
        double stallMillis = stalled.stall().toNanos() / 1e6;
        Figures.print(
                "M01",
                "%s: target stands still for %.0f ms at %d s, %d/s for %d s, n = %d: response time p95 %.3f, p99 %.3f, p99.9"
                        + " %.3f, max %.3f s; p99 of response time / service time = %.3f / %.3f s",
                how,
                stallMillis,
                stalled.length().stallAt().toSeconds(),
                RATE,
                stalled.length().seconds(),
                run.count("/total/count/total"),
                run.figure("/total/responseTime/p95") / 1000,
                run.figure("/total/responseTime/p99") / 1000,
                run.figure("/total/responseTime/p99_9") / 1000,
                run.figure("/total/responseTime/max") / 1000,
                run.figure("/total/responseTime/p99") / 1000,
                run.figure("/total/serviceTime/p99") / 1000);
        closedForm(stalled, "p95", 95, slackMillis);
        closedForm(stalled, "p99", 99, slackMillis);
        closedForm(stalled, "p99_9", 99.9, slackMillis);
        closedForm(stalled, "max", 100, slackMillis);
    }

    /** Those due in the stall wait evenly from all of it down to nothing: p(q) = S − (1 − q)·T. Log, file and page agree. */
    private static void closedForm(Stalled stalled, String key, double percentile, double slackMillis) {
        TrialRun run = stalled.run();
        double expected = stalled.stall().toNanos() / 1e6
                - (1 - percentile / 100) * stalled.length().seconds() * 1000;
        double tolerance = Math.max(slackMillis, 0.03 * expected);
        double[] fromLog = run.log().requests.stream()
                .mapToDouble(request -> request.responseMicros() / 1000.0)
                .toArray();
        double logged = Figures.percentile(fromLog, percentile);
        assertThat(logged).as("%s from the log", key).isEqualTo(expected, within(tolerance));
        assertThat(run.figure("/total/responseTime/" + key))
                .as("%s in summary.json", key)
                .isBetween(logged, logged * 1.001);
        JsonNode page = run.page().at("/rows/0/response");
        assertThat(page)
                .as("page")
                .anySatisfy(cell -> assertThat(cell.asDouble()).isEqualTo(run.figure("/total/responseTime/" + key)));
    }

    /** Console and junit.xml tell the assertion with the figure of summary.json. */
    private static void assertionIsTold(TrialRun run) throws Exception {
        JsonNode count = run.summary().at("/assertions/0");
        JsonNode p99 = run.summary().at("/assertions/1");
        assertThat(count.get("passed").asBoolean()).isTrue();
        assertThat(p99.get("passed").asBoolean()).isFalse();
        assertThat(p99.get("actual").asDouble()).isEqualTo(run.figure("/total/responseTime/p99"));
        String told = p99.get("text").asString();
        assertThat(run.console()).anyMatch(line -> line.contains(told));
        assertThat(Files.readString(run.folder().resolve("junit.xml"))).contains(told);
    }
}
