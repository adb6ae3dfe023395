package dev.onrush.report.internal.findings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.onrush.core.eventlog.EventLogException;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.core.eventlog.RunHeader;
import dev.onrush.core.measure.MeasureOptions;
import dev.onrush.core.measure.RequestStatistics;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.report.ComparisonReport;
import dev.onrush.report.ComparisonResult;
import dev.onrush.report.compare.Comparison;
import dev.onrush.report.compare.Judgement;
import dev.onrush.report.compare.SyntheticRuns.Kind;
import dev.onrush.report.compare.SyntheticRuns.Process;
import dev.onrush.report.internal.model.TimeFigure;
import dev.onrush.report.outcome.RunFacts;
import dev.onrush.report.testing.Runs;

class ComparisonReportTest {
    private static final Kind KIND = Kind.of(Process.LOGNORMAL, 3, 9000, 30);

    @TempDir
    static Path runs;

    private static Path before;
    private static Path after;
    private static Path slower;

    @TempDir
    Path folder;

    @BeforeAll
    static void write() {
        before = ComparedLogs.write(runs.resolve("before"), KIND, 1);
        after = ComparedLogs.write(runs.resolve("after"), KIND, 2);
        slower = ComparedLogs.write(runs.resolve("slower"), KIND.slower(1.2), 3);
    }

    @Test
    void writesTheFiguresOfBothReportsAndTheirDifferences() throws Exception {
        ComparisonResult result = compare(before, slower);

        JsonNode json = new JsonMapper().readTree(Files.readString(result.json()));
        RunStatistics was = RunStatistics.read(before.resolve("events.onrush"), MeasureOptions.DEFAULT);
        RunStatistics is = RunStatistics.read(slower.resolve("events.onrush"), MeasureOptions.DEFAULT);
        sameFigures(json.get("total"), "baseline", was.total());
        sameFigures(json.get("total"), "candidate", is.total());
        assertThat(json.get("requests").size()).isEqualTo(3);
        for (JsonNode request : json.get("requests")) {
            String name = request.get("name").asString();
            sameFigures(request, "baseline", was.request(List.of(), name).orElseThrow());
            sameFigures(request, "candidate", is.request(List.of(), name).orElseThrow());
            JsonNode p50 = request.at("/figures/p50");
            double base = p50.get("baseline").doubleValue();
            double cand = p50.get("candidate").doubleValue();
            assertThat(p50.get("difference").doubleValue()).isCloseTo(100 * (cand / base - 1), within(1e-6));
            assertThat(p50.get("judgement").asString()).isEqualTo("WORSE");
        }
        assertThat(json.get("withinRunOnly").booleanValue()).isTrue();
        assertThat(json.get("gate").isNull()).isTrue();
        assertThat(json.at("/method/tests").intValue()).isGreaterThan(20);
        assertThat(result.exitCode()).isZero();
        assertThat(result.page())
                .isEqualTo(folder.resolve("comparison.html"))
                .content()
                .contains("Within-run only");
    }

    private static void sameFigures(JsonNode request, String side, RequestStatistics statistics) {
        assertThat(request.at("/count/" + side).longValue()).isEqualTo(statistics.total());
        assertThat(request.at("/throughput/" + side).doubleValue()).isCloseTo(statistics.throughput(), within(1e-9));
        assertThat(request.at("/max/" + side).doubleValue())
                .isEqualTo(statistics.responseTime().maxMicros() / 1000.0);
        for (TimeFigure figure :
                List.of(TimeFigure.P50, TimeFigure.P75, TimeFigure.P90, TimeFigure.P95, TimeFigure.P99)) {
            assertThat(request.at("/figures/" + figure.key() + "/" + side).doubleValue())
                    .as(figure.key())
                    .isEqualTo(figure.millis(statistics.responseTime()));
        }
        assertThat(request.at("/figures/mean/" + side).doubleValue())
                .isCloseTo(statistics.responseTime().meanMicros() / 1000, within(1e-6));
        assertThat(request.at("/figures/koPercent/" + side).doubleValue()).isEqualTo(statistics.koPercent());
    }

    @Test
    void theSameRunsGiveTheSameBytes() throws Exception {
        ComparisonResult once = compare(before, after);
        byte[] json = Files.readAllBytes(once.json());
        byte[] page = Files.readAllBytes(once.page());

        compare(before, after);

        assertThat(once.json()).hasBinaryContent(json);
        assertThat(once.page()).hasBinaryContent(page);
    }

