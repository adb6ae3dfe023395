package dev.onrush.runner;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.onrush.core.measure.MeasureOptions;
import dev.onrush.core.measure.RunInfo;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.dsl.Simulation;
import dev.onrush.report.ReportFile;
import dev.onrush.testkit.ChildPlan;
import dev.onrush.testkit.ChildResult;
import dev.onrush.testkit.ChildRun;
import dev.onrush.testkit.ChildSignal;
import dev.onrush.testkit.LedgerEntry;
import dev.onrush.testkit.TruthResponse;
import dev.onrush.testkit.TruthServer;

/** Runs in a JVM of their own that are ended from outside, or by an author's code. */
@Tag("slow")
@Tag("beside")
class EndsTest {
    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final long SEED = 20_261_123L;

    @TempDir
    Path folder;

    static final class ExitInUserCode extends Simulation {
        {
            setUp(scenario("exit")
                            .exec(http("home").get("/"))
                            .exec(session -> {
                                System.exit(0);
                                return session;
                            })
                            .injectOpen(atOnceUsers(1)))
                    .protocols(Simulations.target());
        }
    }

    static final class ExitInAfter extends Simulation {
        {
            setUp(Simulations.one("exit")).protocols(Simulations.target());
        }

        @Override
        public void after() {
            System.exit(0);
        }
    }

    /**
     * What a signal did.
     *
     * @param runMillis from the last signal to the end of the run, by its log
     * @param millis from the first signal to the end of the process
     */
    private record Ended(ChildResult result, long runMillis, long millis, boolean report) {}

    @Test
    void aSignalStopsTheRunAndItsReportIsWritten() throws Exception {
        aSignalStopsTheRun(1);
    }

    @Test
    @Tag("nightly")
    void aSignalStopsTheRunAndItsReportIsWrittenManyTimes() throws Exception {
        aSignalStopsTheRun(10);
    }

    /** Two kinds of signals, once and twice, so often each. */
    private void aSignalStopsTheRun(int times) throws Exception {
        var random = new SplittableRandom(SEED);
        int rounds = 0;
        int reports = 0;
        List<Long> took = new ArrayList<>();
        for (List<ChildSignal> signals : List.of(
                List.of(ChildSignal.INT),
                List.of(ChildSignal.INT, ChildSignal.INT),
                List.of(ChildSignal.TERM),
                List.of(ChildSignal.TERM, ChildSignal.TERM))) {
            for (int round = 0; round < times; round++) {
                rounds++;
                Ended ended = signalled(signals, 200 + random.nextInt(1500));
                assertThat(ended.result().exitCode())
                        .as(ended.result().toString())
                        .isEqualTo(3);
                assertThat(ended.result().out())
                        .contains("after was called")
                        .anyMatch(line -> line.startsWith("Report: "));
                assertThat(ended.result().out()).contains("The run was stopped: Interrupted.");
                // The second signal does not wait for the grace.
                assertThat(ended.runMillis()).isLessThan(GRACE.toMillis() * (2 - signals.size()) + 700);
                assertThat(ended.millis()).isLessThan(10_000);
                reports += ended.report() ? 1 : 0;
                took.add(ended.millis());
            }
        }

        System.out.println("FIGURE G05 G06 report " + reports + "/" + rounds
                + " (SIGINT and SIGTERM, once and twice), exit code 3 "
                + rounds + "/" + rounds + ", ended after ms " + took + " with a grace of " + GRACE.toMillis()
                + " ms");
        assertThat(reports).isEqualTo(rounds);
    }

    @Test
    void theThirdSignalEndsTheProcess() throws Exception {
        theThirdSignalEnds(2);
    }

    @Test
    @Tag("nightly")
    void theThirdSignalEndsTheProcessManyTimes() throws Exception {
        theThirdSignalEnds(20);
    }

