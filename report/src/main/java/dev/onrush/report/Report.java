package dev.onrush.report;

import java.nio.file.Files;
import java.nio.file.Path;

import dev.onrush.core.eventlog.EventLogException;
import dev.onrush.core.measure.MeasureOptions;
import dev.onrush.core.measure.RunStatistics;

/** Writes the files of a run from its statistics: the page, {@code summary.json} and {@code junit.xml}. */
public final class Report {
    private Report() {}

    /**
     * Writes the three files into the folder of the run; existing ones are replaced. They are readable by their owner only,
     * where the file system knows that.
     *
     * @throws java.io.UncheckedIOException if one cannot be written; its message is one line
     */
    public static ReportFiles write(Path runFolder, RunStatistics statistics, RunOutcome outcome) {
        Path summary = RunFile.SUMMARY.write(runFolder, SummaryJson.of(statistics, outcome));
        Path junit = RunFile.JUNIT.write(runFolder, JunitXml.of(statistics, outcome));
        Path page = RunFile.PAGE.write(runFolder, HtmlPage.of(statistics, outcome));
        return new ReportFiles(page, summary, junit);
    }

    /**
     * Writes {@code summary.json} alone.
     *
     * @throws java.io.UncheckedIOException if it cannot be written; its message is one line
     */
    public static Path writeSummary(Path runFolder, RunStatistics statistics, RunOutcome outcome) {
        return RunFile.SUMMARY.write(runFolder, SummaryJson.of(statistics, outcome));
    }

    /**
     * Makes the three files again from the log of a run. Assertions and exit code come from the {@code summary.json} of the
     * finished run; if there is none, the report says that assertions were not evaluated.
     *
     * @throws EventLogException if the folder holds no log, or one that cannot be read
     * @throws java.io.UncheckedIOException if a file cannot be written
     */
    public static ReportFiles fromLog(Path runFolder) {
        Path log = RunFile.LOG.in(runFolder);
        if (!Files.isRegularFile(log)) {
            throw new EventLogException("report: " + runFolder + " is no folder of a run: it has no "
                    + log.getFileName() + ". The results folder's latest.txt names the newest run.");
        }
        RunStatistics statistics = RunStatistics.read(log, MeasureOptions.DEFAULT);
        EarlierSummary earlier = EarlierSummary.in(runFolder);
        return write(
                runFolder,
                statistics,
                new RunOutcome(RunJudge.verdict(statistics), earlier.assertions(), earlier.exitCode()));
    }
}
