package dev.onrush.runner;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import dev.onrush.RunOptions;
import dev.onrush.console.PlanPage;
import dev.onrush.console.Terminal;
import dev.onrush.core.DefinitionException;
import dev.onrush.core.assertion.Assertion;
import dev.onrush.core.eventlog.EventLogException;
import dev.onrush.report.Report;

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
            return reportAgain(arguments.reportOnly);
        }
        Class<?> type = load(arguments.simulation);
        if (type == null) {
            return refused("simulation " + arguments.simulation
                    + " is not on the class path. Write its full name, as in com.example.ShopSimulation,"
                    + " and check that it was compiled.");
        }
        if (arguments.check) {
            return check(type);
        }
        if (arguments.debug) {
            return refused("not yet");
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

    private static int reportAgain(Path runFolder) {
        try {
            System.out.println("Report: "
                    + Report.fromLog(runFolder).page().toAbsolutePath().normalize());
            return ExitCode.OK.code();
        } catch (EventLogException | UncheckedIOException e) {
            return refused(String.valueOf(e.getMessage()));
        }
    }

    private static int check(Class<?> type) {
        try {
            PreparedRun prepared = PreparedRun.of(type, UnaryOperator.identity());
            List<String> assertions =
                    prepared.assertions().stream().map(Assertion::toString).toList();
            PlanPage.lines(
                            prepared.plan(),
                            prepared.warnings(),
                            assertions,
                            prepared.settings().changed())
                    .forEach(System.out::println);
            return ExitCode.OK.code();
        } catch (DefinitionException e) {
            e.problems().forEach(problem -> System.err.println("onrush: " + problem));
            return ExitCode.NOT_RUN.code();
        }
    }

    private static @Nullable Class<?> load(@Nullable String name) {
        try {
            ClassLoader loader = Thread.currentThread().getContextClassLoader();
            return name == null ? null : Class.forName(name, false, loader);
        } catch (ClassNotFoundException | LinkageError e) {
            return null;
        }
    }

    private static int refused(String mistake) {
        System.err.println("onrush: " + mistake);
        return ExitCode.NOT_RUN.code();
    }
}
