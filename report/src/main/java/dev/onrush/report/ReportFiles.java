package dev.onrush.report;

import java.nio.file.Path;

/** The files of one report. */
public record ReportFiles(Path page, Path summary, Path junit) {}
