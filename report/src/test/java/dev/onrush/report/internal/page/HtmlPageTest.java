package dev.onrush.report.internal.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.onrush.core.assertion.AssertionResult;
import dev.onrush.core.eventlog.ExchangeText;
import dev.onrush.core.eventlog.MarkKind;
import dev.onrush.core.health.Verdict;
import dev.onrush.core.health.VerdictLevel;
import dev.onrush.core.health.VerdictReason;
import dev.onrush.core.measure.ErrorCount;
import dev.onrush.core.measure.ExchangeSample;
import dev.onrush.core.measure.GroupStatistics;
import dev.onrush.core.measure.HealthStep;
import dev.onrush.core.measure.Mark;
import dev.onrush.core.measure.RequestStatistics;
import dev.onrush.core.measure.RunInfo;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.core.measure.ScenarioUsers;
import dev.onrush.core.measure.StepFailure;
import dev.onrush.core.measure.TimeStep;
import dev.onrush.core.measure.Timeline;
import dev.onrush.core.measure.Times;
import dev.onrush.core.measure.UserCounts;
import dev.onrush.report.internal.html.PageResource;
import dev.onrush.report.outcome.RunFacts;
import dev.onrush.report.outcome.RunOutcome;
import dev.onrush.report.testing.Hostile;
import dev.onrush.report.testing.Runs;

