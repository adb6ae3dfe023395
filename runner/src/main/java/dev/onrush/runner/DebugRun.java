package dev.onrush.runner;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.onrush.RunOptions;
import dev.onrush.RunResult;
import dev.onrush.console.ExchangePrinter;
import dev.onrush.console.SafeText;
import dev.onrush.console.Terminal;
import dev.onrush.core.Secrets;
import dev.onrush.core.engine.StepFailure;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.core.scenario.LoadPlan;
import dev.onrush.core.scenario.Population;
import dev.onrush.report.TextSummary;
import dev.onrush.report.outcome.RunJudge;
import dev.onrush.report.outcome.RunOutcome;

/**
 * {@code --debug}: one user of each scenario, at once and without warm-up, every exchange printed as it ends, secrets masked. The
 * assertions are judged as in any run; nothing is left on the disk.
 */
final class DebugRun {
    private DebugRun() {}

    static int run(Class<?> type, Terminal terminal, boolean ownsProcess) {
        Path folder;
        try {
            folder = Files.createTempDirectory("onrush-debug-");
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary folder for the log of the run", e);
        }
        try {
            return run(type, terminal, ownsProcess, folder);
        } finally {
            delete(folder);
        }
    }

    private static int run(Class<?> type, Terminal terminal, boolean ownsProcess, Path folder) {
        RunOptions options = RunOptions.defaults().quiet().withoutReport().results(folder);
        PrintStream out = terminal.out();
        AtomicReference<@Nullable PreparedRun> prepared = new AtomicReference<>();
        RunResult result = new SimulationRun(options, terminal, ownsProcess).run(type, () -> {
            PreparedRun made = PreparedRun.of(
                    type,
                    DebugRun::oneUserEach,
                    (plan, names) -> Optional.of(new ExchangePrinter(
                            out, names, Secrets.of(plan.rules().secrets()))));
            prepared.set(made);
            made.warnings().forEach(warning -> out.println("warning: " + SafeText.of(warning)));
            return made;
        });
        PreparedRun made = prepared.get();
        if (made != null) {
            made.engine().stepFailures().forEach(failure -> print(failure, out));
        }
        RunStatistics statistics = result.statistics().orElse(null);
        if (statistics != null) {
            RunOutcome judged = new RunOutcome(RunJudge.verdict(statistics), result.assertions(), result.exitCode());
            out.print(TextSummary.of(statistics, judged, null, terminal.columns()));
        }
        PrintStream told = result.exitCode() == ExitCode.NOT_RUN.code() ? System.err : out;
        result.problems().forEach(problem -> told.println("onrush: " + SafeText.of(problem)));
        out.flush();
        return result.exitCode();
    }

    private static LoadPlan oneUserEach(LoadPlan plan) {
        return new LoadPlan(
                plan.simulation(),
                plan.populations().stream().map(Population::asTrial).toList(),
                plan.protocols(),
                plan.assertions(),
                plan.rules().withoutWarmUp().keepSamples(false).asTrial());
    }

    private static void print(StepFailure failure, PrintStream out) {
        out.println(SafeText.of(failure.place() + ": step failed " + failure.count() + " times with "
                + failure.errorClass() + ": " + failure.message()));
        failure.stack().lines().filter(DebugRun::isAuthors).forEach(line -> out.println(SafeText.of(line)));
        out.println();
    }

    /** The frames that lead to the author's code are the same everywhere. */
    private static boolean isAuthors(String frame) {
        return Stream.of("at dev.onrush.core.", "at dev.onrush.dsl.", "at dev.onrush.http.", "at org.apache.hc.")
                .noneMatch(frame::contains);
    }

    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (IOException e) {
            System.err.println("onrush: " + folder + " could not be removed (" + e + ").");
        }
    }
}