    private void theThirdSignalEnds(int rounds) throws Exception {
        var random = new SplittableRandom(SEED);
        List<Long> took = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            Ended ended = signalled(
                    List.of(ChildSignal.INT, ChildSignal.INT, ChildSignal.INT),
                    200 + random.nextInt(1500),
                    "-Dtest.after=never");

            assertThat(ended.result().exitCode()).isEqualTo(3);
            assertThat(ended.millis()).isLessThan(2_000);
            took.add(ended.millis());
        }
        System.out.println("FIGURE G05 SIGINT three times, after() never returns: exit code 3 " + rounds + "/" + rounds
                + ", ended after ms " + took);
    }

    @Test
    void aKilledRunLosesAtMostASecondAndCanBeReported() throws Exception {
        aKilledRunCanBeReported(10);
    }

    @Test
    @Tag("nightly")
    void aKilledRunLosesAtMostASecondAndCanBeReportedManyTimes() throws Exception {
        aKilledRunCanBeReported(50);
    }

    private void aKilledRunCanBeReported(int rounds) throws Exception {
        var random = new SplittableRandom(SEED);
        int reports = 0;
        List<Long> lostMillis = new ArrayList<>();
        List<Long> lostRecords = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            try (var server = TruthServer.start();
                    var run = plan(Simulations.Endless.class, server, folder.resolve("kill" + round))
                            .start()) {
                awaitTraffic(server, run);
                await(server, 20 + random.nextInt(200));
                long killed = System.nanoTime();
                run.signal(ChildSignal.KILL);
                assertThat(run.await(PATIENCE).exitCode()).isEqualTo(137);
                List<Long> answered = server.ledger().entries().stream()
                        .filter(LedgerEntry::answered)
                        .map(LedgerEntry::answeredNanos)
                        .sorted()
                        .toList();
                Path runFolder = runOf(folder.resolve("kill" + round));

                Told told = Told.by("--report-only", runFolder.toString());

                assertThat(told.exitCode()).as(told.err()).isZero();
                assertThat(runFolder.resolve("summary.json")).content().contains("INCOMPLETE");
                assertThat(runFolder.resolve("index.html")).isNotEmptyFile();
                reports++;
                long logged = RunStatistics.read(runFolder.resolve("events.onrush"), MeasureOptions.DEFAULT)
                        .total()
                        .ok();
                long lost = answered.size() - logged;
                lostRecords.add(lost);
                lostMillis.add(lost <= 0 ? 0 : (killed - answered.get((int) logged)) / 1_000_000);
            }
        }

        System.out.println("FIGURE G07 reports " + reports + "/" + rounds + ", verdict INCOMPLETE " + reports + "/"
                + rounds + ", lost records max " + Collections.max(lostRecords) + ", p50 " + median(lostRecords)
                + ", the oldest of them ms before the kill max " + Collections.max(lostMillis) + ", p50 "
                + median(lostMillis));
        // A second between two writes, and what the machine's own delays add.
        assertThat(lostMillis).allSatisfy(millis -> assertThat(millis).isLessThan(1_300));
    }

    private static long median(List<Long> values) {
        return values.stream()
                .sorted()
                .skip((values.size() - 1) / 2)
                .findFirst()
                .orElse(0L);
    }

    @Test
    void systemExitInUserCodeIsACrashWithAReport() throws Exception {
        for (Class<?> simulation : List.of(ExitInUserCode.class, ExitInAfter.class)) {
            Path results = folder.resolve(simulation.getSimpleName());
            try (var server = TruthServer.start();
                    var run = plan(simulation, server, results).start()) {
                ChildResult result = run.await(PATIENCE);

                assertThat(result.exitCode()).as(result.toString()).isEqualTo(3);
                assertThat(runOf(results).resolve("index.html")).isNotEmptyFile();
                assertThat(runOf(results).resolve("summary.json")).content().contains("\"exitCode\" : 3");
                assertThat(result.took()).isLessThan(Duration.ofSeconds(20));
            }
        }
        System.out.println("FIGURE G37 System.exit in a session function and in after(): exit code 3 with report 2/2");
    }

    @Test
    void aFirstRunWritesNothingToStandardErrorWhateverIsThereToLog() throws Exception {
        String withoutLogging = Stream.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
                .filter(entry -> !entry.contains("logback"))
                .reduce((a, b) -> a + java.io.File.pathSeparator + b)
                .orElseThrow();
        Path results = folder.resolve("quiet");
        try (var server = TruthServer.start();
                var run = plan(Simulations.One.class, server, results)
                        .classPath(withoutLogging)
                        .start()) {
            ChildResult result = run.await(PATIENCE);

            assertThat(result.exitCode()).as(result.toString()).isZero();
            assertThat(result.err()).isEmpty();
            assertThat(String.join("", result.out())).doesNotContain("\u001b");
        }
    }

    @Test
    void resultsAreReadableByTheirOwnerOnly() throws Exception {
        Path results = folder.resolve("modes");
        try (var server = TruthServer.start();
                var run = plan(Simulations.One.class, server, results)
                        .through("sh", "-c", "umask 000; exec \"$@\"", "sh")
                        .start()) {
            assertThat(run.await(PATIENCE).exitCode()).isZero();
        }
        Path runFolder = runOf(results);
        List<String> modes = new ArrayList<>();
        modes.add(mode(runFolder));
        try (Stream<Path> files = Files.list(runFolder)) {
            files.sorted().forEach(file -> modes.add(mode(file)));
        }
        modes.add(mode(results.resolve("latest.txt")));

        System.out.println("FIGURE S06 modes under umask 000: " + modes);
        // The folder, the log, the files of the report and the name of the newest run.
        assertThat(modes).hasSize(2 + ReportFile.values().length + 1).startsWith("rwx------");
        assertThat(modes.subList(1, modes.size())).containsOnly("rw-------");
    }

    @Test
    void theLogOfADebugRunLiesInAPrivateFolder() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        try (var server = TruthServer.setup()
                        .otherwise(TruthResponse.ok("ok").after(Duration.ofSeconds(2)))
                        .start();
                var run = ChildRun.of("dev.onrush.Onrush")
                        .jvm("-D" + Simulations.TARGET + "=" + server.url(), "-Djava.io.tmpdir=" + temporary)
                        .jvm("-XX:TieredStopAtLevel=1", "-Xmx256m")
                        .arguments("--debug", "--simulation", Simulations.One.class.getName())
                        .through("sh", "-c", "umask 000; exec \"$@\"", "sh")
                        .start()) {
            org.awaitility.Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> server.ledger().arrivals() > 0);
            List<String> modes;
            try (Stream<Path> files = Files.walk(temporary)) {
                modes = files.filter(file -> file.toString().contains("onrush-debug-"))
                        .map(file -> file.getFileName().toString().replaceAll("[0-9-]+", "-") + " " + mode(file))
                        .sorted()
                        .toList();
            }
            assertThat(run.await(PATIENCE).exitCode()).isZero();

            System.out.println("FIGURE S06 private temporary folder under umask 000: " + modes);
            assertThat(modes).anyMatch(mode -> mode.equals("events.onrush rw-------"));
            assertThat(modes)
                    .filteredOn(mode -> mode.startsWith("onrush-debug-"))
                    .containsExactly("onrush-debug- rwx------");
            assertThat(modes).filteredOn(mode -> !mode.startsWith("latest")).allMatch(mode -> mode.endsWith("------"));
            try (Stream<Path> left = Files.walk(temporary)) {
                assertThat(left.filter(file -> file.toString().contains("onrush-debug-")))
                        .isEmpty();
            }
        }
    }

    private static String mode(Path file) {
        try {
            return java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Ended signalled(List<ChildSignal> signals, int afterRequestsMillis, String... jvm) throws Exception {
        Path results = Files.createTempDirectory(folder, "signal");
        try (var server = TruthServer.start();
                var run = plan(Simulations.Endless.class, server, results)
                        .jvm(jvm)
                        .start()) {
            awaitTraffic(server, run);
            await(server, afterRequestsMillis / 20);
            long start = System.nanoTime();
            Instant last = Instant.MAX;
            int sent = 0;
            for (ChildSignal signal : signals) {
                last = Instant.now();
                run.signal(signal);
                sent++;
                if (sent < signals.size()) {
                    run.awaitLine(sent == 1 ? "onrush: stopping" : "onrush: cut off", PATIENCE);
                }
            }
            ChildResult result = run.await(PATIENCE);
            long millis = (System.nanoTime() - start) / 1_000_000;
            Path runFolder = runOf(results);
            boolean report = Files.isRegularFile(runFolder.resolve("index.html"))
                    && Files.readString(runFolder.resolve("summary.json")).contains("\"exitCode\" : 3");
            RunInfo info = RunStatistics.read(runFolder.resolve("events.onrush"), MeasureOptions.DEFAULT)
                    .run();
            long runMillis = Duration.between(last, info.start()).toMillis() + (long) (info.durationSeconds() * 1e3);
            return new Ended(result, runMillis, millis, report);
        }
    }

    private static ChildPlan plan(Class<?> simulation, TruthServer server, Path results) {
        return ChildRun.of("dev.onrush.Onrush")
                .jvm("-D" + Simulations.TARGET + "=" + server.url(), "-Donrush.grace=" + GRACE.toSeconds() + "s")
                .jvm("-XX:TieredStopAtLevel=1", "-Xmx256m")
                .arguments("--simulation", simulation.getName(), "--results", results.toString());
    }

    private static void awaitTraffic(TruthServer server, ChildRun run) {
        org.awaitility.Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> server.ledger().answered() > 0 || !run.isAlive());
        assertThat(run.isAlive())
                .as(() -> "out " + run.out() + " err " + run.err())
                .isTrue();
    }

    /** Waits by the traffic: that many more answers. */
    private static void await(TruthServer server, int answers) {
        long enough = server.ledger().answered() + answers;
        org.awaitility.Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> server.ledger().answered() >= enough);
    }

    private static Path runOf(Path results) throws IOException {
        Supplier<IOException> none = () -> new IOException("no run in " + results);
        try (Stream<Path> files = Files.list(results)) {
            return files.filter(Files::isDirectory).findFirst().orElseThrow(none);
        }
    }
}
