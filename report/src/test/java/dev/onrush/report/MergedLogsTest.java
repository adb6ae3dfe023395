package dev.onrush.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import dev.onrush.core.eventlog.EventLogException;
import dev.onrush.core.eventlog.RunHeader;
import dev.onrush.report.testing.Runs;

/** What several generators recorded of one load makes one report, with the figures of one log of it all (M17). */
class MergedLogsTest {
    private static final RunHeader HEADER = RunHeader.of("shop.Made", "", Runs.START, 42, "0.1.0");

    @TempDir
    Path folder;

    private final MadeUpRun made = new MadeUpRun(3, 400, 2 * MadeUpRun.SECOND, 0);

    private static JsonNode json(Path file) throws Exception {
        return JsonMapper.shared().readTree(Files.readString(file));
    }

    private static ReportFiles report(List<Path> runs) {
        return Report.again(ReportOptions.defaults(), runs, ReadProgress.NONE);
    }

    private List<Path> parts(int parts, long apartNanos) throws Exception {
        List<Path> runs = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            runs.add(made.write(
                    folder.resolve("part-" + part),
                    part,
                    parts,
                    part * apartNanos,
                    HEADER.with("segment", part + "/" + parts)));
        }
        return runs;
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 730_000_000})
    void haveTheFiguresOfOneLogOfItAll(long apartNanos) throws Exception {
        JsonNode whole =
                json(report(List.of(made.write(folder.resolve("whole")))).summary());
        List<Path> runs = parts(3, apartNanos);

        ReportFiles files = report(List.of(runs.get(2), runs.get(0), runs.get(1)));

        assertThat(files.folder()).isEqualTo(runs.get(0).resolve("merged"));
        JsonNode merged = json(files.summary());
        for (String part : List.of("users", "total", "requests", "groups", "window")) {
            assertThat(merged.get(part)).as(part).isEqualTo(whole.get(part));
        }
        for (String fact : List.of("simulation", "start", "durationSeconds", "seed", "version")) {
            assertThat(merged.at("/run/" + fact)).as(fact).isEqualTo(whole.at("/run/" + fact));
        }
        assertThat(merged.at("/run/verdict/level").asString()).isEqualTo("TRUSTWORTHY");
        assertThat(merged.get("generators")).hasSize(3);
        assertThat(merged.at("/generators/1/segment").asString()).isEqualTo("1/3");
        assertThat(merged.at("/generators/1/cpuMaxPercent").asInt()).isEqualTo(11);
        assertThat(merged.at("/generator/cpuMaxPercent").asInt()).isEqualTo(12);
        assertThat(merged.get("assertions").isNull()).isTrue();
        assertThat(files.page())
                .content()
                .contains("3 generators made this load, and their logs were merged: generator 1 (part-0), segment 0/3");
    }

    @Test
    void addUpWhatTheirGeneratorsHadOpen() throws Exception {
        ReportFiles files = report(parts(3, 0));

        List<String> lines = Files.readAllLines(files.timeline());
        int connections = List.of(lines.get(0).split(",")).indexOf("connections");
        assertThat(lines.get(20).split(",")[connections]).isEqualTo("15");
    }

    @Test
    void canBeCutToAWindow() throws Exception {
        ReportOptions window = ReportOptions.defaults().window(Duration.ofSeconds(10), Duration.ofSeconds(17));
        JsonNode whole = json(Report.again(window, List.of(made.write(folder.resolve("whole"))), ReadProgress.NONE)
                .summary());

        ReportFiles files = Report.again(window, parts(2, 500_000_000), ReadProgress.NONE);

        JsonNode merged = json(files.summary());
        for (String part : List.of("users", "total", "requests", "groups", "window")) {
            assertThat(merged.get(part)).as(part).isEqualTo(whole.get(part));
        }
        assertThat(files.folder()).isEqualTo(folder.resolve("part-0/merged/window-10s-17s"));
    }

    @Test
    void withoutOneOfThemAreIncomplete() throws Exception {
        List<Path> runs = parts(3, 0);

        JsonNode merged = json(report(List.of(runs.get(0), runs.get(2))).summary());

        assertThat(merged.at("/run/verdict/level").asString()).isEqualTo("INCOMPLETE");
        assertThat(merged.at("/run/verdict/reasons/0/text").asString())
                .isEqualTo("Segment 1/3 of the run: no log was named. Their users and requests are in no figure.");
    }

    @Test
    void ofARunInVeryManyPartsNameAFewOfThoseThatAreNotThere() throws Exception {
        String parts = "/999999999";
        Path first = made.write(folder.resolve("a"), 0, 2, 0, HEADER.with("segment", "0" + parts));
        Path third = made.write(folder.resolve("b"), 1, 2, 0, HEADER.with("segment", "2" + parts));

        JsonNode merged = json(report(List.of(first, third)).summary());

        assertThat(merged.at("/run/verdict/reasons/0/text").asString())
                .startsWith("Segments 1" + parts + ", 3" + parts + ", 4" + parts + ", ")
                .endsWith(", 11" + parts + " and 999\u202F999\u202F987 more of the run: no log was named."
                        + " Their users and requests are in no figure.");
    }

    @Test
    void saysOfOneAloneThatItIsAPart() throws Exception {
        List<Path> runs = parts(3, 0);

        JsonNode one = json(report(List.of(runs.get(1))).summary());

        assertThat(one.at("/run/verdict/level").asString()).isEqualTo("TRUSTWORTHY");
        assertThat(one.at("/remarks/0").asString())
                .isEqualTo(
                        "This is segment 1/3 of a run on several generators, counted from 0: the load of the others is in"
                                + " no figure here. Merge their logs to see them together.");
    }

    @Test
    void haveTheVerdictOfTheWorst() throws Exception {
        List<Path> runs = parts(2, 0);
        Path log = runs.get(1).resolve("events.onrush");
        byte[] bytes = Files.readAllBytes(log);
        Files.write(log, java.util.Arrays.copyOf(bytes, bytes.length - 100));

        JsonNode merged = json(report(runs).summary());

        assertThat(merged.at("/run/verdict/level").asString()).isEqualTo("INCOMPLETE");
        assertThat(merged.at("/run/verdict/reasons/0/text").asString())
                .startsWith("generator 2 (part-1): The log is incomplete from second");
        assertThat(merged.at("/generators/0/verdict/level").asString()).isEqualTo("TRUSTWORTHY");
    }

    @Test
    void tellWhenTheirClocksSayThatTheyBeganFarApart() throws Exception {
        List<Path> runs = List.of(
                made.write(folder.resolve("a"), 0, 2, 0, HEADER),
                made.write(folder.resolve("b"), 1, 2, 1_700_000_000, HEADER));

        JsonNode merged = json(report(runs).summary());

        assertThat(merged.get("remarks").toString())
                .contains(
                        "By the clocks of their machines they began within 1.7 s: they were started so, or these clocks differ")
                .contains("Their logs do not say which part of a run each is: they are taken for runs side by side.");
    }

    @Test
    void keepTheGravestExitCode() throws Exception {
        List<Path> runs = parts(2, 0);
        for (int part = 0; part < 2; part++) {
            Path summary = Report.fromLog(runs.get(part)).summary();
            ObjectNode tree = (ObjectNode) json(summary);
            ((ObjectNode) tree.get("run")).put("exitCode", part * 2);
            Files.writeString(summary, tree.toString());
        }

        assertThat(json(report(runs).summary()).at("/run/exitCode").asInt()).isEqualTo(2);
    }

    @Test
    void ofDifferentRunsAreRefusedInOneLine() throws Exception {
        Path a = made.write(folder.resolve("a"), 0, 2, 0, HEADER.with("segment", "0/2"));
        Path log = a.resolve("events.onrush");
        Path copy = Files.createDirectories(folder.resolve("copy")).resolve("events.onrush");
        Files.copy(log, copy);

        refused(
                a,
                copy,
                "report: " + log + " and " + copy
                        + " are both segment 0/2. Name one log of each segment, all of one run.");
        Path b = made.write(folder.resolve("b"), 1, 2, 0, HEADER.with("segment", "1/3"));
        refused(a, b, "report: the logs are of runs split differently, into 2 and 3. Name the logs of one run.");
        Path c = made.write(
                folder.resolve("c"),
                1,
                2,
                0,
                RunHeader.of("shop.Other", "", Runs.START, 42, "0.1.0").with("segment", "1/2"));
        refused(
                a,
                c,
                "report: " + c.resolve("events.onrush") + " is of simulation shop.Other, " + log
                        + " of shop.Made. Only logs of one run can be merged; name those of its generators.");
        Path d = made.write(
                folder.resolve("d"),
                1,
                2,
                0,
                RunHeader.of("shop.Made", "", Runs.START, 43, "0.1.0").with("segment", "1/2"));
        refused(
                a,
                d,
                "report: " + d.resolve("events.onrush") + " is of seed 43, " + log
                        + " of 42. Only logs of one run can be merged; name those of its generators.");
        Path e = made.write(folder.resolve("e"));
        Path twin = Files.createDirectories(folder.resolve("twin")).resolve("events.onrush");
        Files.copy(e.resolve("events.onrush"), twin);
        refused(
                e,
                twin.getParent(),
                "report: " + e.resolve("events.onrush") + " and " + twin + " are the same log. Name each log once.");
    }

    private static void refused(Path one, Path other, String message) {
        assertThatThrownBy(() -> report(List.of(one, other)))
                .isInstanceOf(EventLogException.class)
                .hasMessage(message);
    }
}
