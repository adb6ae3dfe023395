package dev.onrush.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.onrush.core.eventlog.ErrorClass;
import dev.onrush.core.eventlog.EventLog;
import dev.onrush.core.eventlog.EventLogOptions;
import dev.onrush.core.eventlog.Names;
import dev.onrush.core.eventlog.Recorder;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.core.eventlog.RunHeader;
import dev.onrush.core.time.ManualClock;
import dev.onrush.core.time.RunClock;
import dev.onrush.report.testing.Hostile;

/** Whatever a name is made of: it comes through log and report as it was, or cut in the way that docs/event-log.md tells (G12). */
class NameRoundTripTest {
    private static final long SEED = 20_261_126;
    private static final int LONGEST = 1000;

    @TempDir
    Path folder;

    private static List<String> given() {
        List<String> names = new ArrayList<>(Hostile.payloads());
        names.addAll(List.of(
                "x".repeat(70_000),
                "é".repeat(66_000),
                "😀".repeat(40_000),
                "a".repeat(999) + "😀",
                "a".repeat(998) + "😀b",
                "a\0b",
                "\ud800",
                "\udc00 alone",
                "half \ud83d",
                "שלום עולם",
                "مرحبا",
                "👩‍👩‍👧‍👦 family",
                "line\nfeed\r\n and\ttab",
                "\"quoted\" and 'quoted'",
                "back\\slash \\n \\u0041",
                "C:\\temp\\new",
                "",
                " ",
                "other"));
        Random random = new Random(SEED);
        for (int i = 0; i < 400; i++) {
            names.add(i + " " + Hostile.random(random));
        }
        return names;
    }

    /** As the log's documentation says: at most 1000 characters, what was longer ends in …; half a surrogate pair is U+FFFD. */
    private static String expected(String name) {
        String kept = name;
        if (name.length() > LONGEST) {
            int end = LONGEST - 1;
            kept = name.substring(0, Character.isHighSurrogate(name.charAt(end - 1)) ? end - 1 : end) + "…";
        }
        StringBuilder text = new StringBuilder();
        kept.codePoints().forEach(point -> text.appendCodePoint(point >= 0xD800 && point <= 0xDFFF ? 0xFFFD : point));
        return text.toString();
    }

    @Test
    void namesComeThroughLogAndReport() throws Exception {
        Names names = Names.withLimit(5000);
        ManualClock clock = new ManualClock();
        EventLog log = EventLog.create(
                folder.resolve("events.onrush"),
                RunHeader.of("Names", "", clock.wallTime(), 1, "0.1.0"),
                names,
                new RunClock(clock),
                EventLogOptions.DEFAULT.onCallersThread());
        Recorder recorder = log.recorder("io-0");
        log.start();
        Set<String> expected = new LinkedHashSet<>();
        Set<String> expectedErrors = new LinkedHashSet<>();
        RequestSample sample = new RequestSample();
        long at = 0;
        for (String name : given()) {
            sample.clear();
            sample.scenario = names.scenario(name);
            sample.request = names.request(names.group(Names.NO_GROUP, name), name);
            sample.intendedStartNanos = at;
            sample.actualStartNanos = at;
            at += 1_000_000;
            sample.endNanos = at;
            sample.outcome = RequestSample.KO;
            sample.error = names.error(ErrorClass.CHECK_FAILED, name.length() > 150 ? name.substring(0, 150) : name);
            recorder.request(sample);
            recorder.groupEnd(
                    1, sample.scenario, names.group(Names.NO_GROUP, name), at - 1_000_000, at, 0, true, false);
            expected.add(expected(name));
            expectedErrors.add(expected(name.length() > 150 ? name.substring(0, 150) : name));
            log.pump();
        }
        log.close();

        ReportFiles files = Report.fromLog(folder);

        JsonMapper mapper = JsonMapper.shared();
        JsonNode summary = mapper.readTree(Files.readString(files.summary()));
        List<String> reported = new ArrayList<>();
        List<String> groups = new ArrayList<>();
        for (JsonNode request : summary.at("/requests")) {
            reported.add(request.get("name").asString());
            groups.add(request.at("/group/0").asString());
        }
        assertThat(reported).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(groups).isEqualTo(reported);
        Set<String> errors = new LinkedHashSet<>();
        for (JsonNode error : summary.at("/total/errors")) {
            errors.add(error.get("message").asString());
        }
        assertThat(errors).isEqualTo(expectedErrors);
        String html = Files.readString(files.page());
        String opening = "<script type=\"application/json\" id=\"data\">";
        int from = html.indexOf(opening) + opening.length();
        JsonNode page = mapper.readTree(html.substring(from, html.indexOf("</script>", from)));
        Set<String> shown = new LinkedHashSet<>();
        for (JsonNode row : page.at("/rows")) {
            shown.add(row.get("name").asString());
        }
        assertThat(shown).containsAll(expected);
        System.out.println(
                "FIGURE G12 " + expected.size() + " names as request, group, scenario and error message through"
                        + " log, summary.json and the page's data: mismatches 0");
    }
}
