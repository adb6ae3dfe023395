package dev.onrush.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.onrush.core.assertion.AssertionResult;
import dev.onrush.core.eventlog.EventLog;
import dev.onrush.core.eventlog.EventLogException;
import dev.onrush.core.eventlog.EventLogOptions;
import dev.onrush.core.eventlog.Names;
import dev.onrush.core.eventlog.Recorder;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.core.eventlog.RunHeader;
import dev.onrush.core.eventlog.UserEnd;
import dev.onrush.core.measure.MeasureOptions;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.core.time.ManualClock;
import dev.onrush.core.time.RunClock;
import dev.onrush.report.outcome.RunFacts;
import dev.onrush.report.outcome.RunJudge;
import dev.onrush.report.outcome.RunOutcome;
import dev.onrush.report.testing.Runs;

class ReportFromLogTest {
    private static final AssertionResult ASSERTION = new AssertionResult(
            "open item: count, limit above 1",
            "open item: count = 4, limit above 1 (4 requests, 1 KO).",
            true,
            4.0,
            "limit above 1",
            4);

    @TempDir
    Path folder;

    @Test
    void makesTheSameFilesAgain() throws Exception {
        Path log = write(true);
        RunStatistics statistics = RunStatistics.read(log, MeasureOptions.DEFAULT);
        ReportFiles files =
                Report.write(folder, statistics, new RunOutcome(RunJudge.verdict(statistics), List.of(ASSERTION), 0));
        String page = Files.readString(files.page());
        String summary = Files.readString(files.summary());
        String junit = Files.readString(files.junit());

        Report.fromLog(folder);

        assertThat(files.page()).hasContent(page);
        assertThat(files.summary()).hasContent(summary);
        assertThat(files.junit()).hasContent(junit);
        assertThat(page).contains("open item", "data-verdict=\"TRUSTWORTHY\"", "profile in words");
    }

    @Test
    void saysThatAKilledRunHasNoAssertions() throws Exception {
        write(false);

        ReportFiles files = Report.fromLog(folder);

        assertThat(files.page())
                .content()
                .contains("Assertions were not evaluated: the run was killed.", "data-verdict=\"INCOMPLETE\"");
        JsonNode summary = new JsonMapper().readTree(Files.readString(files.summary()));
        assertThat(summary.at("/total/count/total").intValue()).isEqualTo(4);
        assertThat(summary.at("/run/verdict/level").asString()).isEqualTo("INCOMPLETE");
    }

    @Test
    void saysThatAFolderIsNoRun() {
        assertThatThrownBy(() -> Report.fromLog(folder))
                .isInstanceOf(EventLogException.class)
                .hasMessage("report: " + folder + " is no folder of a run: it has no events.onrush."
                        + " The results folder's latest.txt names the newest run.");
    }

    /** A run of one user and four requests, one of them KO; without its end it looks killed. */
    private Path write(boolean ended) throws Exception {
        Path log = folder.resolve("events.onrush");
        ManualClock clock = new ManualClock();
        Names names = Names.withLimit(100);
        EventLog events = EventLog.create(
                log,
                RunHeader.of("shop.Browse", "", Runs.START, 42, "0.1.0")
                        .with(RunHeader.TLS_VERIFICATION, "true")
                        .with(RunFacts.PROFILE_PREFIX + "browse", "profile in words"),
                names,
                new RunClock(clock),
                EventLogOptions.DEFAULT.onCallersThread());
        Recorder recorder = events.recorder("test");
        events.start();
        int scenario = names.scenario("browse");
        recorder.userStart(1, scenario, 0, 0);
        RequestSample sample = new RequestSample();
        for (int i = 0; i < 4; i++) {
            sample.clear();
            sample.userId = 1;
            sample.scenario = scenario;
            sample.request = names.request(Names.NO_GROUP, "open item");
            sample.intendedStartNanos = i * 100_000_000L;
            sample.actualStartNanos = sample.intendedStartNanos;
            sample.endNanos = sample.intendedStartNanos + 7_000_000;
            sample.outcome = i == 3 ? RequestSample.KO : RequestSample.OK;
            sample.error = i == 3 ? names.error("check.failed", "status was 503") : RequestSample.NO_ERROR;
            sample.status = i == 3 ? 503 : 200;
            recorder.request(sample);
        }
        recorder.userEnd(1, scenario, 400_000_000L, UserEnd.THROUGH);
        events.pump();
        byte[] killed = Files.readAllBytes(log);
        events.close();
        if (!ended) {
            Files.write(log, killed);
        }
        return log;
    }
}
