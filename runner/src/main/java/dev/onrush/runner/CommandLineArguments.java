package dev.onrush.runner;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What stands on the command line. */
@Command(
        name = "onrush",
        header = "Runs a load test written as a Java class.",
        description = "",
        sortOptions = false,
        usageHelpAutoWidth = true,
        synopsisHeading = "Usage: ",
        customSynopsis = "java -cp CLASSPATH dev.onrush.Onrush --simulation CLASS [OPTION]…",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0  done, all assertions hold",
            "  1  wrong usage or a mistake in the simulation: nothing was sent",
            "  2  an assertion failed, or a comparison its gate",
            "  3  the run crashed or was interrupted; its report is written",
            "  4  the generator is not trustworthy, and failOnUntrusted is set"
        })
final class CommandLineArguments {
    @Option(
            names = "--simulation",
            paramLabel = "CLASS",
            description = "The simulation to run, by its full class name.")
    @Nullable
    String simulation;

    @Option(
            names = "--results",
            paramLabel = "DIR",
            description = "Folder for the results (default: target/onrush in a Maven project, else onrush).")
    @Nullable
    Path results;

    @Option(names = "--description", paramLabel = "TEXT", description = "A text shown in the report.")
    String text = "";

    @Option(names = "--no-report", description = "Write the event log and summary.json only.")
    boolean noReport;

    @Option(
            names = "--report-only",
            paramLabel = "RUN_DIR",
            arity = "1..*",
            description =
                    "Make the report of a run again from its event log; nothing is sent. Several runs are taken for"
                            + " the generators of one load: their logs are merged.")
    @Nullable
    List<Path> reportOnly;

    @Mixin
    ReportArguments report = new ReportArguments();

    @Option(
            names = "--compare",
            arity = "1..*",
            paramLabel = "RUN_DIR",
            description = "Compare runs: the runs before, followed by --with and the runs after; nothing is sent.")
    List<Path> baselines = new ArrayList<>();

    @Option(names = "--with", arity = "1..*", paramLabel = "RUN_DIR", description = "The runs after, for --compare.")
    List<Path> candidates = new ArrayList<>();

    @Option(
            names = "--fail-if-worse-by",
            paramLabel = "PERCENT",
            description = "With --compare: exit code 2 if a time is shown worse by so much, or if more requests fail.")
    @Nullable
    Double failIfWorseBy;

    @Option(names = "--check", description = "Look for mistakes and show the plan; nothing is sent.")
    boolean check;

    @Option(names = "--debug", description = "One user per scenario, every exchange printed, secrets masked.")
    boolean debug;

    @Option(names = "--help", usageHelp = true, description = "Show this help.")
    boolean help;

    @Option(names = "--version", description = "Show the version.")
    boolean version;

    /** What is wrong with the arguments as a whole; empty if nothing is. */
    String mistake() {
        if (help || version) {
            return "";
        }
        for (Path run : runs()) {
            if (run.toString()
                    .startsWith("--")) { // an option that takes several values takes what looks like one as well
                return "Unknown option: '" + run + "'. --help lists the options.";
            }
        }
        String comparing = mistakeInComparing();
        if (!comparing.isEmpty() || !baselines.isEmpty()) {
            return comparing;
        }
        if (reportOnly != null) {
            return simulation == null && results == null && text.isEmpty() && !check && !debug && !noReport
                    ? report.mistake()
                    : "--report-only stands alone: it makes the report of an earlier run.";
        }
        if (!report.given().isEmpty()) {
            return report.given() + " belongs to --report-only: it says how the report of an earlier run is made.";
        }
        if (check && debug) {
            return "--check sends nothing and --debug does: choose one of them.";
        }
        return simulation == null
                ? "no simulation: say which with --simulation CLASS, as in --simulation com.example.ShopSimulation."
                : "";
    }

    private List<Path> runs() {
        List<Path> runs = new ArrayList<>(baselines);
        runs.addAll(candidates);
        if (reportOnly != null) {
            runs.addAll(reportOnly);
        }
        return runs;
    }

    private String mistakeInComparing() {
        if (baselines.isEmpty()) {
            return candidates.isEmpty() && failIfWorseBy == null
                    ? ""
                    : "--with and --fail-if-worse-by belong to --compare RUN_DIR.";
        }
        if (simulation != null || reportOnly != null || !text.isEmpty() || check || debug || noReport) {
            return "--compare takes --with, --fail-if-worse-by and --results only: it compares earlier runs.";
        }
        return candidates.isEmpty()
                ? "nothing to compare with: name the runs after the change with --with RUN_DIR."
                : "";
    }

    /** Reads arguments; what is wrong is told as one line in {@code mistake}. */
    static Parsed parse(String... arguments) {
        CommandLineArguments read = new CommandLineArguments();
        CommandLine commandLine = new CommandLine(read).setExpandAtFiles(false);
        try {
            commandLine.parseArgs(arguments);
        } catch (CommandLine.ParameterException e) {
            String message = e.getMessage() == null ? "wrong usage" : e.getMessage();
            return new Parsed(read, message + (message.endsWith(".") ? "" : ".") + " --help lists the options.", "");
        }
        return new Parsed(read, read.mistake(), read.help ? usage(commandLine) : "");
    }

    private static String usage(CommandLine commandLine) {
        StringWriter usage = new StringWriter();
        commandLine.usage(new PrintWriter(usage), CommandLine.Help.Ansi.OFF);
        return usage.toString();
    }

    /**
     * Arguments as read.
     *
     * @param mistake one line, empty if they can be used
     * @param usage empty if nobody asked: laying it out takes longer than reading the arguments
     */
    record Parsed(CommandLineArguments arguments, String mistake, String usage) {}
}
