package dev.onrush.report.internal.page;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** What the page's scripts read: the figures of table and charts. Names are short because they occur often. */
record PageData(
        List<TableRow> rows, @Nullable Axis axis, @Nullable Cells cells) {
    /**
     * Figures of one line of the table, of the whole run.
     *
     * @param kind {@code total}, {@code compensated}, {@code request}, {@code group}, or {@code path} of a group nobody has left
     * @param counts count, OK, KO, KO %, throughput
     * @param response milliseconds in the order of the columns, null where nothing was measured
     * @param service the same
     * @param responseFew bit i: too few samples for column i
     * @param statusCodes how often each came
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record TableRow(
            String name,
            List<String> group,
            int depth,
            String kind,
            List<@Nullable Number> counts,
            List<@Nullable Number> response,
            List<@Nullable Number> service,
            int responseFew,
            int serviceFew,
            @Nullable Long bytesReceived,
            @Nullable Long bytesSent,
            @Nullable Map<Integer, Long> statusCodes) {}

    /**
     * Everything over time, warm-up included: one figure for each step, null where nothing is known.
     *
     * @param step seconds
     * @param from when each step begins, seconds since the run began
     * @param wanted users that were due, per second
     * @param started users per second
     * @param ok requests per second
     * @param received bytes per second
     * @param percentiles of the response time
     * @param errors KO per second by class, the most frequent classes
     */
    record Axis(
            int step,
            List<Long> from,
            List<Long> active,
            List<Line> scenarios,
            List<@Nullable Number> wanted,
            List<@Nullable Number> started,
            List<@Nullable Number> ok,
            List<@Nullable Number> ko,
            List<@Nullable Number> received,
            List<@Nullable Number> sent,
            List<@Nullable Number> connections,
            List<Line> percentiles,
            List<@Nullable Number> max,
            List<Line> service,
            List<Line> delay,
            List<Line> errors,
            List<MarkAt> marks) {}

    record Line(String name, List<@Nullable Number> values) {}

    record MarkAt(double at, String kind, String text) {}

    /**
     * What the figures of a time window are computed from: those of each step, without warm-up, so that all steps together are the
     * whole run.
     *
     * @param step seconds, a multiple of the axis' step
     * @param count of steps
     * @param perDoubling how many buckets there are for each doubling of a time
     * @param leftOut what is missing so that the page stays small, in words
     * @param times how many bytes the packs of times take, unpacked
     * @param packed these and, behind them, {@link CellFigures} as JSON: see {@link CellsBlock}
     */
    record Cells(int step, int count, int perDoubling, List<String> leftOut, int times, String packed) {}

    record CellFigures(List<RowCells> rows, List<ErrorCells> errors, UserCells users) {}

    /**
     * One line of the table; what is zero everywhere is left out. Of times it is told where the packs of all steps begin, each
     * behind its length in bytes.
     *
     * @param row its index in {@link PageData#rows}
     * @param status by code
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RowCells(
            int row,
            @Nullable List<Long> ok,
            @Nullable List<Long> ko,
            @Nullable List<Long> received,
            @Nullable List<Long> sent,
            @Nullable Integer okTimes,
            @Nullable Integer koTimes,
            @Nullable Integer service,
            @Nullable Integer delay,
            @Nullable Map<Integer, List<Long>> status) {}

    /** One line of the table of errors. */
    record ErrorCells(int row, List<Long> counts) {}

    /** {@code started} in each step, {@code active} at its end. */
    record UserCells(List<Long> started, List<Long> active) {}
}
