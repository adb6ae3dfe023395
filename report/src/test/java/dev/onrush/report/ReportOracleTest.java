package dev.onrush.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.onrush.core.eventlog.RunHeader;
import dev.onrush.report.testing.Runs;

/** {@code tools/oracle.py}, which shares no code with us, computes reports of windows and of several generators again. */
class ReportOracleTest {
    private static final Path PROGRAM = Path.of("..", "tools", "oracle.py");
    private static final RunHeader OPEN = RunHeader.of("shop.Made", "", Runs.START, 42, "0.1.0");
    private static final RunHeader CLOSED = OPEN.with(RunHeader.MODEL_PREFIX + "browse", "closed");

    @TempDir
    Path folder;

    private static Path log(Path run) {
        return run.resolve("events.onrush");
    }

    private static ReportOptions window(long fromMillis, long toMillis) {
        return ReportOptions.defaults().window(Duration.ofMillis(fromMillis), Duration.ofMillis(toMillis));
    }

    private static Path report(ReportOptions options, List<Path> runs) {
        return Report.again(options, runs, ReadProgress.NONE).summary();
    }

    private List<Path> parts(int parts, long apartNanos, MadeUpRun made, RunHeader header) throws Exception {
        List<Path> runs = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            runs.add(made.write(
                    folder.resolve("part-" + part),
                    part,
                    parts,
                    part * apartNanos,
                    header.with(RunHeader.SEGMENT, part + "/" + parts)));
        }
        return runs;
    }

    /** What it says of these logs and that summary, with the tables that lie beside it. */
    private static List<String> said(String options, List<Path> runs, Path summary) throws Exception {
        assumeTrue(Files.exists(PROGRAM), "tools/oracle.py is not beside this module");
        List<String> command = new ArrayList<>(List.of("python3", PROGRAM.toString()));
        command.addAll(Arrays.stream(options.split(" "))
                .filter(word -> !word.isEmpty())
                .toList());
        runs.forEach(run -> command.add(log(run).toString()));
        command.add(summary.toString());
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            assumeTrue(false, "python3 is needed for a second opinion: " + e.getMessage());
            throw e;
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(said.contains("\nequal\n") ? 0 : 1);
        return said.lines().toList();
    }

    private static void agrees(List<String> said) {
        assertThat(said).contains("equal");
        assertThat(said)
                .anySatisfy(
                        line -> assertThat(line)
                                .matches(
                                        "tables: requests.csv \\([1-9]\\d* lines\\), errors.csv \\(\\d+ lines\\), timeline.csv \\([1-9]\\d* lines\\)"));
    }

    @ParameterizedTest
    @CsvSource({"1,12345,33333,0,false", "2,0,4000,5000,false", "3,3000,9000,5000,false", "4,7000,21500,0,true"})
    void agreesOnWindows(long seed, long fromMillis, long toMillis, long warmUpMillis, boolean isClosed)
            throws Exception {
        Path run = new MadeUpRun(seed, 300, 0, warmUpMillis * 1_000_000)
                .write(folder.resolve("run"), 0, 1, 0, isClosed ? CLOSED : OPEN);
        Path summary = report(window(fromMillis, toMillis), List.of(run));

        agrees(said("--window " + fromMillis / 1e3 + " " + toMillis / 1e3, List.of(run), summary));
    }

    @Test
    void agreesOnSeveralGeneratorsWholeAndInAWindow() throws Exception {
        MadeUpRun made = new MadeUpRun(5, 300, 2 * MadeUpRun.SECOND, 0);
        List<Path> runs = parts(3, 730_000_000, made, CLOSED);

        agrees(said("", runs, report(ReportOptions.defaults(), runs)));
        agrees(said("--window 9.5 30", runs, report(window(9_500, 30_000), runs)));
    }

    @Test
    void agreesOnALogThatWasCutShort() throws Exception {
        List<Path> runs = parts(2, 0, new MadeUpRun(6, 300, 0, 0), OPEN);
        Path cut = log(runs.get(1));
        Files.write(cut, Arrays.copyOf(Files.readAllBytes(cut), (int) (Files.size(cut) * 2 / 3)));

        agrees(said("", runs, report(ReportOptions.defaults(), runs)));
        agrees(said("--window 2 9", List.of(runs.get(1)), report(window(2_000, 9_000), List.of(runs.get(1)))));
    }

    @Test
    void findsAWindowThatIsAnotherAndALogThatIsMissing() throws Exception {
        List<Path> runs = parts(2, 500_000_000, new MadeUpRun(7, 300, 0, 0), OPEN);
        Path summary = report(window(10_000, 20_000), runs);

        assertThat(said("--window 10 20.1", runs, summary))
                .doesNotContain("equal")
                .anyMatch(line -> line.startsWith(".window.to: 20000.0"))
                .anyMatch(line -> line.startsWith(".total.count.total: "))
                .anyMatch(line -> line.startsWith("timeline.csv"));
        assertThat(said("--window 10 20", runs.subList(0, 1), summary))
                .doesNotContain("equal")
                .anyMatch(line -> line.startsWith(".users.started: "));
    }
}
