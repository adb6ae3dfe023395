package dev.onrush.report.internal.html;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real browser, one for all tests of the page; it notes whatever a page complains about or asks for. */
public final class PageBrowser {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final int WIDTH = 1366;
    private static final int HEIGHT = 900;

    /** Listens before any script of the page runs. */
    private static final String PROBE = """
            window.__violations = []; window.__errors = [];
            document.addEventListener('securitypolicyviolation', e => window.__violations.push(e.violatedDirective + ' ' + e.blockedURI));
            window.addEventListener('error', e => window.__errors.push(String(e.message)));
            """;

    private static PageBrowser shared;

    public final ChromeDriver driver;
    private final Path folder;

    private PageBrowser() throws IOException {
        folder = Files.createTempDirectory("onrush-browser");
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
                "--hide-scrollbars",
                "--window-size=" + WIDTH + "," + HEIGHT,
                "--user-data-dir=" + folder.resolve("profile"));
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, java.util.logging.Level.ALL);
        logs.enable(LogType.PERFORMANCE, java.util.logging.Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER.toFile())
                        .build(),
                options);
        driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", PROBE));
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "close-browser"));
    }

    /** The browser; the test is skipped, with the reason printed, where there is none. It is closed when all tests are over. */
    public static synchronized PageBrowser shared() {
        boolean present = Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER);
        if (!present) {
            System.out.println("Tests of the page are skipped: " + CHROMIUM + " or " + DRIVER
                    + " is missing. Install the packages chromium and chromium-driver.");
        }
        Assumptions.assumeTrue(present, "chromium or chromedriver is missing");
        try {
            if (shared == null) {
                shared = new PageBrowser();
            }
            return shared;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void close() {
        driver.quit();
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens a page as a file; {@code hash} is empty or begins with #. */
    public void open(String name, String html, String hash) {
        Path page = folder.resolve(name).resolve("index.html");
        try {
            Files.createDirectories(page.getParent());
            Files.write(page, html.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        go(page.toUri() + hash);
    }

    public void open(String name, String html) {
        open(name, html, "");
    }

    public void go(String address) {
        // Else an address that differs in its hash only would not load anything.
        driver.get("about:blank");
        driver.manage().logs().get(LogType.BROWSER);
        driver.manage().logs().get(LogType.PERFORMANCE);
        driver.get(address);
        // The figures of windows are unpacked after the rest is drawn.
        driver.executeAsyncScript("const done = arguments[0]; const look = () => "
                + "!document.getElementById('window') || document.documentElement.dataset.windows ? done() : setTimeout(look, 5);"
                + " look()");
    }

    /** While it runs the window is a phone's. */
    public void onAPhone(Runnable look) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", 390, "height", 844, "deviceScaleFactor", 2, "mobile", true));
        try {
            look.run();
        } finally {
            driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
            driver.manage().window().setSize(new Dimension(WIDTH, HEIGHT));
        }
    }

    /** Whatever the page complained about or asked for, besides itself and its empty icon. */
    public List<String> complaints() {
        List<String> noise = new ArrayList<>();
        String self = driver.getCurrentUrl().replaceAll("#.*", "");
        for (LogEntry entry : driver.manage().logs().get(LogType.BROWSER)) {
            noise.add("console: " + entry.getMessage());
        }
        for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
            JsonNode message = new JsonMapper().readTree(entry.getMessage()).get("message");
            if (message.get("method").asString().equals("Network.requestWillBeSent")) {
                String url = message.at("/params/request/url").asString();
                if (!url.replaceAll("#.*", "").equals(self) && !url.equals("data:,")) {
                    noise.add("request: " + url);
                }
            }
        }
        noise.addAll(strings("return window.__violations"));
        noise.addAll(strings("return window.__errors"));
        return noise;
    }

    @SuppressWarnings("unchecked")
    public List<String> strings(String script, Object... arguments) {
        return (List<String>) driver.executeScript(script, arguments);
    }

    public Object js(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** Charts follow the mouse at the next frame: waits until that has been drawn. */
    public void awaitFrames() {
        driver.executeAsyncScript(
                "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()))");
    }

    public WebElement find(String css) {
        return driver.findElement(By.cssSelector(css));
    }

    public List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    public void click(String css) {
        find(css).click();
    }

    /** What is written there. */
    public String text(String css) {
        return String.valueOf(js("return document.querySelector(arguments[0]).textContent", css));
    }

    /** The button with that text in that place. */
    public WebElement button(String within, String text) {
        return all(within + " button").stream()
                .filter(one -> one.getText().equals(text))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no button " + text + " in " + within));
    }

    /** Names of the table's lines, as they are shown. */
    public List<String> names() {
        return strings(
                "return Array.from(document.querySelectorAll('#requests tbody th bdi')).map(e => e.textContent)");
    }

    /** Figures of one line of the table. */
    public List<String> cells(String name) {
        return strings(
                "const line = Array.from(document.querySelectorAll('#requests tbody tr'))"
                        + ".find(e => e.querySelector('bdi').textContent === arguments[0]);"
                        + " return Array.from(line.querySelectorAll('td')).map(e => e.textContent)",
                name);
    }

    /** The head of that column. */
    public WebElement head(String label) {
        return all("#requests thead th").stream()
                .filter(head -> head.getText().replaceAll(" [↑↓]", "").equals(label))
                .findFirst()
                .orElseThrow();
    }
}
