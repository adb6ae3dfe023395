package dev.onrush.report;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** What the page's scripts read: the figures of table and charts. Names are short because they occur often. */
record PageData(
        List<TableRow> rows, @Nullable Axis axis, @Nullable Spread spread) {
    /**
     * Figures of one line of the table.
     *
     * @param counts count, OK, KO, KO %, throughput
     * @param response milliseconds in the order of the columns, null where nothing was measured
     * @param service the same
     * @param responseFew bit i: too few samples for column i
     */
    record TableRow(
            String name,
            List<String> group,
            int depth,
            List<@Nullable Double> counts,
            List<@Nullable Double> response,
            List<@Nullable Double> service,
            int responseFew,
            int serviceFew) {}

    /**
     * Everything over time: one figure for each step.
     *
     * @param from when each step begins, seconds since the run began
     * @param started users per second
     * @param ok requests per second
     */
    record Axis(
            int step,
            List<Long> from,
            List<Long> active,
            List<Line> scenarios,
            List<Double> started,
            List<Double> ok,
            List<Double> ko,
            List<Line> percentiles,
            List<@Nullable Double> max,
            List<MarkAt> marks) {}

    record Line(String name, List<@Nullable Double> values) {}

    record MarkAt(double at, String kind, String text) {}

    /**
     * How response times are spread.
     *
     * @param edges of the bins, milliseconds, one more than bins
     * @param percentiles where the report's percentiles lie
     */
    record Spread(List<Double> edges, List<Long> ok, List<Long> ko, List<PercentileAt> percentiles) {}

    record PercentileAt(String name, double millis) {}
}
