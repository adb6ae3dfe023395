package dev.onrush.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.onrush.core.eventlog.EventLogException;
import dev.onrush.report.testing.CsvLines;

/** A poor log makes all files of a report, which say how poor it is, or one line that says why not (G08 to G12, M21). */
class BadLogTest {
    @TempDir
    Path folder;

    private Path run(String kind) throws Exception {
        Path run = folder.resolve(kind);
        MadeUpRun made = new MadeUpRun(1, kind.equals("empty") ? 0 : 120, 0, 0);
        switch (kind) {
            case "one request" -> made.requests.subList(1, made.requests.size()).clear();
            case "all failed" ->
                made.requests.replaceAll(request -> new MadeUpRun.Request(
                        request.user(),
                        false,
                        "same",
                        false,
                        false,
                        request.intended(),
                        request.actual(),
                        request.end(),
                        0,
                        0,
                        0,
                        false));
            default -> {}
        }
        made.write(run);
        Path log = run.resolve("events.onrush");
        byte[] bytes = Files.readAllBytes(log);
        switch (kind) {
            case "torn" -> Files.write(log, Arrays.copyOf(bytes, bytes.length * 2 / 3));
            case "damaged" -> {
                bytes[bytes.length / 2] ^= 0x40;
                Files.write(log, bytes);
            }
            default -> {}
        }
        return run;
    }

    @ParameterizedTest
    @ValueSource(strings = {"empty", "one request", "all failed", "torn", "damaged"})
    void makesEachFile(String kind) throws Exception {
        Path run = run(kind);

        ReportFiles files = Report.fromLog(run);
        ReportFiles window = Report.again(
                ReportOptions.defaults().to(java.time.Duration.ofSeconds(5)), List.of(run), ReadProgress.NONE);

        for (ReportFiles each : List.of(files, window)) {
            assertThat(each.all())
                    .hasSize(8)
                    .allSatisfy(file -> assertThat(file).isNotEmptyFile());
            JsonNode summary = JsonMapper.shared().readTree(Files.readString(each.summary()));
            List<Map<String, String>> requests = CsvLines.named(Files.readString(each.requests()));
            assertThat(requests.get(0).get("total"))
                    .isEqualTo(summary.at("/total/count/total").asString());
            assertThat(requests)
                    .hasSize(1
                            + summary.get("requests").size()
                            + summary.get("groups").size());
            assertThat(CsvLines.named(Files.readString(each.timeline())).stream()
                            .mapToLong(line -> Long.parseLong(line.get("ok")) + Long.parseLong(line.get("ko")))
                            .sum())
                    .isEqualTo(summary.at("/total/count/total").asLong());
            assertThat(CsvLines.named(Files.readString(each.errors())).stream()
                            .mapToLong(line -> Long.parseLong(line.get("count")))
                            .sum())
                    .isEqualTo(summary.at("/total/count/ko").asLong());
        }
        JsonNode summary = JsonMapper.shared().readTree(Files.readString(files.summary()));
        boolean isWhole = !kind.equals("torn") && !kind.equals("damaged");
        assertThat(summary.at("/run/verdict/level").asString()).isEqualTo(isWhole ? "TRUSTWORTHY" : "INCOMPLETE");
        assertThat(Files.readString(files.markdown())).contains(isWhole ? "**TRUSTWORTHY**" : "**INCOMPLETE**");
    }

    @Test
    void isRefusedInOneLineIfItTellsNothing() throws Exception {
        Path run = run("whole");
        Path log = run.resolve("events.onrush");
        byte[] bytes = Files.readAllBytes(log);
        ByteBuffer.wrap(bytes).putShort(12, (short) 9);
        // Both copies of the head: the second follows the first.
        int length = 36 + ByteBuffer.wrap(bytes).getInt(32) + 4;
        ByteBuffer.wrap(bytes).putShort(length + 12, (short) 9);
        Files.write(log, bytes);
        refused(run, log + ", byte 12: format 9; this version reads up to 1. Use a later version of Onrush.");

        Files.write(log, new byte[0]);
        refused(run, log + ": is empty. The run was ended before it began to record.");
        Files.writeString(log, "timeStamp,elapsed,label\n".repeat(20));
        refused(run, log + ": is not an event log of Onrush. Name the file events.onrush of a run.");
        refused(
                log.resolveSibling("none"),
                "report: " + log.resolveSibling("none")
                        + " is no folder of a run: it has no events.onrush. The results folder's latest.txt names the newest run.");
        Path folderAsLog =
                Files.createDirectories(folder.resolve("odd/events.onrush")).getParent();
        refused(
                folderAsLog,
                "report: " + folderAsLog
                        + " is no folder of a run: it has no events.onrush. The results folder's latest.txt names the newest run.");
    }

    @Test
    void saysSoIfTheFilesCannotGoWhereTheyShould() throws Exception {
        Path run = run("whole");
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> Report.again(
                        ReportOptions.defaults().folder(file.resolve("out")), List.of(run), ReadProgress.NONE))
                .isInstanceOf(java.io.UncheckedIOException.class)
                .hasMessageStartingWith("report: folder " + file.resolve("out") + " cannot be made (")
                .hasMessageEndingWith("). Choose another with --output DIR.")
                .hasMessageNotContainingAny("\n");
    }

    private static void refused(Path run, String message) {
        assertThatThrownBy(() -> Report.fromLog(run))
                .isInstanceOf(EventLogException.class)
                .hasMessage(message);
    }
}
