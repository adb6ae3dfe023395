package dev.onrush.truth;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.http;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.onrush.dsl.Simulation;
import dev.onrush.testkit.ChildResult;
import dev.onrush.testkit.ChildRun;
import dev.onrush.testkit.SmallDisk;
import dev.onrush.testkit.TruthServer;

/** The disk is full in the middle of a run (G03). */
@Tag("slow")
@Tag("beside")
class FullDiskTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SECONDS = 6;

    @TempDir
    Path results;

    /** Requests with names so long that the log soon needs much room: each block carries those it uses. */
    static final class Wordy extends Simulation {
        {
            setUp(scenario("wordy")
                            .exec(session -> session.set("name", "x".repeat(900) + session.userId() % 40))
                            .exec(http("#{name}").get(Trial.text("url")))
                            .injectOpen(constantUsersPerSec(100).during(Trial.number("seconds"))))
                    .seed(1);
        }

        @Override
        public void after() {
            System.out.println("after was called");
        }
    }

    private Trial trial(TruthServer server, Path folder) {
        return Trial.of(Wordy.class, folder).with("url", server.url("/")).with("seconds", SECONDS);
    }

    @ParameterizedTest
    @CsvSource({"0", "32", "256"})
    void aRunWhoseDiskIsFullStopsAndItsLogCanBeReadUpToThere(int roomKib) throws Exception {
        SmallDisk disk = SmallDisk.mount(results.resolve("disk"), 1024).orElse(null);
        assumeTrue(disk != null, "mounting a tmpfs needs root: G03 is not tested");
        try (disk;
                TruthServer server = TruthServer.start()) {
            disk.leave(roomKib);
            Trial trial = trial(server, disk.folder());
            try (ChildRun child = trial.child("-Xmx128m").start()) {
                ChildResult result = child.await(PATIENCE);

                assertThat(result.exitCode()).as(result.toString()).isEqualTo(roomKib == 0 ? 1 : 3);
                if (roomKib == 0) {
                    assertThat(server.ledger().arrivals()).isZero();
                    Figures.print("G03", "disk of 0 KiB: not run, exit code 1, requests sent 0: %s", result.err());
                    return;
                }
                LogFacts log = LogFacts.of(trial.folder().resolve("events.onrush"));
                assertThat(result.out())
                        .as(result.toString())
                        .contains("after was called")
                        .anyMatch(line -> line.startsWith("The run was stopped: The event log cannot be written: ")
                                && line.contains("No space left on device"));
                assertThat(log.reading().damagedBlocks()).isZero();
                assertThat(log.reading().truncated()).isFalse();
                assertThat(log.reading().recordsMissing()).isZero();
                assertThat(log.reading().complete()).isFalse();
                assertThat(log.requests).isNotEmpty();
                assertThat(result.took()).isLessThan(Duration.ofSeconds(SECONDS + 12));
                Figures.print(
                        "G03",
                        "disk of %d KiB, 100 requests/s of 40 long names: exit code %d after %d ms; requests answered"
                                + " %d, in the log %d, damaged blocks 0; files written: %s",
                        roomKib,
                        result.exitCode(),
                        result.took().toMillis(),
                        server.ledger().answered(),
                        log.requests.size(),
                        Files.exists(trial.folder().resolve("summary.json")));
            }
        }
    }

    @Test
    void aRunGoesOnWithoutItsLogIfItMay() throws Exception {
        SmallDisk disk = SmallDisk.mount(results.resolve("disk"), 1024).orElse(null);
        assumeTrue(disk != null, "mounting a tmpfs needs root: G03 is not tested");
        try (disk;
                TruthServer server = TruthServer.start()) {
            disk.leave(128);
            Trial trial = trial(server, disk.folder());
            try (ChildRun child =
                    trial.child("-Xmx128m", "-Donrush.log.required=false").start()) {
                child.awaitLine("The event log cannot be written: .*No space left on device", PATIENCE);
                disk.clear(); // for the report
                ChildResult result = child.await(PATIENCE);
                TrialRun run = trial.after(result);

                judge(run, result, server, "No space left on device");
            }
        }
    }

    @Test
    void aLogThatMayNotGrowAnyMoreEndsLikewise() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "a shell is needed for ulimit -f");
        try (TruthServer server = TruthServer.start()) {
            Trial trial = trial(server, results.resolve("runs"));
            // In the shell's blocks of 512 bytes: room for the page, not for the whole log.
            try (ChildRun child = trial.child("-Xmx128m", "-XX:-UsePerfData", "-Donrush.log.required=false")
                    .through("/bin/sh", "-c", "ulimit -f 640; exec \"$@\"", "sh")
                    .start()) {
                ChildResult result = child.await(PATIENCE);
                TrialRun run = trial.after(result);

                judge(run, result, server, "File too large");
            }
        }
    }

    private static void judge(TrialRun run, ChildResult result, TruthServer server, String cause) {
        assertThat(result.exitCode()).as(result.toString()).isZero();
        assertThat(result.out())
                .contains("after was called")
                .anyMatch(line -> line.startsWith("The event log cannot be written: ") && line.contains(cause));
        assertThat(server.ledger().answered()).isEqualTo(100 * SECONDS);
        assertThat(run.verdict()).isEqualTo("INCOMPLETE");
        assertThat(run.reasons()).containsPattern("The log is incomplete from second [1-5] on");
        assertThat(run.log().reading().damagedBlocks()).isZero();
        assertThat(run.log().reading().truncated()).isFalse();
        assertThat(run.count("/total/count/ok")).isEqualTo(run.log().requests.size());
        Figures.print(
                "G03",
                "log.required = false, %s: users ended %d of %d, exit code 0, verdict %s (%s); requests answered %d, in"
                        + " log and report %d",
                cause,
                server.ledger().answered(),
                100 * SECONDS,
                run.verdict(),
                run.reasons(),
                server.ledger().answered(),
                run.log().requests.size());
    }
}
