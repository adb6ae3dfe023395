package dev.onrush.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import dev.onrush.testkit.ChildResult;
import dev.onrush.testkit.ChildRun;
import dev.onrush.testkit.SyntheticLog;

/** The report of a very large log in a small heap (G14). */
@Tag("nightly")
class LargeReportTest {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final long REQUESTS = 10_000_000;

    @TempDir
    Path folder;

    @Test
    void tenMillionRequestsAreReportedIn256MiBAndThePageOpens() throws Exception {
        SyntheticLog.write(folder, REQUESTS, 3600, 50);
        long logBytes = Files.size(folder.resolve("events.onrush"));
        ChildResult result;
        try (ChildRun child = ChildRun.of("dev.onrush.Onrush")
                .jvm("-Xmx256m", "-Xlog:gc*:file=" + folder.resolve("gc.txt"))
                .arguments("--report-only", folder.toString())
                .start()) {
            result = child.await(Duration.ofMinutes(3));
        }
        assertThat(result.exitCode()).as(result.toString()).isZero();
        assertThat(JsonMapper.shared()
                        .readTree(Files.readString(folder.resolve("summary.json")))
                        .at("/total/count/total")
                        .asLong())
                .isEqualTo(REQUESTS);
        long pageBytes = Files.size(folder.resolve("index.html"));
        Figures.print(
                "G14",
                "log of %d requests, 50 names, 1 h (%.0f MB): report in %.1f s with -Xmx256m, JVM start included; page"
                        + " %.2f MB",
                REQUESTS,
                logBytes / 1e6,
                result.took().toMillis() / 1000.0,
                pageBytes / 1e6);
        assertThat(result.took()).isLessThan(Duration.ofSeconds(20));
        assertThat(pageBytes).isLessThan(3 << 20);
        Matcher step = Pattern.compile("\"cells\":\\{\"step\":(\\d+),")
                .matcher(Files.readString(folder.resolve("index.html")));
        assertThat(step.find()).as("the page holds figures per step").isTrue();
        Figures.print("G14", "time windows of that page have steps of %s s", step.group(1));
        assertThat(Integer.parseInt(step.group(1))).isLessThanOrEqualTo(32);

        assumeTrue(Files.isExecutable(CHROMIUM), "chromium is missing: the page is not opened");
        long startNanos = System.nanoTime();
        Process browser = new ProcessBuilder(
                        CHROMIUM.toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--no-first-run",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "--dump-dom",
                        folder.resolve("index.html").toUri().toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String dom = new String(browser.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(browser.waitFor(60, TimeUnit.SECONDS)).isTrue();
        long readyMillis = (System.nanoTime() - startNanos) / 1_000_000;
        Figures.print("G14", "that page is drawn %d ms after chromium was started", readyMillis);
        assertThat(dom).contains("<canvas");
        Matcher ready = Pattern.compile("data-ready=\"(\\d+)\"").matcher(dom);
        assertThat(ready.find()).as("the page says when it was ready").isTrue();
        Figures.print("G14", "that page can be used %s ms after it was asked for", ready.group(1));
        assertThat(Integer.parseInt(ready.group(1))).isLessThan(1_500);
        assertThat(readyMillis).isLessThan(20_000);
    }
}
