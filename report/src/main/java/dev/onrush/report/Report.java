package dev.onrush.report;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import dev.onrush.core.eventlog.EventLogException;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.report.internal.files.ErrorsCsv;
import dev.onrush.report.internal.files.HistogramLog;
import dev.onrush.report.internal.files.JunitXml;
import dev.onrush.report.internal.files.MarkdownSummary;
import dev.onrush.report.internal.files.RequestsCsv;
import dev.onrush.report.internal.files.SummaryJson;
import dev.onrush.report.internal.files.TimelineCsv;
import dev.onrush.report.internal.page.HtmlPage;
import dev.onrush.report.outcome.RunOutcome;

/** Writes the files of a run from its statistics: the page for people, and files for machines. docs/files.md describes them. */
public final class Report {
    private Report() {}

    /**
     * Writes all files into the folder of the run; existing ones are replaced. They are readable by their owner only, where the
     * file system knows that.
     *
     * @throws java.io.UncheckedIOException if one cannot be written; its message is one line
     */
    public static ReportFiles write(Path runFolder, RunStatistics statistics, RunOutcome outcome) {
        return write(runFolder, EnumSet.allOf(ReportFile.class), statistics, outcome);
    }

    /** As {@link #write(Path, RunStatistics, RunOutcome)}, these files only. */
    public static ReportFiles write(Path folder, Set<ReportFile> files, RunStatistics statistics, RunOutcome outcome) {
        // The page last: whoever waits for it finds the others.
        for (ReportFile file : EnumSet.complementOf(EnumSet.of(ReportFile.PAGE))) {
            if (files.contains(file)) {
                write(file, folder, statistics, outcome);
            }
        }
        if (files.contains(ReportFile.PAGE)) {
            write(ReportFile.PAGE, folder, statistics, outcome);
        }
        return new ReportFiles(folder, files);
    }

    private static Path write(ReportFile kind, Path folder, RunStatistics statistics, RunOutcome outcome) {
        Path file = kind.in(folder);
        return switch (kind) {
            case PAGE -> RunFile.write(file, HtmlPage.of(statistics, outcome));
            case SUMMARY -> RunFile.write(file, SummaryJson.of(statistics, outcome));
            case JUNIT -> RunFile.write(file, JunitXml.of(statistics, outcome));
            case REQUESTS -> RunFile.write(file, RequestsCsv.of(statistics));
            case TIMELINE -> RunFile.write(file, TimelineCsv.of(statistics));
            case HISTOGRAMS -> RunFile.write(file, new HistogramLog(statistics)::writeTo);
            case ERRORS -> RunFile.write(file, ErrorsCsv.of(statistics));
            case MARKDOWN -> RunFile.write(file, MarkdownSummary.of(statistics, outcome));
        };
    }

    /**
     * Writes {@code summary.json} alone.
     *
     * @throws java.io.UncheckedIOException if it cannot be written; its message is one line
     */
    public static Path writeSummary(Path runFolder, RunStatistics statistics, RunOutcome outcome) {
        return write(ReportFile.SUMMARY, runFolder, statistics, outcome);
    }

    /**
     * Makes all files again from the log of a run, in its folder. Assertions and exit code come from the {@code summary.json} of the
     * finished run; if there is none, the report says that assertions were not evaluated.
     *
     * @throws EventLogException if the folder holds no log, or one that cannot be read
     * @throws java.io.UncheckedIOException if a file cannot be written
     */
    public static ReportFiles fromLog(Path runFolder) {
        return again(ReportOptions.defaults(), List.of(runFolder), ReadProgress.NONE);
    }

    /**
     * Makes a report again: of a run, or of several whose generators made one load. A window is read from the log again, so that
     * its figures are as exact as those of the run.
     *
     * @param runs folders of runs, or their logs
     * @throws EventLogException if there is no log, one that cannot be read, or some that do not belong together
     * @throws java.io.UncheckedIOException if a file cannot be written
     */
    public static ReportFiles again(ReportOptions options, List<Path> runs, ReadProgress progress) {
        return ReportAgain.make(options, runs, progress);
    }
}
