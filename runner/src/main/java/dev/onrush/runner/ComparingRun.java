package dev.onrush.runner;

import java.io.UncheckedIOException;

import dev.onrush.Onrush;
import dev.onrush.console.SafeText;
import dev.onrush.core.eventlog.EventLogException;
import dev.onrush.report.ComparisonResult;
import dev.onrush.report.compare.Comparison;

/** The command line's {@code --compare}: what was found in a few lines, and where the page is. */
final class ComparingRun {
    private ComparingRun() {}

    static int run(CommandLineArguments arguments) {
        try {
            Comparison comparison = Comparison.of(arguments.baselines, arguments.candidates);
            if (arguments.failIfWorseBy != null) {
                comparison = comparison.failIfWorseBy(arguments.failIfWorseBy);
            }
            if (arguments.results != null) {
                comparison = comparison.results(arguments.results);
            }
            ComparisonResult result = Onrush.compare(comparison);
            result.lines().forEach(line -> System.out.println(SafeText.of(line)));
            System.out.println("Comparison: " + result.page().toAbsolutePath().normalize());
            result.gateFailures().forEach(line -> System.err.println("onrush: " + SafeText.of(line)));
            return result.exitCode();
        } catch (EventLogException | IllegalArgumentException | UncheckedIOException e) {
            return CommandLineRun.refused(String.valueOf(e.getMessage()));
        }
    }
}
