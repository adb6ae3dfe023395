package dev.onrush.report.internal.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.onrush.core.health.Verdict;
import dev.onrush.core.health.VerdictLevel;
import dev.onrush.core.health.VerdictReason;
import dev.onrush.report.internal.files.SummaryJson;
import dev.onrush.report.internal.html.PageBrowser;
import dev.onrush.report.internal.text.Printed;
import dev.onrush.report.outcome.RunOutcome;
import dev.onrush.report.testing.Hostile;
import dev.onrush.report.testing.Runs;

/** The page in a real browser. */
@Tag("browser")
class PageBrowserTest {
    private static PageBrowser browser;

    @BeforeAll
    static void openBrowser() {
        browser = PageBrowser.shared();
    }

    @Test
    void drawsItsChartsAndAsksNothingOfAnybody() {
        browser.open("realistic", HtmlPage.of(Runs.realistic(), Runs.realisticOutcome()));

        assertThat(browser.all("#charts canvas")).hasSizeGreaterThan(3);
        for (WebElement canvas : browser.all("canvas")) {
            Object colours = browser.js("""
                    const c = arguments[0]; const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
                    const seen = new Set(); for (let i = 0; i < d.length; i += 4) if (d[i + 3] > 0) seen.add(d[i] + ',' + d[i+1] + ',' + d[i+2]);
                    return seen.size;
                    """, canvas);
            assertThat((Long) colours).isGreaterThan(2);
        }
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void showsTheNumbersOfTheSummary() {
        browser.open("numbers", HtmlPage.of(Runs.realistic(), Runs.realisticOutcome()));
        JsonNode summary = new JsonMapper().readTree(SummaryJson.of(Runs.realistic(), Runs.realisticOutcome()));

        for (String measure : List.of("response", "service")) {
            browser.click("#measure button[data-measure=" + measure + "]");
            compare(browser.cells("All requests"), summary.get("total"), measure + "Time");
            for (JsonNode request : summary.get("requests")) {
                compare(browser.cells(request.get("name").asString()), request, measure + "Time");
            }
        }
    }

    @Test
    void sortsByMouseAndKeyboardWithinTheTree() {
        browser.open("sort", HtmlPage.of(Runs.realistic(), Runs.realisticOutcome()));
        List<String> before = browser.names();

        browser.head("p99").findElement(By.tagName("button")).click();

        assertThat(browser.head("p99").getDomAttribute("aria-sort")).isEqualTo("descending");
        assertThat(browser.names())
                .containsExactly(
                        "All requests",
                        "checkout",
                        "browse",
                        "search",
                        "reviews",
                        "open item",
                        "details",
                        "picture",
                        "login",
                        "submit",
                        "form",
                        "basket",
                        "home",
                        "logout")
                .containsExactlyInAnyOrderElementsOf(before);

        browser.head("Name").findElement(By.tagName("button")).sendKeys(Keys.ENTER);

        assertThat(browser.head("Name").getDomAttribute("aria-sort")).isEqualTo("ascending");
        assertThat(browser.names())
                .startsWith("All requests", "basket", "browse", "details", "picture", "open item", "reviews", "search");
    }

    @Test
    void keepsTheCompensatedSeriesBeneathTheTotalAndShowsNoServiceTimeForIt() {
        browser.open("closed", HtmlPage.of(Runs.closed("closed"), Runs.passed()));

        browser.head("p99").findElement(By.tagName("button")).click();
        browser.head("Name").findElement(By.tagName("button")).click();

        assertThat(browser.names().subList(0, 2)).containsExactly("All requests", "All requests, compensated");
        browser.click("#measure button[data-measure=service]");
        assertThat(browser.cells("All requests, compensated").subList(6, 9)).containsOnly("–");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void switchesASeriesOffByKeyboard() {
        browser.open("legend", HtmlPage.of(Runs.realistic(), Runs.realisticOutcome()));
        WebElement button = browser.find("#charts .legend button");

        button.sendKeys(Keys.SPACE);

        assertThat(button.getDomAttribute("aria-pressed")).isEqualTo("false");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void staysWithinTheWidthOfAPhone() {
        browser.onAPhone(() -> {
            browser.open("phone", HtmlPage.of(Runs.realistic(), Runs.realisticOutcome()));

            assertThat((Long) browser.js("return document.documentElement.scrollWidth"))
                    .isEqualTo(390L);
        });
    }

    /** A sheet of paper is as narrow as a phone is wide, and no phone: the answer with its figures fits on the first one. */
    @Test
    void isLaidOutOnPaperAsOnAScreenAndBeginsOnTheFirstSheet() {
        browser.driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", 740, "height", 1000, "deviceScaleFactor", 1, "mobile", false));
        browser.driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", "print"));
        try {
            browser.open("paper", HtmlPage.of(Runs.realistic(), Runs.realisticOutcome()));

            assertThat(browser.js("return getComputedStyle(document.querySelector('#honesty .facts'))"
                            + ".gridTemplateColumns.split(' ').length"))
                    .isEqualTo(5L);
            assertThat(browser.js("return getComputedStyle(document.querySelector('.believe')).breakInside"))
                    .isEqualTo("auto");
            assertThat((Long) browser.js(
                            "return Math.round(document.querySelector('#passed').getBoundingClientRect().top)"))
                    .isLessThan(1000);
            assertThat(browser.complaints()).isEmpty();
        } finally {
            browser.driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
            browser.driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", ""));
        }
    }

    @Test
    void printsLightAndDrawsItsChartsForThePaper() {
        browser.driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
        try {
            browser.open("print", HtmlPage.of(Runs.realistic(), Runs.realisticOutcome()));
            String paper = "return getComputedStyle(document.documentElement).getPropertyValue('--paper').trim()";
            String widths =
                    "return Array.from(document.querySelectorAll('#charts .uplot')).map(e => String(e.offsetWidth))";
            Object dark = browser.js(paper);

            browser.js("dispatchEvent(new Event('beforeprint'))");

            assertThat(dark).isNotEqualTo("#ffffff");
            assertThat(browser.js(paper)).isEqualTo("#ffffff");
            assertThat(browser.strings(widths)).isNotEmpty().containsOnly("680");

            browser.js("dispatchEvent(new Event('afterprint'))");

            assertThat(browser.js(paper)).isEqualTo(dark);
            assertThat(browser.strings(widths)).isNotEmpty().doesNotContain("680");
            assertThat(browser.complaints()).isEmpty();
        } finally {
            browser.driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of()));
        }
    }

    @Test
    void breaksAReasonThatHasNoPlaceToBreak() {
        RunOutcome outcome = new RunOutcome(
                new Verdict(
                        VerdictLevel.DEGRADED,
                        List.of(new VerdictReason(
                                VerdictLevel.DEGRADED,
                                "held at " + "com.example.shop.".repeat(30) + "Basket.java:7.",
                                1,
                                2))),
                List.of(),
                0);

        browser.open("reason", HtmlPage.of(Runs.realistic(), outcome));

        assertThat((Boolean) browser.js(
                        "return document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                .isTrue();
    }

    @Test
    void opensWithNoOneOrTwoRequests() {
        for (long[] times : List.of(new long[0], new long[] {5200}, new long[] {5200, 7000})) {
            browser.open("few" + times.length, HtmlPage.of(Runs.ofTimes(times, new long[0]), Runs.passed()));

            assertThat(browser.complaints()).isEmpty();
            assertThat(browser.all("#charts canvas").isEmpty()).isEqualTo(times.length == 0);
        }
        browser.open("failed", HtmlPage.of(Runs.ofTimes(new long[0], new long[] {900, 1100}), Runs.passed()));
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void runsNothingThatANameHolds() {
        List<String> payloads = Hostile.payloads();
        for (int from = 0; from < payloads.size(); from += 25) {
            List<String> some = payloads.subList(from, Math.min(payloads.size(), from + 25));
            browser.open("hostile" + from, HtmlPage.of(Runs.named(some), Runs.passed()));

            assertThat(browser.js("return window.__xss === undefined")).isEqualTo(true);
            assertThat(browser.complaints()).isEmpty();
            List<String> shown = browser.names();
            for (int i = 0; i < some.size(); i++) {
                String name = some.get(i).replaceAll("[\uD800-\uDFFF\u0000]", "?");
                assertThat(shown.get(i + 1).replaceAll("[\uD800-\uDFFF\uFFFD\u0000]", "?"))
                        .isEqualTo(name);
            }
        }
    }

    private static void compare(List<String> cells, JsonNode stats, String measure) {
        JsonNode count = stats.get("count");
        List<String> expected = new ArrayList<>();
        expected.add(Printed.count(count.get("total").longValue()));
        expected.add(Printed.count(count.get("ok").longValue()));
        expected.add(Printed.count(count.get("ko").longValue()));
        expected.add(Printed.percent(
                100.0 * count.get("ko").longValue() / count.get("total").longValue()));
        expected.add(Printed.perSecond(stats.get("throughput").doubleValue()));
        for (String figure : List.of("min", "p50", "p75", "p95", "p99", "p99_9", "max", "mean", "stdDev")) {
            expected.add(Printed.millis(stats.get(measure).get(figure).doubleValue()));
        }
        assertThat(cells).isEqualTo(expected);
    }
}
