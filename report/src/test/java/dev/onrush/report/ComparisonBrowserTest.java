package dev.onrush.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
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

import dev.onrush.report.compare.Comparison;
import dev.onrush.report.compare.Figure;
import dev.onrush.report.compare.Judgement;
import dev.onrush.report.compare.SyntheticRuns.Kind;
import dev.onrush.report.compare.SyntheticRuns.Process;

/** The page of a comparison in a real browser. */
@Tag("browser")
class ComparisonBrowserTest {
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
    private static ComparisonResult compared;

    @BeforeAll
    static void openBrowser() {
        boolean present = Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER);
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
        Kind kind = Kind.of(Process.FAILURES, 5, 12_000, 60);
        compared = ComparisonReport.write(Comparison.of(
                        List.of(ComparedLogs.write(folder.resolve("before"), kind, 1)),
                        List.of(ComparedLogs.write(folder.resolve("after"), kind.slower(1.12), 2)))
                .failIfWorseBy(5));
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.quit();
        }
    }

    @Test
    void showsTheNumbersOfItsFile() throws IOException {
        open(compared.page());
        JsonNode json = new JsonMapper().readTree(Files.readString(compared.json()));

        int row = 0;
        List<List<String>> cells = table("#differences");
        List<JsonNode> requests = new ArrayList<>(List.of(json.get("total")));
        json.get("requests").forEach(requests::add);
        for (JsonNode request : requests) {
            for (Figure figure : Figure.values()) {
                JsonNode told = request.at("/figures/" + figure.key());
                assertThat(cells.get(row++))
                        .containsExactly(
                                request.has("name") ? request.get("name").asString() : "All requests",
                                figure.label(),
                                ComparisonFindings.value(figure, number(told, "baseline")),
                                ComparisonFindings.value(figure, number(told, "candidate")),
                                ComparisonFindings.signed(figure, number(told, "difference")),
                                told.get("lower").isNull()
                                        ? "–"
                                        : ComparisonFindings.signed(figure, number(told, "lower")) + " to "
                                                + ComparisonFindings.signed(figure, number(told, "upper")),
                                Judgement.valueOf(told.get("judgement").asString())
                                        .words(),
                                ComparisonFindings.signless(figure, number(told, "smallestShift")));
            }
        }
        assertThat(row).isEqualTo(cells.size());
        assertThat(text("#found"))
                .contains("The gate failed")
                .contains(json.at("/gate/failures/0").asString());
        assertThat(text("#trust")).contains("The generator can be trusted").contains("Within-run only");
        assertThat(quiet()).isEmpty();
    }

    private static Double number(JsonNode node, String key) {
        return node.get(key).isNull() ? null : Double.valueOf(node.get(key).doubleValue());
    }

    @Test
    void sortsByMouseAndKeyboardAndFilters() {
        open(compared.page());

        head("Difference").click();
        List<Double> down = column(4);
        head("Difference").sendKeys(Keys.ENTER);
        List<Double> up = column(4);
        head("Figure").click();

        assertThat(down).isSortedAccordingTo((a, b) -> Double.compare(b, a));
        assertThat(up).isSorted();
        assertThat(table("#differences").stream().map(cells -> cells.get(1)).limit(6))
                .containsOnly("mean");

        browser.findElement(By.id("filter")).sendKeys("request 3 p95");
        assertThat(table("#differences")).hasSize(1);
        assertThat(text("#filter-words")).isEqualTo("1 of 48");
        browser.findElement(By.id("filter")).clear();
        browser.findElement(By.id("filter")).sendKeys(" ");
        browser.findElement(By.id("shown")).click();
        assertThat(table("#differences").stream().map(cells -> cells.get(6)).toList())
                .isNotEmpty()
                .containsOnly("worse");
        assertThat(quiet()).isEmpty();
    }

    @Test
    void laysTheChartsOfTheChosenRequestOverEachOther() {
        open(compared.page());
        browser.executeScript("document.getElementById('charts').scrollIntoView()");
        browser.executeAsyncScript(
                "const done = arguments[0];"
                        + "const look = () => document.querySelectorAll('#charts canvas').length ? done() : requestAnimationFrame(look); look();");

        assertThat(browser.findElements(By.cssSelector("#charts canvas"))).hasSize(3);
        for (WebElement canvas : browser.findElements(By.cssSelector("#charts canvas"))) {
            assertThat(colours(canvas)).isGreaterThan(2);
        }
        String first = drawing();
        browser.findElement(By.cssSelector("#which option[value='5']")).click();
        assertThat(drawing()).isNotEqualTo(first);
        browser.findElement(By.cssSelector("#glance tbody tr button")).click();
        assertThat(drawing()).isEqualTo(first);
        assertThat(browser.findElements(By.cssSelector("#charts .legend button")))
                .hasSize(2 + 6 + 2);
        assertThat(quiet()).isEmpty();
    }

    private static String drawing() {
        return (String) browser.executeScript("return document.querySelectorAll('#charts canvas')[1].toDataURL()");
    }

    private static long colours(WebElement canvas) {
        return (Long) browser.executeScript("""
                const c = arguments[0]; const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
                const seen = new Set(); for (let i = 0; i < d.length; i += 4) if (d[i + 3] > 0) seen.add(d[i] + ',' + d[i+1] + ',' + d[i+2]);
                return seen.size;
                """, canvas);
    }

    @Test
    void staysWithinTheWidthOfAPhone() throws IOException {
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", 400, "height", 800, "deviceScaleFactor", 2, "mobile", true));
        try {
            open(compared.page());

            assertThat((Long) browser.executeScript("return document.documentElement.scrollWidth"))
                    .isEqualTo(400L);
            keep("phone");
        } finally {
            browser.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
            browser.manage().window().setSize(new Dimension(1280, 1000));
        }
        open(compared.page());
        keep("desktop");
        browser.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
        keep("dark");
        browser.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of()));
    }

    /** Pictures to look at, if a folder for them is named with -Dscreenshots=DIR. */
    private static void keep(String name) throws IOException {
        String target = System.getProperty("screenshots");
        if (target != null) {
            browser.executeScript("document.getElementById('charts').scrollIntoView()");
            browser.executeAsyncScript("const done = arguments[0]; setTimeout(done, 300)");
            browser.executeScript("window.scrollTo(0, 0)");
            Map<String, Object> picture = browser.executeCdpCommand(
                    "Page.captureScreenshot", Map.of("captureBeyondViewport", true, "format", "png"));
            Files.createDirectories(Path.of(target));
            Files.write(
                    Path.of(target, "compare-" + name + ".png"),
                    Base64.getDecoder().decode((String) picture.get("data")));
        }
    }

    @Test
    void runsNothingThatANameHolds() {
        List<String> payloads = Hostile.payloads();
        List<String> some = new ArrayList<>();
        for (int i = 0; i < payloads.size(); i += payloads.size() / 60) {
            some.add(payloads.get(i));
        }
        for (String run : List.of("hostile-before", "hostile-after")) {
            try (ComparedLogs.Writer writer = new ComparedLogs.Writer(
                    folder.resolve(run), ComparedLogs.header(run.length()).with("profile.shop", some.get(0) + run))) {
                for (int i = 0; i < 30 * some.size(); i++) {
                    writer.request(some.get(i % some.size()), i * 1000L + 20_000, true, 20_000 + i % 500);
                }
            }
        }
        ComparisonResult hostile = ComparisonReport.write(
                Comparison.of(List.of(folder.resolve("hostile-before")), List.of(folder.resolve("hostile-after")))
                        .replications(200));

        open(hostile.page());

        assertThat(browser.executeScript("return window.__xss === undefined")).isEqualTo(true);
        assertThat(quiet()).isEmpty();
        List<String> shown = strings(
                "return Array.from(document.querySelectorAll('#glance tbody th bdi')).slice(1).map(e => e.textContent)");
        assertThat(shown.stream().map(ComparisonBrowserTest::plain).toList())
                .containsExactlyInAnyOrderElementsOf(
                        some.stream().map(ComparisonBrowserTest::plain).toList());
    }

    private static String plain(String name) {
        return name.replaceAll("[\uD800-\uDFFF\uFFFD\u0000]", "?");
    }

    private static void open(Path page) {
        browser.manage().logs().get(LogType.BROWSER);
        browser.manage().logs().get(LogType.PERFORMANCE);
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

    private static String text(String css) {
        return browser.findElement(By.cssSelector(css)).getText();
    }

    /** Texts of the lines that show. */
    @SuppressWarnings("unchecked")
    private static List<List<String>> table(String css) {
        return (List<List<String>>) browser.executeScript(
                "return Array.from(document.querySelectorAll(arguments[0] + ' tbody tr')).filter(r => !r.hidden)"
                        + ".map(r => Array.from(r.cells).map(c => c.textContent))",
                css);
    }

    /** What a column sorts by, from top to bottom. */
    @SuppressWarnings("unchecked")
    private static List<Double> column(int at) {
        return ((List<Number>) browser.executeScript(
                        "return Array.from(document.querySelectorAll('#differences tbody tr')).map(r => JSON.parse(r.dataset.order)[arguments[0]])",
                        at))
                .stream().map(number -> number.doubleValue()).toList();
    }

    private static WebElement head(String label) {
        return browser.findElements(By.cssSelector("#differences thead button")).stream()
                .filter(head -> head.getText().replaceAll(" [↑↓]", "").equals(label))
                .findFirst()
                .orElseThrow();
    }
}
