package dev.onrush.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.onrush.core.DefinitionException;
import dev.onrush.core.assertion.AssertionResult;
import dev.onrush.core.eventlog.EventLogException;
import dev.onrush.core.measure.MeasureOptions;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.report.outcome.RunJudge;
import dev.onrush.report.outcome.RunOutcome;
import dev.onrush.report.testing.Runs;

/** A report of a part of a run counts what ended in that part, exactly. */
class ReportWindowTest {
    private static final AssertionResult ASSERTION = new AssertionResult(
            "count, limit above 1", "count = 4, limit above 1 (4 requests, 0 KO).", true, 4.0, "", 4);

    @TempDir
    Path folder;

    private static JsonNode json(Path file) throws Exception {
        return JsonMapper.shared().readTree(Files.readString(file));
    }

    private static JsonNode of(Path run, Duration from, Duration to) throws Exception {
        return json(Report.again(ReportOptions.defaults().window(from, to), List.of(run), ReadProgress.NONE)
                .summary());
    }

    @ParameterizedTest
    @CsvSource({
        "1,0,40000,0",
        "2,10000,20000,0",
        "3,7250,7251,0",
        "4,12345,33333,0",
        "5,3000,9000,5000",
        "6,0,4000,5000",
        "7,39000,40000,0"
    })
    void countsWhatEndedInIt(long seed, long fromMillis, long toMillis, long warmUpMillis) throws Exception {
        MadeUpRun made = new MadeUpRun(seed, 300, 0, warmUpMillis * 1_000_000);
        Path run = made.write(folder.resolve("run"));
        Duration from = Duration.ofMillis(fromMillis);
        Duration to = Duration.ofMillis(toMillis);

        JsonNode summary = of(run, from, to);

        List<MadeUpRun.Request> counted = made.counted(from, to);
        long ok = counted.stream().filter(MadeUpRun.Request::ok).count();
        assertThat(summary.at("/total/count/total").asLong()).isEqualTo(counted.size());
        assertThat(summary.at("/total/count/ok").asLong()).isEqualTo(ok);
        assertThat(summary.at("/total/bytesReceived").asLong())
                .isEqualTo(
                        counted.stream().mapToLong(MadeUpRun.Request::received).sum());
        double measured = (toMillis - Math.max(fromMillis, Math.min(toMillis, warmUpMillis))) / 1e3;
        assertThat(summary.at("/total/throughput").asDouble())
                .isCloseTo(measured > 0 ? counted.size() / measured : 0, within(1e-9));
        percentiles(summary.at("/total/responseTime"), counted);
        long started = made.users.stream()
                .filter(user -> user.start() >= from.toNanos() && user.start() < to.toNanos())
                .count();
        long there = made.users.stream()
                .filter(user -> user.start() < from.toNanos() && user.end() >= from.toNanos())
                .count();
        long finished = made.users.stream()
                .filter(user -> user.end() >= from.toNanos() && user.end() < to.toNanos())
                .count();
        assertThat(summary.at("/users/started").asLong()).isEqualTo(started);
        assertThat(summary.at("/users/finished").asLong()).isEqualTo(finished);
        assertThat(summary.at("/users/unfinished").asLong()).isEqualTo(there + started - finished);
        assertThat(summary.at("/window/usersPresent").asLong()).isEqualTo(there);
        assertThat(summary.at("/window/from").asDouble()).isEqualTo(fromMillis);
        assertThat(summary.at("/window/to").asDouble()).isEqualTo(toMillis);
        assertThat(summary.at("/run/durationSeconds").asDouble()).isEqualTo((toMillis - fromMillis) / 1e3);
    }

