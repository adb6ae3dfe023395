package dev.onrush.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.onrush.core.eventlog.EventLog;
import dev.onrush.core.eventlog.EventLogOptions;
import dev.onrush.core.eventlog.Names;
import dev.onrush.core.eventlog.Recorder;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.core.eventlog.RunHeader;
import dev.onrush.core.time.ManualClock;
import dev.onrush.core.time.RunClock;
import dev.onrush.report.testing.Runs;

/** Data on which percentile sketches have lied: written to a log, and read in summary.json and on the page (M15). */
class GoldenDataTest {
    private static final int P50 = 1;
    private static final int P75 = 2;
    private static final int P95 = 3;
    private static final int P99 = 4;
    private static final int P99_9 = 5;
    private static final int MAX = 6;

    @TempDir
    Path folder;

    private record Reported(JsonNode summary, JsonNode page) {
        /** The figure of summary.json; the page's data have the same. */
        double millis(String key, int column) {
            double millis = summary.at("/total/responseTime/" + key).asDouble();
            assertThat(page.at("/rows/0/response/" + column).asDouble()).isEqualTo(millis);
            assertThat(page.at("/rows/1/response/" + column).asDouble()).isEqualTo(millis);
            return millis;
        }
    }

    @Test
    void twoHumpsGiveNoTimeThatNobodyMeasured() throws Exception {
        List<Double> millis = new ArrayList<>();
        add(millis, 96, 7);
        add(millis, 6, 1502);

        Reported reported = report(millis);

        assertThat(reported.millis("p50", P50)).isBetween(7.0, 7.007);
        assertThat(reported.millis("p75", P75)).isBetween(7.0, 7.007);
        assertThat(reported.summary().at("/total/responseTime/p90").asDouble()).isBetween(7.0, 7.007);
        assertThat(reported.millis("p95", P95)).isEqualTo(1502);
        assertThat(reported.millis("p99", P99)).isEqualTo(1502);
        assertThat(reported.millis("max", MAX)).isEqualTo(1502);
        print("{96 x 7 ms, 6 x 1502 ms}", reported);
    }

    @Test
    void aRareSlowAnswerDoesNotMoveThePercentileBelowIt() throws Exception {
        List<Double> millis = new ArrayList<>();
        add(millis, 19_980, 5);
        add(millis, 20, 100);

        Reported reported = report(millis);

        assertThat(reported.millis("p99", P99)).isBetween(5.0, 5.005);
        assertThat(reported.millis("p99_9", P99_9)).isBetween(5.0, 5.005);
        assertThat(reported.millis("max", MAX)).isEqualTo(100);
        print("20000 x {5 ms: 99.9 %, 100 ms: 0.1 %}", reported);
    }

    @Test
    void fourSamplesGiveFourSamples() throws Exception {
        Reported reported = report(List.of(0.0, 279.0, 2.0, 281.0));

        assertThat(reported.summary().at("/total/responseTime/min").asDouble()).isZero();
        assertThat(reported.millis("p50", P50)).isBetween(2.0, 2.002);
        assertThat(reported.millis("p75", P75)).isBetween(279.0, 279.279);
        assertThat(reported.millis("p95", P95)).isEqualTo(281);
        assertThat(reported.millis("p99", P99)).isEqualTo(281);
        assertThat(reported.millis("max", MAX)).isEqualTo(281);
        print("{0, 279, 2, 281 ms}", reported);
    }

    private static void print(String what, Reported reported) {
        System.out.printf(
                "FIGURE M15 %s through log, summary.json and page: p50 %s, p95 %s, p99 %s, max %s ms%n",
                what,
                reported.summary().at("/total/responseTime/p50"),
                reported.summary().at("/total/responseTime/p95"),
                reported.summary().at("/total/responseTime/p99"),
                reported.summary().at("/total/responseTime/max"));
    }

    private static void add(List<Double> millis, int count, double value) {
        for (int i = 0; i < count; i++) {
            millis.add(value);
        }
    }

    /** A run whose requests took so long, reported from its log. */
    private Reported report(List<Double> millis) throws IOException {
        ManualClock clock = new ManualClock();
        Names names = Names.withLimit(10);
        EventLog events = EventLog.create(
                folder.resolve("events.onrush"),
                RunHeader.of("golden.Data", "", Runs.START, 1, "0.1.0"),
                names,
                new RunClock(clock),
                EventLogOptions.DEFAULT.onCallersThread());
        Recorder recorder = events.recorder("test");
        events.start();
        RequestSample sample = new RequestSample();
        for (int i = 0; i < millis.size(); i++) {
            sample.clear();
            sample.scenario = names.scenario("s");
            sample.request = names.request(Names.NO_GROUP, "get");
            sample.status = 200;
            sample.intendedStartNanos = i * 1_000_000L;
            sample.actualStartNanos = sample.intendedStartNanos;
            sample.endNanos = sample.intendedStartNanos + Math.round(millis.get(i) * 1_000_000);
            recorder.request(sample);
            if (i % 1000 == 0) {
                events.pump();
            }
        }
        clock.advance(Duration.ofMinutes(1));
        events.close();
        ReportFiles files = Report.fromLog(folder);
        String html = Files.readString(files.page());
        String begin = "<script type=\"application/json\" id=\"data\">";
        int from = html.indexOf(begin) + begin.length();
        JsonMapper mapper = new JsonMapper();
        return new Reported(
                mapper.readTree(Files.readString(files.summary())),
                mapper.readTree(html.substring(from, html.indexOf("</script>", from))));
    }
}
