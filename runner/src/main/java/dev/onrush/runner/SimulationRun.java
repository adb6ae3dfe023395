package dev.onrush.runner;

import java.io.File;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.onrush.RunOptions;
import dev.onrush.RunResult;
import dev.onrush.console.ProgressConsole;
import dev.onrush.console.Terminal;
import dev.onrush.core.DefinitionException;
import dev.onrush.core.Problem;
import dev.onrush.core.assertion.AssertionResult;
import dev.onrush.core.assertion.Assertions;
import dev.onrush.core.engine.PlannedPopulation;
import dev.onrush.core.engine.RunOutcome;
import dev.onrush.core.engine.RunStop;
import dev.onrush.core.eventlog.EventLog;
import dev.onrush.core.eventlog.EventLogOptions;
import dev.onrush.core.health.Verdict;
import dev.onrush.core.health.VerdictLevel;
import dev.onrush.core.measure.MeasureOptions;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.core.setting.Setting;
import dev.onrush.core.time.RunClock;
import dev.onrush.dsl.internal.Deployment;
import dev.onrush.report.Report;
import dev.onrush.report.RunJudge;
import dev.onrush.report.TextSummary;

/** One run of one simulation, from its class to its report. Used once. */
public final class SimulationRun {
    private static final Logger LOG = LoggerFactory.getLogger(SimulationRun.class);

    private final RunOptions options;
    private final Terminal terminal;
    private final boolean ownsProcess;

    /** @param ownsProcess whether the process is there for this run alone, so that its exit code may be set from a shutdown hook */
    public SimulationRun(RunOptions options, Terminal terminal, boolean ownsProcess) {
        this.options = options;
        this.terminal = terminal;
        this.ownsProcess = ownsProcess;
    }

    /** Runs it and returns when the report is written. Mistakes are told in the result, not thrown. */
    public RunResult run(Class<?> type) {
        PreparedRun prepared;
        Path folder;
        try {
            prepared = PreparedRun.of(type, UnaryOperator.identity());
            folder = RunFolder.create(results(prepared), prepared.plan().simulation(), Instant.now());
        } catch (DefinitionException e) {
            return notRun(e);
        }
        try {
            prepared.simulation().before();
        } catch (Throwable e) {
            return notRun(new DefinitionException(List.of(new Problem(
                    "before() of " + type.getName(),
                    "failed with " + e + ". Nothing was sent; correct it and run again."))));
        }
        return run(prepared, folder);
    }

    private RunResult run(PreparedRun prepared, Path folder) {
        if (LoggerFactory.getLogger("org.apache.hc").isDebugEnabled()) {
            System.err.println(
                    "onrush: logging of org.apache.hc is at DEBUG and costs more than the load itself. Set its level to"
                            + " WARN; logback without a configuration file runs at DEBUG.");
        }
        RunClock clock = prepared.engine().environment().clock();
        clock.begin();
        Path logFile = folder.resolve("events.onrush");
        EventLogOptions logOptions = EventLogOptions.DEFAULT
                .withBufferBytes(prepared.settings().longNumber(Setting.LOG_BUFFER_MIB) << 20)
                .withOnWriteFailure(failure -> prepared.engine()
                        .stopNow(new RunStop("The event log cannot be written: " + failure.getMessage(), true)));
        EventLog log = EventLog.create(
                logFile, RunHeaders.of(prepared, options.description()), prepared.names(), clock, logOptions);
        prepared.log().set(log);
        Deployment.logFiles(List.of(new File(logFile.toString())));
        Interruption interruption = new Interruption(prepared.engine(), ownsProcess);
        RunOutcome outcome;
        @Nullable Throwable afterFailure = null;
        try (ProgressConsole console = new ProgressConsole(
                terminal, prepared.plan().simulation(), profiles(prepared), prepared.engine()::progress)) {
            Observers.attach(log, options, console);
            log.start();
            if (options.writesConsole()) {
                console.start();
            }
            outcome = prepared.engine().run(prepared.plan());
            console.close();
            try {
                prepared.simulation().after();
            } catch (Throwable e) {
                LOG.warn("after() failed", e);
                afterFailure = e;
            }
            log.close();
            return finish(prepared, folder, outcome, afterFailure, interruption);
        } finally {
            log.close();
            interruption.close();
        }
    }

    private RunResult finish(
            PreparedRun prepared,
            Path folder,
            RunOutcome outcome,
            @Nullable Throwable afterFailure,
            Interruption interruption) {
        RunStatistics statistics = RunStatistics.read(folder.resolve("events.onrush"), MeasureOptions.DEFAULT);
        List<AssertionResult> assertions =
                Assertions.evaluate(prepared.assertions(), statistics, prepared.known(), prepared.settings());
        Verdict verdict = RunJudge.verdict(statistics);
        boolean crashed = outcome.crashed() || afterFailure != null || interruption.happened();
        boolean untrusted =
                prepared.definition().rules().failOnUntrusted() && verdict.level() != VerdictLevel.TRUSTWORTHY;
        boolean failed = assertions.stream().anyMatch(assertion -> !assertion.passed());
        ExitCode exit = ExitCode.of(crashed, untrusted, failed);
        dev.onrush.report.RunOutcome judged = new dev.onrush.report.RunOutcome(verdict, assertions, exit.code());
        @Nullable Path page = null;
        if (options.writesReport()) {
            page = Report.write(folder, statistics, judged).page();
        } else {
            Report.writeSummary(folder, statistics, judged);
        }
        if (options.writesConsole()) {
            terminal.out().println();
            terminal.out().print(TextSummary.of(statistics, judged, page, terminal.columns()));
            outcome.stopped().ifPresent(stop -> terminal.out().println("The run was stopped: " + stop.reason()));
            if (afterFailure != null) {
                terminal.out().println("after() failed with " + afterFailure);
            }
        }
        return new RunResult(exit.code(), Optional.of(folder), Optional.of(statistics), assertions, List.of());
    }

    private RunResult notRun(DefinitionException e) {
        List<String> problems = e.problems().stream().map(Problem::toString).toList();
        if (options.writesConsole()) {
            problems.forEach(problem -> System.err.println("onrush: " + problem));
        }
        return new RunResult(ExitCode.NOT_RUN.code(), Optional.empty(), Optional.empty(), List.of(), problems);
    }

    private Path results(PreparedRun prepared) {
        Path asked = options.results();
        if (asked != null) {
            return asked;
        }
        String setting = prepared.settings().text(Setting.RESULTS);
        return setting.isEmpty() ? RunFolder.defaultResults() : Path.of(setting);
    }

    private static Map<String, Long> profiles(PreparedRun prepared) {
        return prepared.plan().populations().stream()
                .collect(Collectors.toMap(
                        PlannedPopulation::name,
                        population -> population.profile().durationNanos()));
    }
}
