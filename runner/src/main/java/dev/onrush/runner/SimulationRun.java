package dev.onrush.runner;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.onrush.RunOptions;
import dev.onrush.RunResult;
import dev.onrush.console.ProgressConsole;
import dev.onrush.console.SafeText;
import dev.onrush.console.Terminal;
import dev.onrush.core.CallSite;
import dev.onrush.core.DefinitionException;
import dev.onrush.core.Problem;
import dev.onrush.core.Secrets;
import dev.onrush.core.assertion.AssertionResult;
import dev.onrush.core.assertion.Assertions;
import dev.onrush.core.engine.FailureText;
import dev.onrush.core.engine.PlannedPopulation;
import dev.onrush.core.engine.RunOutcome;
import dev.onrush.core.engine.RunStop;
import dev.onrush.core.eventlog.EventLog;
import dev.onrush.core.eventlog.EventLogException;
import dev.onrush.core.eventlog.EventLogOptions;
import dev.onrush.core.health.Verdict;
import dev.onrush.core.health.VerdictLevel;
import dev.onrush.core.injection.ClosedProfile;
import dev.onrush.core.measure.MeasureOptions;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.core.protocol.ConnectTime;
import dev.onrush.core.setting.Setting;
import dev.onrush.dsl.internal.Deployment;
import dev.onrush.report.Report;
import dev.onrush.report.ReportFile;
import dev.onrush.report.TextSummary;
import dev.onrush.report.outcome.ReportScope;
import dev.onrush.report.outcome.RunJudge;

/** One run of one simulation, from its class to its report. Used once. */
public final class SimulationRun {
    private static final Logger LOG = LoggerFactory.getLogger(SimulationRun.class);
    private static final String LOG_FILE = "events.onrush";

    private final RunOptions options;
    private final Terminal terminal;
    private final boolean ownsProcess;
    /** Of this simulation, as soon as it is known. */
    private Secrets secrets = Secrets.ALWAYS;
    /** Why the log ends before a run that goes on without it. */
    private volatile @Nullable String logEnd;

    /** @param ownsProcess whether the process is there for this run alone, so that its exit code may be set from a shutdown hook */
    public SimulationRun(RunOptions options, Terminal terminal, boolean ownsProcess) {
        this.options = options;
        this.terminal = terminal;
        this.ownsProcess = ownsProcess;
    }

    /** Runs it and returns when the report is written. Mistakes are told in the result, not thrown. */
    public RunResult run(Class<?> type) {
        return run(type, () -> PreparedRun.of(type, UnaryOperator.identity()));
    }

    /** As {@link #run(Class)}, prepared in that way. */
    RunResult run(Class<?> type, Supplier<PreparedRun> preparation) {
        PreparedRun prepared;
        try {
            prepared = preparation.get();
            secrets = prepared.secrets();
        } catch (DefinitionException e) {
            return notRun(e);
        } catch (RuntimeException | Error e) {
            LOG.error("{} cannot be prepared: {}", type.getName(), told(e));
            return notRun(mistake("simulation " + type.getName(), "preparing it failed with " + FailureText.of(e)));
        }
        Path folder;
        try {
            folder = RunFolder.create(
                    results(prepared),
                    prepared.plan().simulation(),
                    prepared.settings().segment(),
                    Instant.now());
        } catch (DefinitionException e) {
            return notRun(e);
        }
        try {
            prepared.simulation().before();
        } catch (Throwable e) {
            LOG.warn("before() failed with {}", told(e));
            RunFolder.discard(folder);
            CallSite site = CallSite.of(e);
            return notRun(mistake(
                    "before() of " + type.getName() + (site == CallSite.UNKNOWN ? "" : ", " + site),
                    "failed with " + FailureText.of(e)));
        }
        return run(prepared, folder);
    }

    private static DefinitionException mistake(String place, String text) {
        return new DefinitionException(
                List.of(new Problem(place, text + ". Nothing was sent; correct it and run again.")));
    }

    private RunResult run(PreparedRun prepared, Path folder) {
        warnOfDebugLogging();
        if (options.writesConsole()) {
            prepared.warnings().forEach(warning -> terminal.out().println("warning: " + SafeText.of(warning)));
        }
        try (OutOfMemoryEnd memory = new OutOfMemoryEnd(ownsProcess)) {
            prepared.engine().whenMemoryIsOut(memory::memoryIsOut);
            return run(prepared, folder, memory);
        }
    }

