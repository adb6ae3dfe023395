package dev.onrush.report;

import java.nio.file.Path;
import java.util.List;

import dev.onrush.report.compare.ComparedRuns;

/**
 * What came of a comparison.
 *
 * @param compared all figures
 * @param lines what was found, for a console: a warning if a run is not to be trusted, a summary, what was shown
 * @param gateFailures one line for each difference that is too large for the gate; empty if it holds or there is none
 */
public record ComparisonResult(
        Path page, Path json, ComparedRuns compared, List<String> lines, List<String> gateFailures) {
    private static final int OK = 0;
    private static final int GATE_FAILED = 2;

    public ComparisonResult {
        lines = List.copyOf(lines);
        gateFailures = List.copyOf(gateFailures);
    }

    /** As a process would end: 0, or 2 if the gate failed. */
    public int exitCode() {
        return gateFailures.isEmpty() ? OK : GATE_FAILED;
    }
}
