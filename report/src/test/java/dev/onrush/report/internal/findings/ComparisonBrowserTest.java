package dev.onrush.report.internal.findings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.onrush.report.ComparisonReport;
import dev.onrush.report.ComparisonResult;
import dev.onrush.report.compare.Comparison;
import dev.onrush.report.compare.Figure;
import dev.onrush.report.compare.Judgement;
import dev.onrush.report.compare.SyntheticRuns.Kind;
import dev.onrush.report.compare.SyntheticRuns.Process;
import dev.onrush.report.internal.html.PageBrowser;
import dev.onrush.report.testing.Hostile;

/** The page of a comparison in a real browser. */
@Tag("browser")
class ComparisonBrowserTest {
    @TempDir
    static Path folder;

    private static PageBrowser browser;
    private static ComparisonResult compared;

    @BeforeAll
    static void openBrowser() {
        browser = PageBrowser.shared();
        Kind kind = Kind.of(Process.FAILURES, 5, 12_000, 60);
        compared = ComparisonReport.write(Comparison.of(
                        List.of(ComparedLogs.write(folder.resolve("before"), kind, 1)),
                        List.of(ComparedLogs.write(folder.resolve("after"), kind.slower(1.12), 2)))
                .failIfWorseBy(5));
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
                                DifferenceWords.value(figure, number(told, "baseline")),
                                DifferenceWords.value(figure, number(told, "candidate")),
                                DifferenceWords.signed(figure, number(told, "difference")),
                                told.get("lower").isNull()
                                        ? "–"
                                        : DifferenceWords.signed(figure, number(told, "lower")) + " to "
                                                + DifferenceWords.signed(figure, number(told, "upper")),
                                Judgement.valueOf(told.get("judgement").asString())
                                        .words(),
                                DifferenceWords.signless(figure, number(told, "smallestShift")));
            }
        }
        assertThat(row).isEqualTo(cells.size());
        assertThat(text("#found"))
                .contains("The gate failed")
                .contains(json.at("/gate/failures/0").asString());
        assertThat(text("#trust")).contains("The generator can be trusted").contains("Within-run only");
        assertThat(browser.complaints()).isEmpty();
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

        browser.driver.findElement(By.id("filter")).sendKeys("request 3 p95");
        assertThat(table("#differences")).hasSize(1);
        assertThat(text("#filter-words")).isEqualTo("1 of 48");
        browser.driver.findElement(By.id("filter")).clear();
        browser.driver.findElement(By.id("filter")).sendKeys(" ");
        browser.driver.findElement(By.id("shown")).click();
        assertThat(table("#differences").stream().map(cells -> cells.get(6)).toList())
                .isNotEmpty()
                .containsOnly("worse");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void laysTheChartsOfTheChosenRequestOverEachOther() {
        open(compared.page());
        browser.js("document.getElementById('charts').scrollIntoView()");
        browser.driver.executeAsyncScript(
                "const done = arguments[0];"
                        + "const look = () => document.querySelectorAll('#charts canvas').length ? done() : requestAnimationFrame(look); look();");

        assertThat(browser.all("#charts canvas")).hasSize(3);
        for (WebElement canvas : browser.all("#charts canvas")) {
            assertThat(colours(canvas)).isGreaterThan(2);
        }
        String first = drawing();
        browser.find("#which option[value='5']").click();
        assertThat(drawing()).isNotEqualTo(first);
        browser.find("#glance tbody tr button").click();
        assertThat(drawing()).isEqualTo(first);
        assertThat(browser.all("#charts .legend button")).hasSize(2 + 6 + 2);
        assertThat(browser.complaints()).isEmpty();
    }

    private static String drawing() {
        return (String) browser.js("return document.querySelectorAll('#charts canvas')[1].toDataURL()");
    }

    private static long colours(WebElement canvas) {
        return (Long) browser.js("""
                const c = arguments[0]; const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
                const seen = new Set(); for (let i = 0; i < d.length; i += 4) if (d[i + 3] > 0) seen.add(d[i] + ',' + d[i+1] + ',' + d[i+2]);
                return seen.size;
                """, canvas);
    }

    @Test
    void staysWithinTheWidthOfAPhone() {
        browser.onAPhone(() -> {
            open(compared.page());

            assertThat(browser.js("return document.documentElement.scrollWidth"))
                    .isEqualTo(390L);
            keep("phone");
        });
        open(compared.page());
        keep("desktop");
        browser.driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
        keep("dark");
        browser.driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of()));
    }

    /** Pictures to look at, if a folder for them is named with -Dscreenshots=DIR. */
    private static void keep(String name) {
        String target = System.getProperty("screenshots");
        if (target != null) {
            browser.js("document.getElementById('charts').scrollIntoView()");
            browser.driver.executeAsyncScript("const done = arguments[0]; setTimeout(done, 300)");
            browser.js("window.scrollTo(0, 0)");
            Map<String, Object> picture = browser.driver.executeCdpCommand(
                    "Page.captureScreenshot", Map.of("captureBeyondViewport", true, "format", "png"));
            try {
                Files.createDirectories(Path.of(target));
                Files.write(
                        Path.of(target, "compare-" + name + ".png"),
                        Base64.getDecoder().decode((String) picture.get("data")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
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

        assertThat(browser.js("return window.__xss === undefined")).isEqualTo(true);
        assertThat(browser.complaints()).isEmpty();
        List<String> shown = browser.strings(
                "return Array.from(document.querySelectorAll('#glance tbody th bdi')).slice(1).map(e => e.textContent)");
        assertThat(shown.stream().map(ComparisonBrowserTest::plain).toList())
                .containsExactlyInAnyOrderElementsOf(
                        some.stream().map(ComparisonBrowserTest::plain).toList());
    }

    private static String plain(String name) {
        return name.replaceAll("[\uD800-\uDFFF\uFFFD\u0000]", "?");
    }

    private static void open(Path page) {
        browser.go(page.toUri().toString());
    }

    private static String text(String css) {
        return browser.find(css).getText();
    }

    /** Texts of the lines that show. */
    @SuppressWarnings("unchecked")
    private static List<List<String>> table(String css) {
        return (List<List<String>>) browser.js(
                "return Array.from(document.querySelectorAll(arguments[0] + ' tbody tr')).filter(r => !r.hidden)"
                        + ".map(r => Array.from(r.cells).map(c => c.textContent))",
                css);
    }

    /** What a column sorts by, from top to bottom. */
    @SuppressWarnings("unchecked")
    private static List<Double> column(int at) {
        return ((List<Number>) browser.js(
                        "return Array.from(document.querySelectorAll('#differences tbody tr')).map(r => JSON.parse(r.dataset.order)[arguments[0]])",
                        at))
                .stream().map(number -> number.doubleValue()).toList();
    }

    private static WebElement head(String label) {
        return browser.all("#differences thead button").stream()
                .filter(head -> head.getText().replaceAll(" [↑↓]", "").equals(label))
                .findFirst()
                .orElseThrow();
    }
}