class HtmlPageTest {
    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/json\" id=\"data\">([^<]*)</script>");

    @ParameterizedTest
    @CsvSource({
        "uplot/uPlot.iife.min.js, 19c8d4c6ad88929a79f4ae49d6f7161566dfd0ba3d15cc495e974f787eb78f1f",
        "uplot/uPlot.min.css, df630c6a8d6f8eeaff264b50f73ce5b114f646ffd9a0bb74f049b0a00135fa04",
        "uplot/LICENSE, 8f989229699b4fe2f1a0432d0e9edc338a8a911e250e2d1b01ecd770a5f5b1bd"
    })
    void carriesTheVendoredFilesAsTheyWerePublished(String file, String sha256) throws Exception {
        byte[] bytes;
        try (var in = PageResource.class.getResourceAsStream(file)) {
            bytes = in.readAllBytes();
        }

        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)))
                .isEqualTo(sha256);
    }

    @Test
    void allowsNothingButItsOwnScriptsAndStyles() throws Exception {
        String html = HtmlPage.of(Runs.realistic(), Runs.realisticOutcome());

        String policy = first(Pattern.compile("Content-Security-Policy\" content=\"([^\"]*)\""), html)
                .replace("&#39;", "'");
        assertThat(policy).startsWith("default-src 'none'; ").doesNotContain("unsafe", "http", "*");
        List<String> inline = all(
                Pattern.compile("<(?:script|script type=\"module\"|style)>(.*?)</(?:script|style)>", Pattern.DOTALL),
                html);
        assertThat(inline).hasSize(4);
        for (String text : inline) {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            assertThat(policy).contains("'sha256-" + Base64.getEncoder().encodeToString(digest) + "'");
        }
    }

    @Test
    void namesNoPlaceToLoadFrom() {
        String html = HtmlPage.of(Runs.realistic(), Runs.realisticOutcome());

        assertThat(all(Pattern.compile("(?:src|href)=\"([^\"]*)\""), html)).containsExactly("data:,");
        assertThat(html).doesNotContain(" style=\"").doesNotContainPattern("<[a-z][^>]* on[a-z]+=");
    }

    @Test
    void neverPutsTextInUnescaped() {
        String template = PageResource.text("page.ftlh");
        assertThat(template).doesNotContain("no_esc", "noautoesc", "?new", "?api", "?eval", "?interpret");
    }

    @Test
    void showsHostileTextsAsText() {
        String harmless = HtmlPage.of(everywhere("plain"), outcome("plain"));
        List<String> tags = tags(harmless);

        for (String payload : Hostile.payloads()) {
            RunStatistics run = everywhere(payload);
            String html = HtmlPage.of(run, outcome(payload));

            assertThat(tags(html)).as(payload).isEqualTo(tags);
            String data = first(DATA, html);
            String kept = payload.replace("\uD83D surrogate \uDE00", "\uFFFD surrogate \uFFFD");
            JsonNode read = new JsonMapper().readTree(data);
            assertThat(read.at("/rows/2/name").asString()).isEqualTo(kept);
            assertThat(read.at("/rows/2/group/0").asString()).isEqualTo(kept);
            assertThat(read.at("/axis/scenarios/0/name").asString()).isEqualTo(kept);
            assertThat(read.at("/axis/marks/0/text").asString()).isEqualTo(kept);
            String escaped = payload.replace('\0', '\uFFFD')
                    .replace("&", "&amp;")
                    .replace("<", "&lt;")
                    .replace(">", "&gt;")
                    .replace("\"", "&quot;")
                    .replace("'", "&#39;");
            assertThat(html).as(payload).contains("<bdi>" + escaped + "</bdi></h1>", "<title>" + escaped + " – ");
        }
    }

    @Test
    void saysThatNothingWasRequested() {
        String html = HtmlPage.of(
                Runs.of(Runs.request("All requests", List.of(), new long[0], new long[0]), List.of()), Runs.passed());

        assertThat(withoutScripts(html))
                .contains(
                        "No request was completed in this run.",
                        "No request was completed, so none failed.",
                        "Nothing happened that could be drawn.",
                        "The simulation sets no limits, so failed requests do not fail the run.")
                .doesNotContain("NaN", "Infinity");
    }

    @Test
    void saysThatOneOrTwoRequestsAreNoDistribution() {
        assertThat(withoutScripts(HtmlPage.of(Runs.ofTimes(new long[] {5200}, new long[0]), Runs.passed())))
                .contains("Only 1 request was completed: read the times as single measurements, not as a distribution.")
                .doesNotContain("NaN", "Infinity");
        assertThat(HtmlPage.of(Runs.ofTimes(new long[] {5200, 5200}, new long[0]), Runs.passed()))
                .contains("Only 2 requests were completed: read the times as single measurements");
    }

    @Test
    void saysThatEveryRequestFailed() {
        String html = HtmlPage.of(Runs.ofTimes(new long[0], new long[] {900, 1100, 1300}), Runs.passed());

        assertThat(html).contains("Every request failed: these times tell how fast it failed, not how fast it works.");
    }

    @Test
    void showsTheCompensatedSeriesInARowOfItsOwnAndSaysWhatItIs() {
        String closed = HtmlPage.of(Runs.closed("closed"), Runs.passed());

        assertThat(closed)
                .contains(
                        "Closed model: a user waits for its answer before it asks again, so a slow target lowered the load, and the"
                                + " times are service times.",
                        "<tr class=\"compensated d0\" data-row=\"1\"><th scope=\"row\" class=\"name\"><bdi>All requests,"
                                + " compensated</bdi> <small>an estimate: 3 requests were put back that users held up by the target"
                                + " did not ask, one per 500 ms</small></th><td>5</td><td></td>",
                        "It is an estimate and in no other figure of this run.");
        assertThat(HtmlPage.of(Runs.ofTimes(new long[] {1000}, new long[0]), Runs.passed()))
                .doesNotContain("Closed model", "compensated d0", "Compensated:");
    }

    @Test
    void marksPercentilesOfTooFewSamples() {
        String html = HtmlPage.of(Runs.ofTimes(new long[] {1000, 2000, 3000, 4000, 5000}, new long[0]), Runs.passed());

        // Five samples carry p50 and p75, and no p95.
        assertThat(html)
                .contains(
                        "<td>1.00</td><td>3.00</td><td>4.00</td><td class=\"few\">5.00</td><td class=\"few\">5.00</td>"
                                + "<td class=\"few\">5.00</td><td>5.00</td>");
    }

    @Test
    void tellsTheHonestyBlockInDataAttributes() {
        String html = HtmlPage.of(Runs.realistic(), Runs.realisticOutcome());

        Map<String, String> facts = new LinkedHashMap<>();
        Matcher matcher = Pattern.compile("data-fact=\"([^\"]*)\" data-value=\"([^\"]*)\"")
                .matcher(first(Pattern.compile("<div id=\"honesty\">(.*?)</dl>", Pattern.DOTALL), html));
        while (matcher.find()) {
            facts.put(matcher.group(1), matcher.group(2));
        }
        assertThat(facts)
                .containsEntry("scheduled", "632")
                .containsEntry("started", "630")
                .containsEntry("dropped", "2")
                .containsEntry("finished", "627")
                .containsEntry("unfinished", "3")
                .containsEntry("start-delay-max", "1.9")
                .containsEntry("start-delay-p99", "1.9")
                .containsEntry("stalls", "0")
                .containsEntry("gc-millis", "18")
                .containsEntry("cpu-max", "41")
                .containsEntry("log-records-lost", "0")
                .containsEntry("names-folded", "0")
                .containsEntry("retries", "off")
                .containsEntry("tls-verification", "on")
                .containsEntry("percentile-method", "nearest-rank-hdr-3")
                .containsEntry("clock-jumps", "0");
        assertThat(html)
                .contains("data-verdict=\"DEGRADED\"", "2 users were due and did not start: maxUsers was reached.");
    }

    @Test
    void showsOnItsFirstScreenWhichSettingsWereChanged() {
        Map<String, String> settings = new LinkedHashMap<>();
        for (int i = 0; i < 9; i++) {
            settings.put("setting." + i, "<" + i + ">");
        }
        RunStatistics run = Runs.ofTimes(new long[] {1000}, new long[0]);

        String html = HtmlPage.of(Runs.with(run, Runs.info(settings, Map.of())), Runs.passed());

        assertThat(first(Pattern.compile("<div class=\"wide\" id=\"changed\">(.*?)</div>", Pattern.DOTALL), html))
                .contains(
                        "<code>setting.0</code> <bdi>&lt;0&gt;</bdi>, ", "and 1 more, <a href=\"#settings\">below</a>")
                .doesNotContain("setting.8");
        assertThat(html).contains("<code>setting.8</code></td><td><bdi>&lt;8&gt;</bdi>");
        assertThat(HtmlPage.of(run, Runs.passed()))
                .contains("All settings are at their defaults.")
                .doesNotContain("id=\"changed\"");
    }

    @Test
    void arrangesGroupsAsATree() {
        JsonNode rows = new JsonMapper()
                .readTree(first(DATA, HtmlPage.of(Runs.realistic(), Runs.realisticOutcome())))
                .get("rows");

        List<String> tree = new ArrayList<>();
        rows.forEach(row -> tree.add(
                "  ".repeat(row.get("depth").intValue()) + row.get("name").asString()));
        assertThat(tree)
                .containsExactly(
                        "All requests",
                        "home",
                        "login",
                        "  form",
                        "  submit",
                        "browse",
                        "  search",
                        "  open item",
                        "  reviews",
                        "  details",
                        "    picture",
                        "basket",
                        "checkout",
                        "logout");
    }

    @Test
    void showsWhatFailedExchangesLookedLikeAndEscapesThem() {
        ExchangeSample answered = new ExchangeSample(
                List.of("basket"),
                "put",
                "check.failed",
                "status was 503, expected 200",
                7,
                503,
                1_500_000,
                new ExchangeText(
                        "PUT", "http://host/a?b", "Host: host", "{}", "HTTP/1.1 500 Oh", "<script>alert(1)</script>"));
        ExchangeSample unanswered = new ExchangeSample(
                List.of(),
                "get",
                "timeout.total",
                "no answer within 2 s",
                7,
                0,
                1_600_000,
                new ExchangeText("GET", "http://host/", "Host: host", "", "", ""));
        List<ExchangeSample> samples = new ArrayList<>(List.of(answered, unanswered));
        samples.addAll(Collections.nCopies(101, unanswered));

        String html = HtmlPage.of(Runs.with(Runs.realistic(), samples), Runs.realisticOutcome());

        assertThat(html)
                .contains(
                        "<bdi>basket &gt; put</bdi>, at",
                        "<pre><bdi>PUT http://host/a?b\nHost: host\n\n{}</bdi></pre>",
                        "<pre><bdi>HTTP/1.1 500 Oh\n\n&lt;script&gt;alert(1)&lt;/script&gt;</bdi></pre>",
                        "<pre><bdi>(no answer)</bdi></pre>",
                        "and 97 more in the event log")
                .doesNotContain("<script>alert(1)");
        assertThat(html.split("<details class=\"sample\">", -1)).hasSize(1 + 1 + 5);
        assertThat(HtmlPage.of(Runs.realistic(), Runs.realisticOutcome())).doesNotContain("class=\"sample\"");
    }

    @Test
    void showsEveryFactOfTheRun() {
        String html = HtmlPage.of(Runs.realistic(), Runs.realisticOutcome());

        assertThat(html)
                .contains(
                        "<bdi>field &quot;oldCheckout&quot; (ShopSimulation.java:41) is part of no population.</bdi>",
                        "<code>grace</code></td><td><bdi>5s</bdi></td><td>system property</td>",
                        "ramp from 0 to 9 users per second in 20 s, then 9 users per second for 40 s – 450 users started",
                        "NumberFormatException: For input string: &quot;n/a&quot; (ShopSimulation.java:58)",
                        "1 of 3 assertions failed",
                        "<td class=\"limit\"><span class=\"word\">limit </span>below 500 ms</td>");
    }

    private static List<String> tags(String html) {
        return all(
                Pattern.compile("<(/?[a-zA-Z!][^\\s>]*)"),
                DATA.matcher(html).replaceAll("").replaceAll("(?s)<(script|style)( type=\"module\")?>.*?</\\1>", ""));
    }

    /** Scripts know these words; the page must not say them. */
    private static String withoutScripts(String html) {
        return html.replaceAll("(?s)<script( type=\"module\")?>.*?</script>", "");
    }

    private static String first(Pattern pattern, String text) {
        return all(pattern, text).get(0);
    }

    private static List<String> all(Pattern pattern, String text) {
        List<String> found = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    /** A run that has the text wherever a text from outside can stand. */
    private static RunStatistics everywhere(String text) {
        RequestStatistics total = Runs.request("All requests", List.of(), new long[] {1000, 2000}, new long[] {3000});
        RequestStatistics request = Runs.request(text, List.of(text), new long[] {1000, 2000}, new long[] {3000});
        RunStatistics base = Runs.of(total, List.of(request));
        Map<String, String> header = new TreeMap<>();
        header.put(RunFacts.PROFILE_PREFIX + text, text);
        header.put(RunFacts.WARNING_PREFIX + "1", text);
        header.put(RunFacts.SETTING_SOURCE_PREFIX + text, text);
        header.put(RunFacts.JAVA, text);
        header.put(RunFacts.WARM_UP, text);
        header.put("plan", text);
        TimeStep step = new TimeStep(0, 2, 1, total.responseTime(), 1, 1, List.of(1L, 0L), HealthStep.UNKNOWN);
        return new RunStatistics(
                new RunInfo(text, text, Runs.START, 1, 1, 1, text, Map.of(text, text), header),
                base.users(),
                List.of(new ScenarioUsers(text, UserCounts.NONE)),
                total,
                List.of(request),
                List.of(new GroupStatistics(text, List.of(), 1, 0, Times.EMPTY, total.responseTime())),
                new Timeline(1, List.of(step), List.of(text, "other"), List.of(new Mark(MarkKind.NOTE, 0, text))),
                base.generator(),
                List.of(new ErrorCount(text, text, 1, 0, 0, List.of(text))),
                List.of(new StepFailure(text, text, 1)));
    }

    private static RunOutcome outcome(String text) {
        return new RunOutcome(
                new Verdict(VerdictLevel.SATURATED, List.of(new VerdictReason(VerdictLevel.SATURATED, text, 0, 1))),
                List.of(new AssertionResult(text + ", " + text, text + " = 1, " + text, false, 1.0, text, 3)),
                2);
    }
}
