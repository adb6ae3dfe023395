package dev.onrush.report.internal.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

import dev.onrush.report.internal.html.PageBrowser;
import dev.onrush.report.internal.text.Printed;
import dev.onrush.report.testing.Runs;

/** Choosing a time window in a real browser, checked by counting the requests of the log. */
@Tag("browser")
class PageWindowTest {
    private static final Predicate<LoggedRun.Sample> ALL = sample -> true;
    private static final Predicate<LoggedRun.Sample> SEARCH =
            sample -> sample.name().equals("search");

    @TempDir
    static Path folder;

    private static LoggedRun run;
    private static String html;
    private static PageBrowser browser;

    @BeforeAll
    static void writeRun() {
        browser = PageBrowser.shared();
        run = LoggedRun.write(folder);
        html = HtmlPage.of(run.statistics, Runs.passed());
    }

    @BeforeEach
    void openPage() {
        browser.open("window", html);
    }

    @Test
    void recomputesEveryFigureForTheWindowAndReturnsToTheExactOnes() {
        List<String> whole = browser.cells("search");
        List<String> headlines = headlines();

        browser.open("window", html, "#window=18-24");

        assertThat(browser.text("#window .window-words"))
                .startsWith("Window 0:18–0:24 step ")
                .contains("± 1 %");
        assertThat(browser.cells("All requests")).startsWith(expected(ALL, 18, 24));
        assertThat(browser.cells("search")).startsWith(expected(SEARCH, 18, 24));
        long all = run.count(ALL, 18, 24);
        long failed = run.count(LoggedRun.Sample::ko, 18, 24);
        long[] times = run.times(ALL, 18, 24);
        assertThat(headline("requests")).isEqualTo(Printed.count(all));
        assertThat(headline("throughput")).isEqualTo(Printed.perSecond(all / 6.0) + " requests/s");
        assertThat(headline("ko-percent")).isEqualTo(Printed.percent(100.0 * failed / all) + " %");
        assertThat(headline("users")).isEqualTo("6");
        assertThat(headline("p95")).isEqualTo(Printed.time(LoggedRun.percentile(times, 95, most(ALL))));

        browser.button("#window", "Whole run").click();

        assertThat(browser.cells("search")).isEqualTo(whole);
        assertThat(headlines()).isEqualTo(headlines);
        assertThat(browser.driver.getCurrentUrl()).doesNotContain("#");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void countsErrorsBytesAndCodesOfTheWindow() {
        browser.open("window", html, "#window=22-26");
        browser.click("#columns summary");
        for (WebElement label : browser.all("#columns label")) {
            if (List.of("received", "status codes").contains(label.getText().strip())) {
                label.click();
            }
        }

        List<String> search = browser.cells("search");
        long bytes = run.samples.stream()
                .filter(SEARCH)
                .filter(sample -> sample.endMicros() >= 22_000_000 && sample.endMicros() < 26_000_000)
                .mapToLong(LoggedRun.Sample::bytes)
                .sum();
        long bad = run.count(SEARCH.and(LoggedRun.Sample::ko), 22, 26);
        long good = run.count(SEARCH.and(sample -> !sample.ko()), 22, 26);
        assertThat(search.subList(search.size() - 2, search.size()))
                .containsExactly(Printed.bytes(bytes), "200 × " + good + ", 503 × " + bad);
        for (String message : List.of("no answer within 2 s", "status was 503, expected 200")) {
            long count = run.count(sample -> sample.error().equals(message), 22, 26);
            assertThat(error(message))
                    .containsExactly(
                            Printed.count(count),
                            Printed.percent(100.0 * count / run.count(LoggedRun.Sample::ko, 22, 26)) + " %",
                            "22–23 s",
                            "25–26 s");
        }

        browser.open("window", html, "#window=0-10");

        assertThat(browser.find("#errors-none").isDisplayed()).isTrue();
        assertThat(browser.find("#errors tbody tr").isDisplayed()).isFalse();
    }

    @Test
    void choosesByDraggingAndByNumbersAndKeepsTheChoiceInTheAddress() {
        WebElement chart = browser.find("#charts .u-over");
        int width = chart.getSize().getWidth();
        new Actions(browser.driver)
                .moveToElement(chart, -width / 4, 0)
                .clickAndHold()
                .moveToElement(chart, 0, 0)
                .release()
                .perform();
        browser.awaitFrames();

        assertThat(browser.driver.getCurrentUrl()).endsWith("#window=10-20");
        assertThat(browser.cells("search")).startsWith(expected(SEARCH, 10, 20));

        WebElement to = browser.find("#window [name=to]");
        to.sendKeys(Keys.chord(Keys.CONTROL, "a"), "15", Keys.TAB);

        assertThat(browser.driver.getCurrentUrl()).endsWith("#window=10-15");
        assertThat(browser.cells("search")).startsWith(expected(SEARCH, 10, 15));
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void choosesByKeyboard() {
        WebElement chart = browser.find("#charts .chart-body");

        chart.sendKeys(Keys.HOME, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
        assertThat(browser.text("#charts-words")).startsWith("From 0:02 to 0:03");
        assertThat(browser.text("#charts .legend .now")).endsWith(" ms");
        chart.sendKeys(Keys.chord(Keys.SHIFT, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT));
        chart.sendKeys(Keys.ENTER);

        assertThat(browser.driver.getCurrentUrl()).endsWith("#window=2-6");
        chart.sendKeys("-");
        assertThat(browser.driver.getCurrentUrl()).endsWith("#window=0-8");
        chart.sendKeys("+");
        assertThat(browser.driver.getCurrentUrl()).endsWith("#window=4-8");
        chart.sendKeys(Keys.ESCAPE);
        assertThat(browser.driver.getCurrentUrl()).doesNotContain("#");
    }

    @Test
    void movesTheCursorOfAllChartsAndSaysWhatHappenedThen() {
        WebElement chart = browser.find("#charts .u-over");
        new Actions(browser.driver).moveToElement(chart, 0, 0).perform();
        browser.awaitFrames();

        assertThat(
                        browser.strings(
                                "return Array.from(document.querySelectorAll('#charts .chart')).map(e => e.querySelector('.now').textContent)"))
                .hasSizeGreaterThan(4)
                .allMatch(text -> !text.isEmpty());
        assertThat(browser.text("#charts .flag")).contains("<b>twice</b> as many users");

        // Away from the charts, also when the page scrolls to what has the focus.
        new Actions(browser.driver).moveToLocation(2, 2).perform();
        browser.awaitFrames();
        browser.js("document.querySelector('#marks button').focus()");

        assertThat(browser.text("#charts-words"))
                .startsWith("From 0:20 to 0:21 · load change: <b>twice</b> as many users");
    }

    @Test
    void showsTheChartsOfALineInTheWindow() {
        browser.open("window", html, "#window=18-24");
        browser.js(
                "Array.from(document.querySelectorAll('#requests .open')).find(e => e.textContent === 'search').click()");

        assertThat(browser.text("#request h2")).isEqualTo("shop › search");
        assertThat(browser.text("#request .muted"))
                .startsWith(run.count(SEARCH, 18, 24) + " requests, "
                        + run.count(SEARCH.and(LoggedRun.Sample::ko), 18, 24) + " KO");
        assertThat(titles())
                .containsExactly(
                        "Distribution of response times",
                        "Percentile spectrum",
                        "Response time over time",
                        "Response time against throughput",
                        "Percentiles over time",
                        "Its requests per second");
        long[] times = run.times(SEARCH, 18, 24);
        assertThat(browser.text("#request .note"))
                .contains("p50 " + Printed.time(LoggedRun.percentile(times, 50, most(SEARCH))));

        browser.find("#request .chart-body").sendKeys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
        assertThat(browser.text("#request .note")).endsWith(" of " + times.length);

        browser.js("arguments[0].click()", browser.button("#request", "Keep to compare"));
        browser.js(
                "Array.from(document.querySelectorAll('#requests .open')).find(e => e.textContent === 'home').click()");

        assertThat(
                        browser.strings(
                                "return Array.from(document.querySelectorAll('#request .chart')[1].querySelectorAll('.label')).map(e => e.textContent)"))
                .containsExactly("home", "shop › search");
        browser.js("arguments[0].click()", browser.button("#request", "Linear axis"));
        assertThat(browser.text("#request .note")).startsWith("Linear axis");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void saysSoWhereTheBrowserCannotUnpackFiguresAndShowsAllElse() {
        Object script = browser.driver
                .executeCdpCommand(
                        "Page.addScriptToEvaluateOnNewDocument", Map.of("source", "delete window.DecompressionStream"))
                .get("identifier");
        try {
            browser.open("old", html, "#window=18-24");
        } finally {
            browser.driver.executeCdpCommand(
                    "Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", String.valueOf(script)));
        }

        assertThat(browser.text("#window .window-words"))
                .isEqualTo("Charts show 0:18–0:24 step 1 s · this browser is too old to unpack the figures per step"
                        + " (Chromium 80, Firefox 113, Safari 16.4 and later can), so numbers are of the whole run");
        showsTheWholeRun();
    }

    @Test
    void saysSoWhereTheFiguresWereDamagedAndShowsAllElse() {
        int from = html.indexOf("\"packed\":\"") + 200;

        browser.open("damaged", html.substring(0, from) + "AAAAAAAA" + html.substring(from + 8), "#window=18-24");

        assertThat(browser.text("#window .window-words"))
                .isEqualTo("Charts show 0:18–0:24 step 1 s · the figures per step could not be unpacked,"
                        + " so numbers are of the whole run");
        showsTheWholeRun();
    }

    private static void showsTheWholeRun() {
        assertThat(browser.all("#charts canvas")).hasSizeGreaterThan(3);
        assertThat(browser.cells("search").get(0)).isEqualTo(Printed.count(run.count(SEARCH, 0, LoggedRun.SECONDS)));
        assertThat(browser.complaints()).isEmpty();
    }

    /** Counts and times as the page shows them up to max. */
    private static String[] expected(Predicate<LoggedRun.Sample> which, int from, int to) {
        long[] times = run.times(which, from, to);
        long all = times.length;
        long failed = run.count(which.and(LoggedRun.Sample::ko), from, to);
        List<String> cells = new ArrayList<>(List.of(
                Printed.count(all),
                Printed.count(all - failed),
                Printed.count(failed),
                Printed.percent(100.0 * failed / all),
                Printed.perSecond((double) all / (to - from))));
        long width = 1;
        while (times[0] / width >= 256) {
            width *= 2;
        }
        long[] whole = run.times(which, 0, LoggedRun.SECONDS);
        cells.add(Printed.millis(Math.max(whole[0], times[0] / width * width) / 1000.0));
        for (double percentile : new double[] {50, 75, 95, 99, 99.9, 100}) {
            cells.add(Printed.millis(LoggedRun.percentile(times, percentile, most(which))));
        }
        return cells.toArray(String[]::new);
    }

    private static long most(Predicate<LoggedRun.Sample> which) {
        long[] whole = run.times(which, 0, LoggedRun.SECONDS);
        return whole[whole.length - 1];
    }

    private static String headline(String key) {
        return browser.text("[data-headline='" + key + "'] .value").strip();
    }

    private static List<String> headlines() {
        return browser.strings(
                "return Array.from(document.querySelectorAll('[data-headline]')).map(e => e.textContent)");
    }

    private static List<String> titles() {
        return browser.strings(
                "return Array.from(document.querySelectorAll('#request .chart h3')).map(e => e.textContent)");
    }

    private static List<String> error(String message) {
        return browser.strings(
                "return Array.from(Array.from(document.querySelectorAll('#errors tbody tr'))"
                        + ".find(e => e.textContent.includes(arguments[0])).querySelectorAll('[data-cell]')).map(e => e.textContent)",
                message);
    }
}
