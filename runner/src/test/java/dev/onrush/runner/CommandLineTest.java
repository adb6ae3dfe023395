package dev.onrush.runner;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.onrush.Onrush;
import dev.onrush.dsl.ChainBuilder;
import dev.onrush.dsl.Simulation;
import dev.onrush.report.ReportFiles;
import dev.onrush.report.ReportOptions;
import dev.onrush.testkit.TruthServer;

class CommandLineTest {
    private final TruthServer server = TruthServer.start();

    @TempDir
    Path folder;

    @BeforeEach
    void point() {
        System.setProperty(Simulations.TARGET, server.url());
    }

    @AfterEach
    void close() {
        System.clearProperty(Simulations.TARGET);
        server.close();
    }

    static final class Planned extends Simulation {
        @SuppressWarnings("unused")
        final ChainBuilder forgotten = exec(http("forgotten").get("/"));

        {
            setUp(
                            scenario("browse \u001b[31m")
                                    .group("shop")
                                    .on(exec(http("home").get("/")))
                                    .injectOpen(rampUsersPerSec(1).to(9).during(60)),
                            scenario("members")
                                    .exec(http("buy").get("/buy"))
                                    .injectClosed(constantConcurrentUsers(5).during(30)))
                    .protocols(Simulations.target())
                    .maxDuration(90)
                    .warmUp(10)
                    .assertions(global().responseTime().p95().lt(500));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --bla                                          | Unknown option: '--bla'. --help lists the options.
                    --simulation                                   | Missing required parameter for option '--simulation' (CLASS). --help lists the options.
                    stray                                          | Unmatched argument at index 0: 'stray'. --help lists the options.
                    --check --debug --simulation x                 | --check sends nothing and --debug does: choose one of them.
                    --report-only x --simulation y                 | --report-only stands alone: it makes the report of an earlier run.
                    --report-only x --results y                    | --report-only stands alone: it makes the report of an earlier run.
                    --from 3s --simulation x                       | --from belongs to --report-only: it says how the report of an earlier run is made.
                    --report-only x --from soon                    | --from: a time since the run began is expected, such as 90s, 1.5s, 250ms or 10m, was "soon".
                    --report-only x --from 9s --to 5s              | window: to must be later than from, was 9.0 s to 5.0 s.
                    --report-only x --percentiles 50,x             | --percentiles: numbers from 0 to 100 are expected, such as 50,90,99.9, was "50,x".
                    --report-only x --percentiles 101              | percentiles: each must be from 0 to 100, was 101.0. Write 99.9 for p99.9.
                    --report-only x --files html                   | report files: there is no "html" in "html". Choose from page, summary, junit, requests, timeline, errors, markdown, histograms, or write all.
                    --report-only x --window 5s                    | Unknown option: '--window'. --help lists the options.
                    --compare x --wiht y                           | Unknown option: '--wiht'. --help lists the options.
                    --compare x                                    | nothing to compare with: name the runs after the change with --with RUN_DIR.
                    --with x                                       | --with and --fail-if-worse-by belong to --compare RUN_DIR.
                    --fail-if-worse-by 5 --simulation x            | --with and --fail-if-worse-by belong to --compare RUN_DIR.
                    --compare x --with y --simulation z            | --compare takes --with, --fail-if-worse-by and --results only: it compares earlier runs.
                    --compare x --with y --fail-if-worse-by -1     | compare: failIfWorseBy must be from 0 to 10000, was -1. Write 5 for 5 %.
                    --compare x --with y --fail-if-worse-by lots   | Invalid value for option '--fail-if-worse-by': 'lots' is not a double. --help lists the options.
                    --compare no-run --with y                      | compare: no-run is no folder of a run: it has no events.onrush. The results folder's latest.txt names the newest run.
                    --no-report                                    | no simulation: say which with --simulation CLASS, as in --simulation com.example.ShopSimulation.
                    --simulation no.such.Simulation                | simulation no.such.Simulation is not on the class path. Write its full name, as in com.example.ShopSimulation, and check that it was compiled.
                    --simulation java.lang.String                  | class java.lang.String: is not a simulation. Let it extend dev.onrush.dsl.Simulation.
                    --check --simulation java.lang.String          | class java.lang.String: is not a simulation. Let it extend dev.onrush.dsl.Simulation.
                    """)
    void wrongUsageIsOneLineAndExitCode1(String arguments, String line) {
        Told told = Told.by(arguments.split(" "));

        assertThat(told.errLines()).containsExactly("onrush: " + line);
        assertThat(told.out()).isEmpty();
        assertThat(told.exitCode()).isEqualTo(1);
        assertThat(server.ledger().arrivals()).isZero();
    }

    @Test
    void nothingGivenIsWrongUsage() {
        assertThat(Told.by())
                .isEqualTo(new Told(
                        1,
                        "",
                        "onrush: no simulation: say which with --simulation CLASS, as in --simulation"
                                + " com.example.ShopSimulation." + System.lineSeparator()));
    }

    @Test
    void helpListsEveryOptionAndExitCode() {
        Told told = Told.by("--help");

        assertThat(told.exitCode()).isZero();
        assertThat(told.err()).isEmpty();
        assertThat(told.out())
                .contains(
                        "--simulation",
                        "--results",
                        "--description",
                        "--no-report",
                        "--report-only",
                        "--from",
                        "--to",
                        "--percentiles",
                        "--files",
                        "--output",
                        "--compare",
                        "--with",
                        "--fail-if-worse-by",
                        "--check",
                        "--debug",
                        "--help",
                        "--version")
                .contains("  0  done", "  1  wrong", "  2  an", "  3  the", "  4  the");
    }

    @Test
    void versionIsOneLine() {
        assertThat(Told.by("--version"))
                .isEqualTo(new Told(
                        0,
                        "Onrush development, Java " + System.getProperty("java.version") + System.lineSeparator(),
                        ""));
    }

    @Test
    void checkShowsThePlanAndSendsNothing() {
        Told told = Told.by("--check", "--simulation", Planned.class.getName());

        assertThat(told.err()).isEmpty();
        assertThat(told.exitCode()).isZero();
        assertThat(told.out()).contains("Planned: no mistakes found, nothing was sent.");
        assertThat(told.out()).contains("▁", "█", "up to 8.9 users/s", "up to 5.0 users present");
        assertThat(told.out()).contains("1 to 9 users/s over 1 min (300 users)");
        assertThat(told.out())
                .contains("The ramp ends with the run: there is no steady state")
                .contains("In a closed model the target's slowness lowers the load");
        assertThat(told.out()).contains("users expected: depends on the target's speed (closed model)");
        assertThat(told.out()).contains("the run stops after 00:01:30 (maxDuration)");
        assertThat(told.out()).contains("the first 00:00:10 are warm-up");
        assertThat(told.outLines())
                .contains("  shop / home", "  buy", "  All requests: response time p95, limit below 500 ms");
        assertThat(told.out()).contains("forgotten");
        assertThat(told.out()).doesNotContain("\u001b");
        assertThat(server.ledger().arrivals()).isZero();
    }

    @Test
    void warnsAtTheStartOfWhatLooksLikeASlip() {
        Told told = Told.by("--simulation", Forgetful.class.getName(), "--results", folder.toString(), "--no-report");

        assertThat(told.exitCode()).isZero();
        assertThat(told.outLines().get(0))
                .startsWith("warning: ")
                .endsWith("forgotten: is part of no population. Use it in a scenario that setUp names, or remove it.");
    }

    /** Built a chain that nobody walks. */
    static final class Forgetful extends Simulation {
        final ChainBuilder forgotten = pause(1);

        {
            setUp(scenario("quick").pause(Duration.ofMillis(10)).injectOpen(atOnceUsers(1)));
        }
    }

    @Test
    void runsAndSaysWhereTheReportIs() throws IOException {
        Told told = Told.by(
                "--simulation",
                Simulations.One.class.getName(),
                "--results",
                folder.toString(),
                "--description",
                "@why not");

        Path run = onlyRun();
        assertThat(told.err()).isEmpty();
        assertThat(told.exitCode()).isZero();
        assertThat(told.out())
                .contains("One, ", "1 user started", "Assertions: none", "Verdict: ")
                .endsWith("Report: " + run.resolve("index.html") + "\n");
        assertThat(run).isDirectoryContaining("glob:**/{events.onrush}").isDirectoryContaining("glob:**/junit.xml");
        assertThat(run.resolve("summary.json")).content().contains("\"description\"", "@why not");
        assertThat(folder.resolve("latest.txt")).hasContent(run.getFileName().toString());
        assertThat(server.ledger().arrivals()).isEqualTo(1);
    }

    @Test
    void withoutReportThereIsTheLogAndTheSummary() throws IOException {
        Told told = Told.by(
                "--simulation", Simulations.Unmet.class.getName(), "--results", folder.toString(), "--no-report");

        assertThat(told.exitCode()).isEqualTo(2);
        assertThat(told.out())
                .contains("  FAILED  All requests: requests = 1, limit exactly 7")
                .doesNotContain("Report:");
        try (Stream<Path> files = Files.list(onlyRun())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("events.onrush", "summary.json");
        }
    }

    @Test
    void makesTheReportAgain() throws IOException {
        Told.by("--simulation", Simulations.Unmet.class.getName(), "--results", folder.toString(), "--no-report");
        Path run = onlyRun();
        String summary = Files.readString(run.resolve("summary.json"));

        Told told = Told.by("--report-only", run.toString());

        assertThat(told).isEqualTo(new Told(0, "Report: " + run.resolve("index.html") + System.lineSeparator(), ""));
        assertThat(run.resolve("summary.json")).content().isEqualTo(summary);
        assertThat(run.resolve("index.html")).isNotEmptyFile();
    }

    @Test
    void makesAnotherReportOfTheRun() throws IOException {
        Told.by("--simulation", Simulations.Unmet.class.getName(), "--results", folder.toString(), "--no-report");
        Path run = onlyRun();
        Path out = folder.resolve("out/other");

        Told told = Told.by(
                "--report-only",
                run.resolve("events.onrush").toString(),
                "--from",
                "0",
                "--percentiles",
                "99.99",
                "--files",
                "summary, requests",
                "--output",
                out.toString());

        assertThat(told).isEqualTo(new Told(0, "Report: " + out.resolve("summary.json") + System.lineSeparator(), ""));
        assertThat(out.resolve("summary.json")).content().contains("\"p99_99\"", "\"window\" : {");
        assertThat(out.resolve("requests.csv"))
                .content()
                .contains("responseTime.p99_99")
                .contains("\ntotal,,All requests,1,1,0,");
        try (Stream<Path> files = Files.list(out)) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void aSettingChoosesTheFiles() throws IOException {
        System.setProperty("onrush.report.files", "page,markdown");
        try {
            Told told = Told.by("--simulation", Simulations.Unmet.class.getName(), "--results", folder.toString());

            assertThat(told.out()).contains("Report: ");
            try (Stream<Path> files = Files.list(onlyRun())) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .containsExactlyInAnyOrder("events.onrush", "index.html", "summary.json", "summary.md");
            }
            System.setProperty("onrush.report.files", "pages");
            assertThat(Told.by("--simulation", Simulations.Unmet.class.getName(), "--results", folder.toString())
                            .errLines())
                    .containsExactly(
                            "onrush: setting onrush.report.files (system property): all, or some of page, summary,"
                                    + " junit, requests, timeline, errors, markdown, histograms (with commas) is expected, was"
                                    + " \"pages\".");
        } finally {
            System.clearProperty("onrush.report.files");
        }
    }

    @Test
    void theReportIsMadeAgainFromCodeAsWell() throws IOException {
        Told.by("--simulation", Simulations.Unmet.class.getName(), "--results", folder.toString());
        Path run = onlyRun();
        String summary = Files.readString(run.resolve("summary.json"));
        Files.delete(run.resolve("requests.csv"));

        ReportFiles files = Onrush.report(run);

        assertThat(files.requests()).isEqualTo(run.resolve("requests.csv")).isNotEmptyFile();
        assertThat(files.summary()).content().isEqualTo(summary);
        assertThat(Onrush.report(ReportOptions.defaults().to(Duration.ofSeconds(1)), run)
                        .folder())
                .isEqualTo(run.resolve("window-start-1s"));
    }

    @Test
    void whatIsNoRunIsRefusedInOneLine() throws IOException {
        Map<String, byte[]> logs = new LinkedHashMap<>();
        logs.put("empty", new byte[0]);
        logs.put("jpeg", new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0, 0, 16, 'J', 'F', 'I', 'F', 0});
        logs.put("gz", gz("events"));
        logs.put("text", "hello, world\n".repeat(50).getBytes(UTF_8));
        logs.put("gatling", "RUN\tcom.example.Shop\tshop\t1700000000000\t \t3.9.5\n".getBytes(UTF_8));
        logs.put("jmeter", "timeStamp,elapsed,label,responseCode\n1700000000000,12,home,200\n".getBytes(UTF_8));
        int refused = 0;
        for (var log : logs.entrySet()) {
            Path run = Files.createDirectory(folder.resolve(log.getKey()));
            Files.write(run.resolve("events.onrush"), log.getValue());
            refused += refusedInOneLine(run) ? 1 : 0;
        }
        Path directory = Files.createDirectories(folder.resolve("directory/events.onrush"));
        refused += refusedInOneLine(directory.getParent()) ? 1 : 0;
        refused += refusedInOneLine(folder.resolve("nothing")) ? 1 : 0;
        refused += refusedInOneLine(folder.resolve("text/events.onrush")) ? 1 : 0;

        System.out.println("FIGURE G10 wrong files refused in one line " + refused + "/9");
        assertThat(refused).isEqualTo(9);
    }

    private static boolean refusedInOneLine(Path run) {
        Told told = Told.by("--report-only", run.toString());
        assertThat(told.errLines()).as(run.toString()).hasSize(1);
        assertThat(told.err()).startsWith("onrush: ").contains(run.getFileName().toString());
        assertThat(told.out()).isEmpty();
        assertThat(told.exitCode()).isEqualTo(1);
        return true;
    }

    private Path onlyRun() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isDirectory)
                    .reduce((a, b) -> {
                        throw new AssertionError(a + " and " + b);
                    })
                    .orElseThrow();
        }
    }

    private static byte[] gz(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }
}