    private RunResult run(PreparedRun prepared, Path folder, OutOfMemoryEnd memory) {
        List<ConnectTime> connectTimes = connectTimes(prepared);
        EventLog log;
        try {
            prepared.engine().begin(prepared.plan());
            log = EventLog.create(
                    folder.resolve(LOG_FILE),
                    RunHeaders.of(prepared, options.description(), connectTimes),
                    prepared.names(),
                    prepared.engine().environment().clock(),
                    EventLogOptions.DEFAULT
                            .withSecrets(secrets)
                            .withBufferBytes(prepared.settings().longNumber(Setting.LOG_BUFFER_MIB) << 20)
                            .withOnWriteFailure(failure -> logEnds(prepared, failure))
                            .withOnOutOfMemory(prepared.engine()::outOfMemory));
        } catch (EventLogException e) {
            prepared.engine().abandon();
            RunFolder.discard(folder);
            return notRun(new DefinitionException(List.of(new Problem("", String.valueOf(e.getMessage())))));
        }
        RunFolder.nameNewest(folder);
        prepared.log().set(log);
        Deployment.logFiles(List.of(folder.resolve(LOG_FILE).toFile()));
        ProgressConsole console = new ProgressConsole(
                terminal, prepared.plan().simulation(), closedProfiles(prepared), prepared.engine()::progress);
        Interruption interruption = new Interruption(
                prepared.engine(), ownsProcess, prepared.settings().duration(Setting.GRACE), console::say);
        try (interruption;
                console) {
            Observers.attach(log, options, console);
            log.start();
            if (options.writesConsole()) {
                console.start();
            }
            Ending ending = drive(prepared);
            console.close();
            Ending whole = uninterrupted(() -> tearDown(prepared, ending, interruption));
            return uninterrupted(() -> {
                log.close();
                return finish(prepared, folder, whole, interruption);
            });
        } catch (OutOfMemoryError out) { // most often while the report is made
            memory.memoryIsOut();
            System.err.println(OutOfMemoryEnd.LAST_WORDS);
            return new RunResult(
                    ExitCode.CRASHED.code(),
                    Optional.of(folder),
                    Optional.empty(),
                    List.of(),
                    List.of(OutOfMemoryEnd.LAST_WORDS));
        } finally {
            log.close();
        }
    }

    /** On the log thread. */
    private void logEnds(PreparedRun prepared, EventLogException failure) {
        String reason = "The event log cannot be written: " + failure.getMessage();
        if (prepared.settings().flag(Setting.LOG_REQUIRED)) {
            prepared.engine().stopNow(new RunStop(reason, true));
        } else {
            logEnd = reason + " The run goes on without it (log.required = false).";
            LOG.warn("{}", secrets.mask(logEnd));
        }
    }

