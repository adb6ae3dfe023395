package dev.onrush;

import java.nio.file.Path;
import java.util.List;

import dev.onrush.console.Terminal;
import dev.onrush.dsl.Simulation;
import dev.onrush.report.ComparisonReport;
import dev.onrush.report.ComparisonResult;
import dev.onrush.report.ReadProgress;
import dev.onrush.report.Report;
import dev.onrush.report.ReportFiles;
import dev.onrush.report.ReportOptions;
import dev.onrush.report.compare.Comparison;
import dev.onrush.runner.CommandLineRun;
import dev.onrush.runner.JdkNameCache;
import dev.onrush.runner.SimulationRun;

/**
 * Runs simulations, and makes their reports again.
 *
 * <p>From a {@code main} of your own, in any IDE and without JVM flags: {@code Onrush.run(ShopSimulation.class)}. From the
 * command line: {@code java -cp … dev.onrush.Onrush --simulation com.example.ShopSimulation}.
 */
public final class Onrush {
    static {
        // A project without a logging library gets a quiet run, not a warning about logging: what matters is in the
        // summary.
        if (System.getProperty("slf4j.internal.verbosity") == null) {
            System.setProperty("slf4j.internal.verbosity", "ERROR");
        }
    }

    /** As after any other crash. */
    private static final int OUT_OF_MEMORY = 3;

    private Onrush() {}

    /** Command line; ends the process with the run's exit code. {@code --help} lists the options. */
    public static void main(String[] arguments) {
        JdkNameCache.turnOff();
        int exitCode;
        try {
            exitCode = CommandLineRun.run(arguments);
        } catch (OutOfMemoryError out) { // there may be none left to end in any other way
            Runtime.getRuntime().halt(OUT_OF_MEMORY);
            return;
        }
        System.exit(exitCode);
    }

    /**
     * Runs a simulation and returns when its report is written. Never ends the process; a mistake in the simulation is told in
     * the result with exit code 1.
     */
    public static RunResult run(Class<? extends Simulation> simulation) {
        return run(simulation, RunOptions.defaults());
    }

    /** As {@link #run(Class)}, with options. */
    public static RunResult run(Class<? extends Simulation> simulation, RunOptions options) {
        return new SimulationRun(options, Terminal.standard(), false).run(simulation);
    }

    /**
     * Makes the report of a run again from its event log, in the folder of the run; nothing is sent. Several runs are taken for the
     * generators of one load: their logs are merged into one report, in a folder {@code merged} inside of the first.
     *
     * @param runs folders of runs, or their logs
     * @throws dev.onrush.core.eventlog.EventLogException if there is no log, one that cannot be read, or some that do not belong
     *     together; its message is one line
     * @throws java.io.UncheckedIOException if a file cannot be written; its message is one line
     */
    public static ReportFiles report(Path... runs) {
        return report(ReportOptions.defaults(), runs);
    }

    /** As {@link #report(Path...)}: of a window of the run, with other percentiles, only some files, or elsewhere. */
    public static ReportFiles report(ReportOptions options, Path... runs) {
        return Report.again(options, List.of(runs), ReadProgress.NONE);
    }

    // ---- comparing runs

    /**
     * Compares runs and writes {@code comparison.html} and {@code comparison.json} into the folder of the first candidate. Several
     * candidates count as repetitions of one thing; {@link Comparison#of} takes several baselines, too.
     *
     * @param baseline the folder of a run, or its log
     * @throws IllegalArgumentException without a candidate
     * @throws dev.onrush.core.eventlog.EventLogException if a run cannot be read or nothing can be compared; its message is one line
     * @throws java.io.UncheckedIOException if a file cannot be written; its message is one line
     */
    public static ComparisonResult compare(Path baseline, Path... candidates) {
        return compare(Comparison.of(List.of(baseline), List.of(candidates)));
    }

    /** As {@link #compare(Path, Path...)}, with options. */
    public static ComparisonResult compare(Comparison comparison) {
        return ComparisonReport.write(comparison);
    }
}
