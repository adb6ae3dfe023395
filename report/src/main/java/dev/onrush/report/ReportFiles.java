package dev.onrush.report;

import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The files of one report.
 *
 * @param folder that they lie in
 * @param written which of them were written; the accessors tell where each file has its place, written or not
 */
public record ReportFiles(Path folder, Set<ReportFile> written) {
    public ReportFiles {
        EnumSet<ReportFile> inOrder = EnumSet.noneOf(ReportFile.class);
        inOrder.addAll(written);
        written = Collections.unmodifiableSet(inOrder);
    }

    /** Those that were written, the page first. */
    public List<Path> all() {
        return written.stream().map(file -> file.in(folder)).toList();
    }

    public Path page() {
        return ReportFile.PAGE.in(folder);
    }

    public Path summary() {
        return ReportFile.SUMMARY.in(folder);
    }

    public Path junit() {
        return ReportFile.JUNIT.in(folder);
    }

    public Path requests() {
        return ReportFile.REQUESTS.in(folder);
    }

    public Path timeline() {
        return ReportFile.TIMELINE.in(folder);
    }

    public Path errors() {
        return ReportFile.ERRORS.in(folder);
    }

    public Path markdown() {
        return ReportFile.MARKDOWN.in(folder);
    }

    public Path histograms() {
        return ReportFile.HISTOGRAMS.in(folder);
    }
}