    /**
     * The interrupt that stopped a run would cut {@code after()} off, and close each file that is to be written or read: the caller
     * gets it back afterwards.
     */
    private static <T> T uninterrupted(Supplier<T> step) {
        boolean interrupted = Thread.interrupted();
        try {
            return step.get();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** What connecting takes without load; before the run's time begins. */
    private static List<ConnectTime> connectTimes(PreparedRun prepared) {
        int connects = prepared.settings().number(Setting.CONNECT_BASELINE);
        return connects == 0
                ? List.of()
                : prepared.plan().clients().stream()
                        .flatMap(client -> client.connectTimes(connects).stream())
                        .distinct()
                        .toList();
    }

    /**
     * How the run ended.
     *
     * @param stopped why before all users were through
     * @param failures of {@code after()} or of our own, one line each
     */
    private record Ending(boolean crashed, Optional<RunStop> stopped, List<String> failures) {}

    /** From the first user to the last. */
    private Ending drive(PreparedRun prepared) {
        List<String> failures = new ArrayList<>();
        Optional<RunStop> stopped = Optional.empty();
        boolean crashed = false;
        try {
            RunOutcome outcome = prepared.engine().run(prepared.plan());
            stopped = outcome.stopped();
            crashed = outcome.crashed();
            if (outcome.lostUsers() > 0) {
                failures.add("Internal error: " + outcome.lostUsers() + " users waited for nothing and were ended.");
            }
        } catch (RuntimeException | Error e) {
            LOG.error("The run crashed: {}", told(e));
            failures.add("The run crashed with " + FailureText.of(e) + ".");
        }
        return new Ending(crashed || !failures.isEmpty(), stopped, failures);
    }

    /** The author's {@code after()}. */
    private Ending tearDown(PreparedRun prepared, Ending ending, Interruption interruption) {
        List<String> failures = new ArrayList<>(ending.failures());
        Teardown.of(prepared.simulation()::after, interruption::isUrgent, secrets)
                .ifPresent(failures::add);
        return new Ending(ending.crashed() || !failures.isEmpty(), ending.stopped(), failures);
    }

    private RunResult finish(PreparedRun prepared, Path folder, Ending ending, Interruption interruption) {
        List<String> failures = new ArrayList<>(ending.failures());
        ExitCode exit = ExitCode.CRASHED;
        @Nullable RunStatistics statistics = null;
        List<AssertionResult> assertions = List.of();
        try {
            statistics = RunStatistics.read(folder.resolve(LOG_FILE), MeasureOptions.DEFAULT);
            assertions = Assertions.evaluate(
                            prepared.definition().assertions(),
                            statistics,
                            prepared.plan().knownNames(),
                            prepared.settings())
                    .stream()
                    .map(this::masked)
                    .toList();
            Verdict verdict = RunJudge.verdict(statistics);
            boolean crashed = ending.crashed() || interruption.happened();
            boolean untrusted =
                    prepared.definition().rules().failOnUntrusted() && verdict.level() != VerdictLevel.TRUSTWORTHY;
            boolean failed = assertions.stream().anyMatch(assertion -> !assertion.passed());
            ExitCode judgedExit = ExitCode.of(crashed, untrusted, failed);
            dev.onrush.report.outcome.RunOutcome judged = new dev.onrush.report.outcome.RunOutcome(
                    verdict, assertions, judgedExit.code(), ReportScope.of(statistics));
            @Nullable Path page = write(prepared, folder, statistics, judged, failures);
            exit = failures.size() > ending.failures().size() ? ExitCode.CRASHED : judgedExit;
            if (options.writesConsole()) {
                terminal.out().println();
                terminal.out().print(TextSummary.of(statistics, judged, page, terminal.columns()));
            }
        } catch (EventLogException e) {
            failures.add(String.valueOf(e.getMessage()));
        }
        failures.replaceAll(secrets::mask);
        if (options.writesConsole()) {
            ending.stopped()
                    .ifPresent(stop -> terminal.out().println("The run was stopped: " + SafeText.of(stop.reason())));
            Optional.ofNullable(logEnd).ifPresent(end -> terminal.out().println(SafeText.of(secrets.mask(end))));
            failures.forEach(failure -> terminal.out().println(SafeText.of(failure)));
            terminal.out().flush();
        }
        return new RunResult(exit.code(), Optional.of(folder), Optional.ofNullable(statistics), assertions, failures);
    }

    private @Nullable Path write(
            PreparedRun prepared,
            Path folder,
            RunStatistics statistics,
            dev.onrush.report.outcome.RunOutcome judged,
            List<String> failures) {
        try {
            if (options.writesReport()) {
                Set<ReportFile> files =
                        new HashSet<>(ReportFile.read(prepared.settings().text(Setting.REPORT_FILES)));
                // In any case: only there it stands whether the assertions hold.
                files.add(ReportFile.SUMMARY);
                Report.write(folder, files, statistics, judged);
                return files.contains(ReportFile.PAGE) ? ReportFile.PAGE.in(folder) : null;
            }
            Report.writeSummary(folder, statistics, judged);
        } catch (UncheckedIOException e) {
            failures.add(String.valueOf(e.getMessage()));
        }
        return null;
    }

    private static void warnOfDebugLogging() {
        if (LoggerFactory.getLogger("org.apache.hc").isDebugEnabled()) {
            System.err.println(
                    "onrush: logging of org.apache.hc is at DEBUG and costs more than the load itself. Set its level to"
                            + " WARN; logback without a configuration file runs at DEBUG.");
        }
    }

    private AssertionResult masked(AssertionResult result) {
        return new AssertionResult(
                secrets.mask(result.name()),
                secrets.mask(result.text()),
                result.passed(),
                result.actual(),
                result.limit(),
                result.requests());
    }

    private String told(Throwable failure) {
        return secrets.mask(FailureText.stack(failure));
    }

    private RunResult notRun(DefinitionException e) {
        List<String> problems =
                e.problems().stream().map(Problem::toString).map(secrets::mask).toList();
        if (options.writesConsole()) {
            problems.forEach(problem -> System.err.println("onrush: " + SafeText.of(problem)));
        }
        return new RunResult(ExitCode.NOT_RUN.code(), Optional.empty(), Optional.empty(), List.of(), problems);
    }

    private Path results(PreparedRun prepared) {
        Path asked = options.results();
        if (asked != null) {
            return asked;
        }
        String setting = prepared.settings().text(Setting.RESULTS);
        return setting.isEmpty() ? RunFolder.defaultResults() : RunFolder.results(setting);
    }

    private static Map<String, Long> closedProfiles(PreparedRun prepared) {
        return prepared.plan().populations().stream()
                .filter(population -> population.profile() instanceof ClosedProfile)
                .collect(Collectors.toMap(
                        PlannedPopulation::name,
                        population -> population.profile().durationNanos()));
    }
}