    private static void percentiles(JsonNode times, List<MadeUpRun.Request> counted) {
        double[] millis = counted.stream()
                .filter(MadeUpRun.Request::timed)
                .mapToDouble(MadeUpRun.Request::responseMillis)
                .sorted()
                .toArray();
        if (millis.length == 0) {
            assertThat(times.get("p50").isNull()).isTrue();
            return;
        }
        for (double percentile : new double[] {50, 75, 90, 95, 99}) {
            double exact = millis[(int) Math.max(1, Math.ceil(percentile * millis.length / 100)) - 1];
            assertThat(times.get("p" + (int) percentile).asDouble())
                    .as("p%s", percentile)
                    .isBetween(exact - 1e-6, exact * 1.001 + 1e-6);
        }
        assertThat(times.get("max").asDouble()).isEqualTo(millis[millis.length - 1]);
        assertThat(times.get("mean").asDouble())
                .isCloseTo(Arrays.stream(millis).average().orElseThrow(), within(0.000501));
    }

    @Test
    void windowsThatMeetAddUpToTheRun() throws Exception {
        Path run = new MadeUpRun(11, 200, 0, 0).write(folder.resolve("run"));
        JsonNode whole = json(Report.fromLog(run).summary());

        JsonNode first = of(run, Duration.ZERO, Duration.ofMillis(13_370));
        JsonNode second = of(run, Duration.ofMillis(13_370), Duration.ofSeconds(40));

        for (String figure : List.of("/total/count/ok", "/total/count/ko", "/total/bytesSent", "/users/started")) {
            assertThat(first.at(figure).asLong() + second.at(figure).asLong())
                    .as(figure)
                    .isEqualTo(whole.at(figure).asLong());
        }
    }

    @Test
    void showsTheUsersWhoWereThereAsActive() throws Exception {
        MadeUpRun made = new MadeUpRun(12, 200, 0, 0);
        Path run = made.write(folder.resolve("run"));

        ReportFiles files = Report.again(
                ReportOptions.defaults().window(Duration.ofSeconds(15), Duration.ofSeconds(20)),
                List.of(run),
                ReadProgress.NONE);

        List<String> lines = Files.readAllLines(files.timeline());
        assertThat(lines).hasSize(6);
        int active = List.of(lines.get(0).split(",")).indexOf("usersActive");
        for (int second = 0; second < 5; second++) {
            long at = (16L + second) * MadeUpRun.SECOND;
            long present = made.users.stream()
                    .filter(user -> user.start() < at && user.end() >= at)
                    .count();
            assertThat(lines.get(second + 1).split(",")[active]).isEqualTo(Long.toString(present));
        }
    }

    @Test
    void liesBesideTheReportOfTheRunAndSaysWhatItIs() throws Exception {
        Path run = new MadeUpRun(13, 50, 0, 0).write(folder.resolve("run"));
        RunStatistics statistics = RunStatistics.read(run.resolve("events.onrush"), MeasureOptions.DEFAULT);
        ReportFiles whole =
                Report.write(run, statistics, new RunOutcome(RunJudge.verdict(statistics), List.of(ASSERTION), 0));
        String before = Files.readString(whole.summary());

        ReportFiles files = Report.again(
                ReportOptions.defaults().window(Duration.ofSeconds(5), Duration.ofMillis(12_500)),
                List.of(run),
                ReadProgress.NONE);

        assertThat(files.folder()).isEqualTo(run.resolve("window-5s-12500ms"));
        assertThat(whole.summary()).hasContent(before);
        String words = "A window of the run, from 5.0 s to 12.5 s of 40.0 s";
        assertThat(files.page()).content().contains(words, "assertions are judged on a whole run".substring(1));
        assertThat(files.markdown()).content().contains(words.substring(0, 20), "not judged");
        assertThat(files.junit()).content().contains("<skipped message=\"assertions are judged on a whole run", words);
        JsonNode summary = json(files.summary());
        assertThat(summary.get("assertions").isNull()).isTrue();
        assertThat(summary.at("/run/exitCode").asInt()).isZero();
        assertThat(summary.at("/run/start").asString())
                .isEqualTo(Runs.START.plusSeconds(5).toString());
        assertThat(summary.at("/remarks/0").asString()).startsWith(words);
    }

