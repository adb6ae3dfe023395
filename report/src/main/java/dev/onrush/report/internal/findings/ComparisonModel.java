package dev.onrush.report.internal.findings;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.onrush.report.compare.Overlay;
import dev.onrush.report.internal.html.Statement;

/** What the page of a comparison shows, in its order. Texts are as they came and are escaped where they are written. */
record ComparisonModel(
        String simulation,
        String sides,
        Statement trust,
        List<UntrustedRun> untrusted,
        Statement found,
        List<String> gateFailures,
        String gate,
        List<String> remarks,
        List<Run> runs,
        List<OtherChanges.Change> changes,
        List<String> figures,
        List<Line> lines,
        List<Row> rows,
        List<Omitted> notCompared,
        String method,
        String version) {
    record UntrustedRun(String side, String run, String verdict, List<String> reasons) {}

    record Run(
            String side,
            String run,
            String start,
            String measured,
            String requests,
            String ko,
            String tone,
            String verdict,
            String description) {}

    /** A request in the matrix; {@code at} is its place among the overlays. */
    record Line(int at, String name, String counts, String throughput, List<Cell> cells) {}

    record Cell(String tone, String text, String words) {}

    /** One difference in the table; {@code order} are the figures its columns sort by. */
    record Row(
            int at,
            String name,
            String figure,
            String baseline,
            String candidate,
            String difference,
            String interval,
            String judgement,
            String tone,
            String shift,
            List<@Nullable Double> order) {}

    record Omitted(String name, String reason) {}

    /** What the scripts read. */
    record Data(List<Double> spectrum, List<Chart> charts) {}

    record Chart(String name, Overlay.Lines baseline, Overlay.Lines candidate) {}
}