    @Test
    void theGateFailsForWhatIsWorseByMoreAndHoldsForLess() throws Exception {
        ComparisonResult failed = ComparisonReport.write(how(before, slower).failIfWorseBy(10));
        ComparisonResult held = ComparisonReport.write(how(before, slower).failIfWorseBy(60));
        ComparisonResult equal = ComparisonReport.write(how(before, after).failIfWorseBy(0));

        assertThat(failed.exitCode()).isEqualTo(2);
        assertThat(failed.gateFailures())
                .anySatisfy(
                        line -> assertThat(line)
                                .matches(
                                        "request 0: p50 is worse by \\d+\\.\\d %"
                                                + " \\(\\d+\\.\\d ms to \\d+\\.\\d ms, interval \\+\\d+\\.\\d+ % to \\+\\d+\\.\\d+ %\\), limit 10 %\\."));
        assertThat(held.exitCode()).isZero();
        assertThat(equal.exitCode()).isZero();
        JsonNode json = new JsonMapper()
                .readTree(Files.readString(
                        ComparisonReport.write(how(before, slower).failIfWorseBy(10))
                                .json()));
        assertThat(json.at("/gate/passed").booleanValue()).isFalse();
        assertThat(json.at("/gate/failures/0").asString())
                .isEqualTo(failed.gateFailures().get(0));
    }