    @Test
    void hasOtherPercentilesAndOnlyTheFilesAskedFor() throws Exception {
        MadeUpRun made = new MadeUpRun(14, 400, 0, 0);
        Path run = made.write(folder.resolve("run"));

        ReportFiles files = Report.again(
                ReportOptions.defaults()
                        .percentiles(50, 97.5)
                        .files(ReportFile.SUMMARY, ReportFile.REQUESTS)
                        .folder(folder.resolve("out/deep")),
                List.of(run),
                ReadProgress.NONE);

        try (var all = Files.list(files.folder())) {
            assertThat(all).containsExactlyInAnyOrder(files.summary(), files.requests());
        }
        double[] millis = made.requests.stream()
                .filter(MadeUpRun.Request::timed)
                .mapToDouble(MadeUpRun.Request::responseMillis)
                .sorted()
                .toArray();
        double exact = millis[(int) Math.ceil(0.975 * millis.length) - 1];
        assertThat(json(files.summary()).at("/total/responseTime/p97_5").asDouble())
                .isBetween(exact - 1e-6, exact * 1.001);
        assertThat(Files.readAllLines(files.requests()).get(0)).contains("responseTime.p97_5,responseTime.max");
    }

    @Test
    void tellsHowFarItHasRead() throws Exception {
        Path run = new MadeUpRun(16, 20, 0, 0).write(folder.resolve("run"));
        Path log = run.resolve("events.onrush");
        List<String> told = new ArrayList<>();

        Report.again(
                ReportOptions.defaults().files(ReportFile.SUMMARY),
                List.of(run),
                (file, bytes, size) -> told.add(file.equals(log) + " " + bytes + " of " + size));

        assertThat(told).last().isEqualTo("true " + Files.size(log) + " of " + Files.size(log));
    }

    @Test
    void refusesAWindowBehindTheEnd() throws Exception {
        Path run = new MadeUpRun(15, 20, 0, 0).write(folder.resolve("run"));

        assertThatThrownBy(() -> of(run, Duration.ofSeconds(50), Duration.ofSeconds(60)))
                .isInstanceOf(EventLogException.class)
                .hasMessage(
                        "report: the window begins at 50.0 s, and the run took 40.0 s. Choose a window inside of it.");
    }

    @Test
    void refusesToTakeThePlaceOfTheRunsOwnReport() throws Exception {
        Path run = new MadeUpRun(17, 20, 0, 0).write(folder.resolve("run"));
        ReportOptions window =
                ReportOptions.defaults().to(Duration.ofSeconds(9)).folder(run);

        assertThatThrownBy(() -> Report.again(window, List.of(run), ReadProgress.NONE))
                .isInstanceOf(EventLogException.class)
                .hasMessage("report: " + run + " is the folder of a run, whose own report would be lost."
                        + " Choose another with --output DIR.");
    }

    @Test
    void refusesWrongOptionsWhereTheyAreGiven() {
        ReportOptions options = ReportOptions.defaults();

        assertThatThrownBy(() -> options.window(Duration.ofSeconds(9), Duration.ofSeconds(9)))
                .isInstanceOf(DefinitionException.class)
                .hasMessage("window: to must be later than from, was 9.0 s to 9.0 s.");
        assertThatThrownBy(() -> options.from(Duration.ofSeconds(-1)))
                .hasMessage("window: from must not be negative, was PT-1S.");
        assertThatThrownBy(() -> options.to(Duration.ZERO)).hasMessage("window: to must be positive, was PT0S.");
        assertThatThrownBy(() -> options.percentiles(50, 101))
                .hasMessage("percentiles: each must be from 0 to 100, was 101.0. Write 99.9 for p99.9.");
        assertThatThrownBy(() -> options.percentiles(1, 2, 3, 4, 5))
                .hasMessage("percentiles: at most 4 can be shown, were 5: [1.0, 2.0, 3.0, 4.0, 5.0].");
        assertThatThrownBy(() -> ReportFile.read("page,pages"))
                .hasMessage("report files: there is no \"pages\" in \"page,pages\". Choose from page, summary, junit,"
                        + " requests, timeline, errors, markdown, histograms, or write all.");
        assertThatThrownBy(() -> Report.again(options, List.of(), ReadProgress.NONE))
                .hasMessage("report: no run was named. Name the folder of a run, or several to merge them.");
    }
}
