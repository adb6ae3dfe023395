package dev.onrush.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.onrush.core.measure.MeasureOptions;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.report.outcome.RunJudge;
import dev.onrush.report.outcome.RunOutcome;
import dev.onrush.report.testing.CsvLines;
import dev.onrush.report.testing.Hostile;
import dev.onrush.report.testing.Runs;

/** The tables and histograms tell what {@code summary.json} tells. */
class MachineFilesTest {
    @TempDir
    Path folder;

    private ReportFiles files;
    private JsonNode summary;
    private final MadeUpRun made = new MadeUpRun(21, 300, 0, 2 * MadeUpRun.SECOND);

    @BeforeEach
    void write() throws Exception {
        files = Report.fromLog(made.write(folder.resolve("run")));
        summary = JsonMapper.shared().readTree(Files.readString(files.summary()));
    }

    @Test
    void requestsHasEachFigureOfTheSummary() throws Exception {
        List<Map<String, String>> lines = CsvLines.named(Files.readString(files.requests()));
        List<JsonNode> told = new ArrayList<>(List.of(summary.get("total")));
        summary.get("requests").forEach(told::add);
        summary.get("groups").forEach(told::add);

        assertThat(lines).hasSameSizeAs(told).hasSize(1 + 8 + 1);
        int figures = 0;
        for (int i = 0; i < lines.size(); i++) {
            Map<String, String> line = lines.get(i);
            JsonNode node = told.get(i);
            if (i > 0) {
                assertThat(line.get("name")).isEqualTo(node.get("name").asString());
            }
            for (String count : List.of("total", "ok", "ko")) {
                assertThat(line.get(count)).isEqualTo(node.at("/count/" + count).asString());
            }
            for (Map.Entry<String, String> cell : line.entrySet()) {
                JsonNode figure = node.at("/" + cell.getKey().replace('.', '/'));
                if (figure.isNumber()) {
                    assertThat(Double.parseDouble(cell.getValue()))
                            .as(cell.getKey())
                            .isEqualTo(figure.asDouble());
                    figures++;
                } else if (figure.isNull()) {
                    assertThat(cell.getValue()).as(cell.getKey()).isEmpty();
                }
            }
        }
        assertThat(figures).isGreaterThan(9 * 50);
        assertThat(lines.get(0)).containsEntry("kind", "total").containsEntry("group", "");
        assertThat(lines.get(0).get("statusCodes"))
                .isEqualTo(
                        "200=" + summary.at("/total/statusCodes/200") + " 503=" + summary.at("/total/statusCodes/503"));
        assertThat(lines.stream()
                        .filter(line -> line.get("group").equals("shop"))
                        .count())
                .isEqualTo(4);
    }

    @Test
    void errorsAddUpToWhatFailed() throws Exception {
        List<Map<String, String>> lines = CsvLines.named(Files.readString(files.errors()));

        assertThat(lines.stream()
                        .mapToLong(line -> Long.parseLong(line.get("count")))
                        .sum())
                .isEqualTo(summary.at("/total/count/ko").asLong())
                .isPositive();
        assertThat(lines)
                .allSatisfy(line -> assertThat(line)
                        .containsEntry("kind", "request")
                        .containsEntry("class", "check.failed")
                        .containsEntry("message", "found 503"));
    }

    @Test
    void timelineTellsWhatHappenedInEachSecond() throws Exception {
        List<Map<String, String>> lines = CsvLines.named(Files.readString(files.timeline()));

        assertThat(lines).hasSize(MadeUpRun.SECONDS);
        for (int second = 0; second < lines.size(); second++) {
            Map<String, String> line = lines.get(second);
            long from = second * MadeUpRun.SECOND;
            long to = from + MadeUpRun.SECOND;
            // What ends with the run belongs to its last step.
            long until = second == lines.size() - 1 ? Long.MAX_VALUE : to;
            List<MadeUpRun.Request> ended = made.requests.stream()
                    .filter(request -> request.end() >= from && request.end() < until)
                    .toList();
            assertThat(line).containsEntry("from", "" + second).containsEntry("seconds", "1");
            assertThat(Long.parseLong(line.get("ok")))
                    .isEqualTo(ended.stream().filter(MadeUpRun.Request::ok).count());
            assertThat(Long.parseLong(line.get("ko")))
                    .isEqualTo(ended.stream().filter(request -> !request.ok()).count());
            assertThat(Long.parseLong(line.get("bytesSent")))
                    .isEqualTo(ended.stream().mapToLong(MadeUpRun.Request::sent).sum());
            assertThat(Long.parseLong(line.get("usersStarted")))
                    .isEqualTo(made.users.stream()
                            .filter(user -> user.start() >= from && user.start() < to)
                            .count())
                    .isEqualTo(Long.parseLong(line.get("usersDue")));
            assertThat(line).containsEntry("cpuPercent", "10").containsEntry("connections", "5");
            double[] millis = ended.stream()
                    .filter(MadeUpRun.Request::timed)
                    .mapToDouble(MadeUpRun.Request::responseMillis)
                    .sorted()
                    .toArray();
            if (millis.length > 0) {
                double exact = millis[(int) Math.max(1, Math.ceil(0.95 * millis.length)) - 1];
                assertThat(Double.parseDouble(line.get("responseTime.p95"))).isBetween(exact - 1e-6, exact * 1.01);
                assertThat(Double.parseDouble(line.get("responseTime.max"))).isEqualTo(millis[millis.length - 1]);
            } else {
                assertThat(line).containsEntry("responseTime.p95", "");
            }
        }
    }

