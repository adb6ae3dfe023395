package dev.onrush.runner;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

import dev.onrush.RunOptions;
import dev.onrush.console.PlanPage;
import dev.onrush.console.SafeText;
import dev.onrush.console.Terminal;
import dev.onrush.core.DefinitionException;
import dev.onrush.core.Secrets;
import dev.onrush.core.eventlog.EventLogException;
import dev.onrush.report.Report;
import dev.onrush.report.ReportFiles;

/** What the command line asks for, done; the result is the exit code. */
public final class CommandLineRun {
    private CommandLineRun() {}

    public static int run(String... given) {
        CommandLineArguments.Parsed parsed = CommandLineArguments.parse(given);
        if (!parsed.mistake().isEmpty()) {
            return refused(parsed.mistake());
        }
        CommandLineArguments arguments = parsed.arguments();
        if (arguments.help) {
            System.out.print(parsed.usage());
            return ExitCode.OK.code();
        }
        if (arguments.version) {
            System.out.println("Onrush " + Version.text() + ", Java " + System.getProperty("java.version"));
            return ExitCode.OK.code();
        }
        if (arguments.reportOnly != null) {
            return reportAgain(arguments.reportOnly, arguments.report);
        }
        if (!arguments.baselines.isEmpty()) {
            return ComparingRun.run(arguments);
        }
        String simulation = Objects.requireNonNull(arguments.simulation, "checked with the arguments");
        Class<?> type;
        try {
            type = Class.forName(simulation, false, Thread.currentThread().getContextClassLoader());
        } catch (ClassNotFoundException e) {
            return refused("simulation " + simulation
                    + " is not on the class path. Write its full name, as in com.example.ShopSimulation,"
                    + " and check that it was compiled.");
        } catch (LinkageError e) {
            return refused("simulation " + simulation + " cannot be loaded (" + e
                    + "). Write its full name with letters in the right case, and check what it was compiled with.");
        }
        if (arguments.check) {
            return check(type);
        }
        if (arguments.debug) {
            return DebugRun.run(type, Terminal.standard(), true);
        }
        RunOptions options = RunOptions.defaults().description(arguments.text);
        if (arguments.results != null) {
            options = options.results(arguments.results);
        }
        if (arguments.noReport) {
            options = options.withoutReport();
        }
        return new SimulationRun(options, Terminal.standard(), true).run(type).exitCode();
    }

    private static int reportAgain(List<Path> runs, ReportArguments arguments) {
        try {
            ReportFiles files =
                    Report.again(arguments.options(), runs, new ReadProgressLines(System.err, System::nanoTime));
            Path first = files.all().get(0);
            System.out.println(
                    "Report: " + SafeText.of(first.toAbsolutePath().normalize().toString()));
            return ExitCode.OK.code();
        } catch (EventLogException | UncheckedIOException | DefinitionException e) {
            return refused(String.valueOf(e.getMessage()));
        }
    }

    private static int check(Class<?> type) {
        try {
            PreparedRun prepared = PreparedRun.of(type, UnaryOperator.identity());
            List<String> assertions = prepared.definition().assertions().stream()
                    .map(each -> each.describe(prepared.settings()))
                    .toList();
            PlanPage.lines(
                            prepared.plan(),
                            prepared.warnings(),
                            assertions,
                            prepared.settings().changed())
                    .forEach(line -> System.out.println(prepared.secrets().mask(line)));
            return ExitCode.OK.code();
        } catch (DefinitionException e) {
            e.problems()
                    .forEach(problem ->
                            System.err.println("onrush: " + SafeText.of(Secrets.ALWAYS.mask(problem.toString()))));
            return ExitCode.NOT_RUN.code();
        }
    }

    static int refused(String mistake) {
        System.err.println("onrush: " + SafeText.of(mistake));
        return ExitCode.NOT_RUN.code();
    }
}
