package dev.onrush.report;

import java.nio.file.Path;

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
}