    @Test
    void histogramsAreReadByTheLibraryThatTheFormatIsOf() throws Exception {
        Map<String, Histogram> byTag = new HashMap<>();
        HistogramLogReader reader =
                new HistogramLogReader(new ByteArrayInputStream(Files.readAllBytes(files.histograms())));
        EncodableHistogram interval;
        int intervals = 0;
        while ((interval = reader.nextIntervalHistogram()) != null) {
            String tag = interval.getTag() == null ? "" : interval.getTag();
            byTag.computeIfAbsent(tag, any -> new Histogram(2)).add((Histogram) interval);
            intervals++;
        }

        assertThat(reader.getStartTimeSec()).isEqualTo(Runs.START.toEpochMilli() / 1000.0);
        assertThat(byTag.keySet())
                .contains("", "shop/request%200", "request%201")
                .hasSize(9);
        assertThat(intervals).isGreaterThan(100);
        Histogram all = byTag.remove("");
        long timed = made.requests.stream()
                .filter(request -> request.timed() && !request.warmUp())
                .count();
        assertThat(all.getTotalCount()).isEqualTo(timed);
        assertThat(byTag.values().stream().mapToLong(Histogram::getTotalCount).sum())
                .isEqualTo(timed);
        double p95 = summary.at("/total/responseTime/p95").asDouble() * 1000;
        assertThat((double) all.getValueAtPercentile(95)).isCloseTo(p95, within(p95 * 0.01));
    }

    @Test
    void areTheSameBytesInEveryLocaleAndZone() throws Exception {
        RunStatistics statistics = RunStatistics.read(folder.resolve("run/events.onrush"), MeasureOptions.DEFAULT);
        java.util.Locale locale = java.util.Locale.getDefault();
        java.util.TimeZone zone = java.util.TimeZone.getDefault();
        try {
            java.util.Locale.setDefault(java.util.Locale.forLanguageTag("ar-EG-u-nu-arab"));
            java.util.TimeZone.setDefault(java.util.TimeZone.getTimeZone("Asia/Kathmandu"));
            ReportFiles other = Report.write(
                    Files.createDirectories(folder.resolve("other")),
                    statistics,
                    new RunOutcome(RunJudge.verdict(statistics), null, null));

            for (ReportFile file : ReportFile.values()) {
                assertThat(file.in(other.folder())).as(file.word()).hasSameBinaryContentAs(file.in(files.folder()));
                assertThat(file.in(other.folder())).content().doesNotContain("\r");
            }
        } finally {
            java.util.Locale.setDefault(locale);
            java.util.TimeZone.setDefault(zone);
        }
    }

    @Test
    void hostileNamesAreTextsInEachFileAndNoPathInAny() throws Exception {
        RunStatistics hostile = Runs.named(Hostile.payloads());

        ReportFiles written = Report.write(Files.createDirectories(folder.resolve("hostile")), hostile, Runs.passed());

        try (var all = Files.walk(folder.resolve("hostile"))) {
            assertThat(all.filter(Files::isRegularFile)).containsExactlyInAnyOrderElementsOf(written.all());
        }
        List<Map<String, String>> lines = CsvLines.named(Files.readString(written.requests()));
        assertThat(lines.stream().skip(1).map(line -> CsvLines.text(line.get("name"))))
                .containsExactlyElementsOf(Hostile.payloads().stream()
                        .map(text -> new String(
                                        text.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                                        java.nio.charset.StandardCharsets.UTF_8)
                                .replace('\0', '\uFFFD'))
                        .toList());
    }
}
