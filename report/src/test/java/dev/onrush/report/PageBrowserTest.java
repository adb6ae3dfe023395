package dev.onrush.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.onrush.core.health.Verdict;
import dev.onrush.core.health.VerdictLevel;
import dev.onrush.core.health.VerdictReason;

/** The page in a real browser. */
@Tag("browser")
class PageBrowserTest {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

    /** Listens before any script of the page runs. */
    private static final String PROBE = """
            window.__violations = []; window.__errors = [];
            document.addEventListener('securitypolicyviolation', e => window.__violations.push(e.violatedDirective + ' ' + e.blockedURI));
            window.addEventListener('error', e => window.__errors.push(String(e.message)));
            """;

    @TempDir
    static Path folder;

    private static ChromeDriver browser;

    @BeforeAll
    static void openBrowser() {
        boolean present = Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER);
        if (!present) {
            System.out.println("PageBrowserTest is skipped: " + CHROMIUM + " or " + DRIVER
                    + " is missing. Install the packages chromium and chromium-driver.");
        }
        Assumptions.assumeTrue(present, "chromium or chromedriver is missing");
        java.util.logging.Logger.getLogger("org.openqa.selenium").setLevel(java.util.logging.Level.SEVERE);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                "--window-size=1280,1000",
                "--user-data-dir=" + folder.resolve("profile"));
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, java.util.logging.Level.ALL);
        logs.enable(LogType.PERFORMANCE, java.util.logging.Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        browser = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER.toFile())
                        .build(),
                options);
        browser.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", PROBE));
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.quit();
        }
    }

    @Test
    void drawsItsChartsAndAsksNothingOfAnybody() {
        open("realistic", HtmlPage.of(Runs.realistic(), Runs.realisticOutcome()));

        assertThat(browser.findElements(By.cssSelector("#charts canvas"))).hasSize(3);
        assertThat(browser.findElements(By.cssSelector("#spread canvas"))).hasSize(1);
        for (WebElement canvas : browser.findElements(By.cssSelector("canvas"))) {
            Object colours = browser.executeScript("""
                    const c = arguments[0]; const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
                    const seen = new Set(); for (let i = 0; i < d.length; i += 4) if (d[i + 3] > 0) seen.add(d[i] + ',' + d[i+1] + ',' + d[i+2]);
                    return seen.size;
                    """, canvas);
            assertThat((Long) colours).isGreaterThan(2);
        }
        assertThat(quiet()).isEmpty();
    }

    @Test
    void showsTheNumbersOfTheSummary() {
        open("numbers", HtmlPage.of(Runs.realistic(), Runs.realisticOutcome()));
        JsonNode summary = new JsonMapper().readTree(SummaryJson.of(Runs.realistic(), Runs.realisticOutcome()));

        for (String measure : List.of("response", "service")) {
            click("#measure button[data-measure=" + measure + "]");
            compare(cells("All requests"), summary.get("total"), measure + "Time");
            for (JsonNode request : summary.get("requests")) {
                compare(cells(request.get("name").asString()), request, measure + "Time");
            }
        }
    }

    @Test
    void sortsByMouseAndKeyboardWithinTheTree() {
        open("sort", HtmlPage.of(Runs.realistic(), Runs.realisticOutcome()));
        List<String> before = names();

        head("p99").findElement(By.tagName("button")).click();

        assertThat(head("p99").getDomAttribute("aria-sort")).isEqualTo("descending");
        assertThat(names())
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

        head("Name").findElement(By.tagName("button")).sendKeys(Keys.ENTER);

        assertThat(head("Name").getDomAttribute("aria-sort")).isEqualTo("ascending");
        assertThat(names())
                .startsWith("All requests", "basket", "browse", "details", "picture", "open item", "reviews", "search");
    }

    @Test
    void keepsTheCompensatedSeriesBeneathTheTotalAndShowsNoServiceTimeForIt() {
        open("closed", HtmlPage.of(Runs.closed("closed"), Runs.passed()));

        head("p99").findElement(By.tagName("button")).click();
        head("Name").findElement(By.tagName("button")).click();

        assertThat(names().subList(0, 2)).containsExactly("All requests", "All requests, compensated");
        click("#measure button[data-measure=service]");
        assertThat(cells("All requests, compensated").subList(6, 9)).containsOnly("–");
        assertThat(quiet()).isEmpty();
    }

    @Test
    void switchesASeriesOffByKeyboard() {
        open("legend", HtmlPage.of(Runs.realistic(), Runs.realisticOutcome()));
        WebElement button = browser.findElement(By.cssSelector("#charts .legend button"));

        button.sendKeys(Keys.SPACE);

        assertThat(button.getDomAttribute("aria-pressed")).isEqualTo("false");
        assertThat(quiet()).isEmpty();
    }

    @Test
    void staysWithinTheWidthOfAPhone() {
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", 400, "height", 800, "deviceScaleFactor", 2, "mobile", true));
        try {
            open("phone", HtmlPage.of(Runs.realistic(), Runs.realisticOutcome()));

            assertThat((Long) browser.executeScript("return document.documentElement.scrollWidth"))
                    .isEqualTo(400L);
        } finally {
            browser.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
            browser.manage().window().setSize(new Dimension(1280, 1000));
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

        open("reason", HtmlPage.of(Runs.realistic(), outcome));

        assertThat((Boolean) browser.executeScript(
                        "return document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                .isTrue();
    }

    @Test
    void opensWithNoOneOrTwoRequests() {
        for (long[] times : List.of(new long[0], new long[] {5200}, new long[] {5200, 7000})) {
            open("few" + times.length, HtmlPage.of(Runs.ofTimes(times, new long[0]), Runs.passed()));

            assertThat(quiet()).isEmpty();
            assertThat(browser.findElements(By.cssSelector("#spread canvas"))).hasSize(times.length == 0 ? 0 : 1);
        }
        open("failed", HtmlPage.of(Runs.ofTimes(new long[0], new long[] {900, 1100}), Runs.passed()));
        assertThat(quiet()).isEmpty();
    }

    @Test
    void runsNothingThatANameHolds() {
        List<String> payloads = Hostile.payloads();
        for (int from = 0; from < payloads.size(); from += 25) {
            List<String> some = payloads.subList(from, Math.min(payloads.size(), from + 25));
            open("hostile" + from, HtmlPage.of(Runs.named(some), Runs.passed()));

            assertThat(browser.executeScript("return window.__xss === undefined"))
                    .isEqualTo(true);
            assertThat(quiet()).isEmpty();
            List<String> shown = names();
            for (int i = 0; i < some.size(); i++) {
                String name = some.get(i).replaceAll("[\uD800-\uDFFF\u0000]", "?");
                assertThat(shown.get(i + 1).replaceAll("[\uD800-\uDFFF\uFFFD]", "?"))
                        .isEqualTo(name);
            }
        }
    }

    private static void open(String name, String html) {
        browser.manage().logs().get(LogType.BROWSER);
        browser.manage().logs().get(LogType.PERFORMANCE);
        Path page = folder.resolve(name).resolve("index.html");
        try {
            Files.createDirectories(page.getParent());
            Files.write(page, html.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        browser.get(page.toUri().toString());
    }

    /** Whatever the page complained about or asked for, besides itself and its empty icon. */
    private static List<String> quiet() {
        List<String> noise = new ArrayList<>();
        for (LogEntry entry : browser.manage().logs().get(LogType.BROWSER)) {
            noise.add("console: " + entry.getMessage());
        }
        for (LogEntry entry : browser.manage().logs().get(LogType.PERFORMANCE)) {
            JsonNode message = new JsonMapper().readTree(entry.getMessage()).get("message");
            if (message.get("method").asString().equals("Network.requestWillBeSent")) {
                String url = message.at("/params/request/url").asString();
                if (!url.equals(browser.getCurrentUrl()) && !url.equals("data:,")) {
                    noise.add("request: " + url);
                }
            }
        }
        noise.addAll(strings("return window.__violations"));
        noise.addAll(strings("return window.__errors"));
        return noise;
    }

    @SuppressWarnings("unchecked")
    private static List<String> strings(String script) {
        return (List<String>) browser.executeScript(script);
    }

    private static void click(String css) {
        browser.findElement(By.cssSelector(css)).click();
    }

    private static List<String> names() {
        return strings(
                "return Array.from(document.querySelectorAll('#requests tbody th bdi')).map(e => e.textContent)");
    }

    private static List<String> cells(String name) {
        return browser.findElements(By.cssSelector("#requests tbody tr")).stream()
                .filter(row -> row.findElement(By.tagName("bdi")).getText().equals(name))
                .findFirst()
                .orElseThrow()
                .findElements(By.tagName("td"))
                .stream()
                .map(WebElement::getText)
                .toList();
    }

    private static WebElement head(String label) {
        return browser.findElements(By.cssSelector("#requests thead th")).stream()
                .filter(head -> head.getText().replaceAll(" [↑↓]", "").equals(label))
                .findFirst()
                .orElseThrow();
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
