package dev.onrush.truth;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.http;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.onrush.dsl.ScenarioBuilder;
import dev.onrush.dsl.Simulation;
import dev.onrush.testkit.ChildResult;
import dev.onrush.testkit.ChildRun;
import dev.onrush.testkit.LedgerEntry;
import dev.onrush.testkit.TruthResponse;
import dev.onrush.testkit.TruthServer;

/** A generator that runs out of memory ends soon, says so, and leaves a log that can be read (G01). */
@Tag("slow")
@Tag("beside")
class OutOfMemoryTest {
    private static final int MEGABYTE = 1 << 20;

    @TempDir
    Path results;

    /** 200 users who keep a megabyte each, and others who only ask. */
    static final class Hoarders extends Simulation {
        {
            setUp(
                            hoarders().injectOpen(rampUsers(200).during(4)),
                            scenario("modest")
                                    .exec(http("small").get(Trial.text("url") + "small"))
                                    .injectOpen(constantUsersPerSec(50).during(30)))
                    .seed(1);
        }

        private static ScenarioBuilder hoarders() {
            Duration stay = Duration.ofSeconds(30);
            return switch (Trial.text("of")) {
                case "values" ->
                    scenario("hoarders")
                            .exec(http("before").get(Trial.text("url") + "small"))
                            .exec(session -> session.set("hoard", new byte[MEGABYTE]))
                            .pause(stay);
                case "crumbs" ->
                    scenario("hoarders")
                            .exec(http("before").get(Trial.text("url") + "small"))
                            .exec(session -> {
                                byte[][] crumbs = new byte[MEGABYTE / 128][];
                                for (int i = 0; i < crumbs.length; i++) {
                                    crumbs[i] = new byte[100];
                                }
                                return session.set("hoard", crumbs);
                            })
                            .pause(stay);
                default ->
                    scenario("hoarders")
                            .exec(http("large")
                                    .get(Trial.text("url") + "large")
                                    .check(bodyString().saveAs("hoard")))
                            .pause(stay);
            };
        }
    }

    @ParameterizedTest
    @CsvSource({"values, false", "crumbs, false", "bodies, false", "values, true", "bodies, true"})
    void aRunOutOfMemoryEndsSoonAndItsLogCanBeRead(String of, boolean exitAtOnce) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/touch")), "touch is needed to note when memory was out");
        Path mark = results.resolve("out-of-memory");
        try (TruthServer server = TruthServer.setup()
                .route("/large", TruthResponse.ok("").zeros(MEGABYTE))
                .start()) {
            Trial trial = Trial.of(Hoarders.class, results.resolve("runs"))
                    .with("url", server.url("/"))
                    .with("of", of);
            String exit = exitAtOnce ? "-XX:+ExitOnOutOfMemoryError" : "-XX:-ExitOnOutOfMemoryError";
            try (ChildRun child = trial.child(
                            "-Xmx64m", "-XX:OnOutOfMemoryError=touch " + mark, exit, "-Donrush.grace=30s")
                    .start()) {
                ChildResult result = child.await(Duration.ofSeconds(60));
                long endMillis = System.currentTimeMillis();
                long endNanos = System.nanoTime();
                assertThat(mark).as(result.toString()).exists();
                long took = endMillis - Files.getLastModifiedTime(mark).toMillis();

                LogFacts log = LogFacts.of(trial.folder().resolve("events.onrush"));
                List<Long> answered = server.ledger().entries().stream()
                        .filter(LedgerEntry::answered)
                        .map(LedgerEntry::answeredNanos)
                        .sorted()
                        .toList();
                int lost = Math.max(0, answered.size() - log.requests.size());
                long lostMillis = lost == 0 ? 0 : (endNanos - answered.get(log.requests.size())) / 1_000_000;
                Figures.print(
                        "G01",
                        "-Xmx64m, 1 MB of %s for each of 200 users%s: exit code %d %d ms after memory was out; requests"
                                + " answered %d, in the log %d, the oldest lost one %d ms before the end; report %s",
                        of,
                        exitAtOnce ? ", -XX:+ExitOnOutOfMemoryError" : "",
                        result.exitCode(),
                        took,
                        answered.size(),
                        log.requests.size(),
                        lostMillis,
                        Files.exists(trial.folder().resolve("index.html")) ? "written" : "none");
                assertThat(result.exitCode()).as(result.toString()).isEqualTo(3);
                assertThat(took).as(result.toString()).isLessThan(5_000);
                assertThat(log.reading().damagedBlocks()).isZero();
                if (exitAtOnce) {
                    // The log is written twice a second; the rest is for a machine that is busy.
                    assertThat(lostMillis).isLessThan(1_300);
                } else {
                    assertThat(lost).as(result.toString()).isZero();
                    assertThat(result.out() + " " + result.err()).contains("generator ran out of memory");
                }
            }
        }
    }
}