    @Test
    void moreFailuresFailTheGateWhateverItsLimit() {
        Path failing = folder.resolve("failing");
        try (ComparedLogs.Writer writer = new ComparedLogs.Writer(failing, ComparedLogs.header(9))) {
            for (int i = 0; i < 9000; i++) {
                writer.request("request " + i % 3, i * 3000L + 30_000, i % 25 != 0, 20_000 + i % 1000);
            }
        }

        ComparisonResult result = ComparisonReport.write(how(before, failing).failIfWorseBy(10_000));

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.gateFailures().get(0))
                .startsWith("All requests: KO % is worse by 4.00 points (0 % to 4.00 %, interval +")
                .endsWith("; more failures than before always fail the gate.");
    }

    @Test
    void severalRunsPerSideAreNotWithinRunOnly() throws Exception {
        Path second = ComparedLogs.write(folder.resolve("second"), KIND, 21);
        Path third = ComparedLogs.write(folder.resolve("third"), KIND, 22);

        ComparisonResult result = ComparisonReport.write(
                Comparison.of(List.of(before, second), List.of(after, third)).results(folder));

        assertThat(result.json()).content().contains("\"withinRunOnly\" : false");
        assertThat(result.lines()).noneMatch(line -> line.startsWith("Within-run only"));
        assertThat(result.compared().anyShown(Judgement.WORSE)).isFalse();
    }

    @Test
    void leavesOutWhatTheStatisticsLeaveOut() {
        Path run = folder.resolve("noisy");
        try (ComparedLogs.Writer writer = new ComparedLogs.Writer(run, ComparedLogs.header(12))) {
            for (int i = 0; i < 3000; i++) {
                writer.request("request 0", i * 10_000L + 20_000, true, 20_000 + i);
                RequestSample warm = writer.sample("request 0", i * 10_000L + 20_000, true, 900_000);
                switch (i % 4) {
                    case 0 -> warm.warmUp = true;
                    case 1 -> warm.silent = true;
                    case 2 -> warm.attempt = true;
                    default -> warm.outcome = RequestSample.UNFINISHED;
                }
                writer.record(warm);
            }
        }

        ComparisonResult result = compare(before, run);

        assertThat(result.compared().requests().get(0).candidateCount()).isEqualTo(3000);
        assertThat(result.compared().requests().get(0).candidateMaxMillis()).isEqualTo(22.999);
    }

    @Test
    void saysWhatElseChanged() {
        Path other = ComparedLogs.write(
                folder.resolve("other"),
                KIND,
                5,
                UnaryOperator.identity(),
                RunHeader.of("shop.BrowseSimulation", "x", Runs.START, 43, "0.2.0")
                        .with(RunHeader.TLS_VERIFICATION, "false")
                        .with(RunFacts.PROFILE_PREFIX + "shop", "ramp to 9 users/s")
                        .withSetting("http.keepAlive", "false"));

        ComparisonResult result = compare(before, other);

        assertThat(ComparisonFindings.of(
                                how(before, other),
                                List.of(ComparedRun.read(before)),
                                List.of(ComparedRun.read(other)),
                                result.compared())
                        .changes())
                .containsExactly(
                        new OtherChanges.Change("TLS verification", "true", "false"),
                        new OtherChanges.Change("profile of shop", "not set", "ramp to 9 users/s"),
                        new OtherChanges.Change("seed", "42", "43"),
                        new OtherChanges.Change("setting http.keepAlive", "not set", "false"),
                        new OtherChanges.Change("version of Onrush", "0.1.0", "0.2.0"));
        assertThat(result.page()).content().contains("ramp to 9 users/s", "What else changed");
    }

    @Test
    void saysFirstThatARunIsNotToBeTrusted() throws Exception {
        Path torn = ComparedLogs.write(folder.resolve("torn"), KIND, 6);
        Path log = torn.resolve("events.onrush");
        byte[] bytes = Files.readAllBytes(log);
        Files.write(log, java.util.Arrays.copyOf(bytes, bytes.length * 9 / 10));

        ComparisonResult result = compare(before, torn);

        assertThat(result.lines().get(0)).isEqualTo("Not to be trusted: torn is INCOMPLETE.");
        assertThat(result.page()).content().contains("A run is not to be trusted", "<b>INCOMPLETE</b>");
    }

    @Test
    void comparesWhatBothHaveAndNamesTheRest() {
        Path renamed = ComparedLogs.write(
                folder.resolve("renamed"),
                KIND,
                7,
                name -> name.equals("request 1") ? "request one" : name,
                ComparedLogs.header(7));

        ComparisonResult result = compare(before, renamed);

        assertThat(result.compared().requests()).hasSize(3);
        assertThat(result.page())
                .content()
                .contains("All requests compared", "only the baseline has it", "only the candidate has it");
    }

    @Test
    void whatCannotBeComparedIsOneLine() throws Exception {
        Path others =
                ComparedLogs.write(folder.resolve("others"), KIND, 8, name -> "other\n" + name, ComparedLogs.header(8));
        Path empty = folder.resolve("empty");
        new ComparedLogs.Writer(empty, ComparedLogs.header(10)).close();
        Path copy = Files.createDirectories(folder.resolve("copy"));
        Files.copy(before.resolve("events.onrush"), copy.resolve("events.onrush"));
        Path text = Files.writeString(folder.resolve("text.onrush"), "no log");
        Path nothing = folder.resolve("nothing");

        refuses(how(before, others))
                .hasMessage(
                        "compare: no request is in both sides. Only the baseline has it: request 0, request 1, request 2."
                                + " Only the candidate has it: other\\nrequest 0, other\\nrequest 1, other\\nrequest 2."
                                + " Compare runs of the same requests.");
        refuses(how(before, empty))
                .hasMessage("compare: " + empty + " has no request that counts: it is empty, or all of it was warm-up."
                        + " Name another run.");
        refuses(how(before, before))
                .hasMessage("compare: " + before.resolve("events.onrush") + " and " + before.resolve("events.onrush")
                        + " are the same run. Name each run once, on one side.");
        refuses(how(before, copy))
                .hasMessage("compare: " + before.resolve("events.onrush") + " and " + copy.resolve("events.onrush")
                        + " are the same run. Name each run once, on one side.");
        refuses(how(before, nothing))
                .hasMessage("compare: " + nothing + " is no folder of a run: it has no events.onrush."
                        + " The results folder's latest.txt names the newest run.");
        refuses(how(text, before))
                .hasMessage(text + ": is not an event log of Onrush. Name the file events.onrush of a run.");
        assertThatThrownBy(() -> ComparisonReport.write(how(before, after).results(text)))
                .hasMessageStartingWith("compare: nothing can be written to " + text + " (")
                .hasMessageEndingWith("). Choose another results folder.");
    }

    private static org.assertj.core.api.AbstractThrowableAssert<?, ?> refuses(Comparison how) {
        return assertThatThrownBy(() -> ComparisonReport.write(how)).isInstanceOf(EventLogException.class);
    }

    private ComparisonResult compare(Path baseline, Path candidate) {
        return ComparisonReport.write(how(baseline, candidate));
    }

    private Comparison how(Path baseline, Path candidate) {
        return Comparison.of(List.of(baseline), List.of(candidate))
                .replications(500)
                .results(folder);
    }
}
