package dev.onrush.truth;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.http;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.onrush.core.eventlog.EventLogOptions;
import dev.onrush.core.eventlog.LogTotals;
import dev.onrush.core.eventlog.SlowDisk;
import dev.onrush.core.health.VerdictLevel;
import dev.onrush.core.measure.MeasureOptions;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.dsl.Simulation;
import dev.onrush.report.outcome.RunJudge;
import dev.onrush.runner.RunOntoLog;
import dev.onrush.testkit.TruthServer;

/** The disk is slow, or stands still: no thread of the engine waits for it, and what is lost is counted (G04). */
@Tag("slow")
class SlowDiskTest {
    private static final int RATE = 200;
    private static final int SECONDS = 8;
    private static final Duration STANDSTILL = Duration.ofSeconds(5);
    private static final long MEGABYTE = 1 << 20;

    @TempDir
    Path folder;

    /** Users who ask once and then leave many groups: 100 records each. */
    static final class Talkative extends Simulation {
        {
            setUp(scenario("talkative")
                            .exec(http("get").get(Trial.text("url")))
                            .repeat(100)
                            .on(group("leg").on(exec(session -> session)))
                            .injectOpen(constantUsersPerSec(RATE).during(SECONDS)))
                    .seed(1);
        }
    }

    private final TruthServer server = TruthServer.start();

    @BeforeEach
    void point() {
        System.setProperty("truth.url", server.url("/"));
    }

    @AfterEach
    void close() {
        System.clearProperty("truth.url");
        server.close();
    }

    /** What came of a run. */
    private record Ran(LogTotals totals, LogFacts log, RunStatistics statistics) {
        double silenceMillis() {
            return Collections.max(log.silencesNanos.values()) / 1e6;
        }

        double hiccupMillis() {
            return Collections.max(log.hiccupsNanos.values()) / 1e6;
        }
    }

    private Ran run(String name, SlowDisk disk, long bufferBytes) {
        long before = server.ledger().answered();
        Path file = folder.resolve(name + ".onrush");
        LogTotals totals = RunOntoLog.run(
                Talkative.class,
                (header, names, clock) ->
                        disk.log(file, header, names, clock, EventLogOptions.DEFAULT.withBufferBytes(bufferBytes)));
        Ran ran = new Ran(totals, LogFacts.of(file), RunStatistics.read(file, MeasureOptions.DEFAULT));
        assertThat(server.ledger().answered() - before).isEqualTo(RATE * SECONDS);
        assertThat(totals.usersStarted()).isEqualTo(RATE * SECONDS);
        assertThat(totals.usersEnded()).isEqualTo(RATE * SECONDS);
        assertThat(ran.log().reading().damagedBlocks()).isZero();
        assertThat(ran.log().reading().complete()).isTrue();
        // What was offered is in the log, or is told as lost.
        assertThat(ran.log().reading().records()).isEqualTo(totals.records() - totals.recordsLost());
        assertThat(ran.log().totals).isNotNull();
        assertThat(ran.log().totals.recordsLost()).isEqualTo(totals.recordsLost());
        return ran;
    }

    private static void neverWaited(Ran ran) {
        assertThat(ran.silenceMillis()).isLessThan(ran.hiccupMillis() + 20);
    }

    private static void print(String disk, Ran ran) {
        Figures.print(
                "G04",
                "%s, %d records in %d s: longest silence of an engine thread %.1f ms, hiccup %.1f ms; lost %d = reported"
                        + " lost, verdict %s",
                disk,
                ran.totals().records(),
                SECONDS,
                ran.silenceMillis(),
                ran.hiccupMillis(),
                ran.totals().recordsLost(),
                RunJudge.verdict(ran.statistics()).level());
    }

    @Test
    void aDiskThatStandsStillIsWaitedForByTheLogAlone() throws Exception {
        Figures.timed(
                "G04 stands still",
                attempt -> run("still" + attempt, new SlowDisk(STANDSTILL, 100 * MEGABYTE), 64 * MEGABYTE),
                ran -> {
                    print("disk stands still for 5 s, buffer of 64 MiB", ran);
                    assertThat(ran.totals().recordsLost()).isZero();
                    neverWaited(ran);
                });
    }

    @Test
    void whatDoesNotFitWhileTheDiskStandsStillIsLostAndTold() throws Exception {
        Figures.timed(
                "G04 small buffer",
                attempt -> {
                    Ran ran = run("small" + attempt, new SlowDisk(STANDSTILL, 100 * MEGABYTE), MEGABYTE / 2);
                    long lost = ran.totals().recordsLost();
                    assertThat(lost).isPositive();
                    assertThat(ran.statistics().generator().logRecordsLost()).isEqualTo(lost);
                    assertThat(RunJudge.verdict(ran.statistics()).level()).isEqualTo(VerdictLevel.INCOMPLETE);
                    assertThat(RunJudge.verdict(ran.statistics())
                                    .reasons()
                                    .get(0)
                                    .text())
                            .isEqualTo(lost
                                    + " log records were lost: the log could not be written as fast as it came. Use a"
                                    + " faster disk, or raise log.bufferMib.");
                    return ran;
                },
                ran -> {
                    print("disk stands still for 5 s, buffer of 0.5 MiB", ran);
                    neverWaited(ran);
                });
    }

    @Test
    @Tag("nightly")
    void aDiskOfAMegabyteASecondIsFastEnough() throws Exception {
        Figures.timed(
                "G04 slow",
                attempt -> run("slow" + attempt, new SlowDisk(Duration.ZERO, MEGABYTE), 64 * MEGABYTE),
                ran -> {
                    print("disk of 1 MB/s, buffer of 64 MiB", ran);
                    assertThat(ran.totals().recordsLost()).isZero();
                    neverWaited(ran);
                });
    }
}
