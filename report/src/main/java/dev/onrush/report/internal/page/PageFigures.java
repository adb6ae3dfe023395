package dev.onrush.report.internal.page;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.measure.Compensated;
import dev.onrush.core.measure.GroupStatistics;
import dev.onrush.core.measure.RequestStatistics;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.core.measure.Times;
import dev.onrush.report.internal.model.GroupFigures;
import dev.onrush.report.internal.model.ReportPercentiles;
import dev.onrush.report.internal.model.TableTree;
import dev.onrush.report.internal.model.TimeFigure;
import dev.onrush.report.internal.model.WorkloadWords;

/** Turns statistics into the figures of the page's table and charts. */
final class PageFigures {
    /** The table's columns of times. */
    static final List<TimeFigure> COLUMNS = List.of(
            TimeFigure.MIN,
            TimeFigure.P50,
            TimeFigure.P75,
            TimeFigure.P95,
            TimeFigure.P99,
            TimeFigure.P99_9,
            TimeFigure.MAX,
            TimeFigure.MEAN,
            TimeFigure.STD_DEV);

    /** Digits of a share or a rate that nobody reads to the last one. */
    private static final int DIGITS = 6;

    private PageFigures() {}

    static PageData of(RunStatistics statistics, List<TableTree.Line> lines) {
        ReportPercentiles percentiles = ReportPercentiles.of(statistics.run().settings());
        List<PageData.TableRow> rows = new ArrayList<>();
        rows.add(request("total", statistics.total(), List.of(), 0));
        Compensated compensated = statistics.total().compensated();
        if (compensated != null) {
            rows.add(compensated(compensated, WorkloadWords.compensatedName(statistics)));
        }
        for (TableTree.Line line : lines) {
            rows.add(row(line, statistics));
        }
        PageData.Axis axis = PageAxis.of(statistics, percentiles);
        return new PageData(
                rows,
                axis,
                PageCells.of(
                        statistics, lines, rows.size() - lines.size(), PageBudget.forCells(statistics, rows, axis)));
    }

    private static PageData.TableRow compensated(Compensated compensated, String name) {
        Times times = compensated.responseTime();
        List<@Nullable Number> counts = nothing(5);
        counts.set(0, times.count());
        return withoutBytes(name, List.of(), 0, "compensated", counts, times);
    }

    private static PageData.TableRow row(TableTree.Line line, RunStatistics statistics) {
        RequestStatistics request = line.request();
        if (request != null) {
            return request("request", request, line.path(), line.depth());
        }
        GroupStatistics group = line.statistics();
        if (group == null) {
            return withoutBytes(line.name(), line.path(), line.depth(), "path", nothing(5), Times.EMPTY);
        }
        return withoutBytes(
                group.name(),
                line.path(),
                line.depth(),
                "group",
                counts(group.total(), group.ok(), group.ko(), GroupFigures.throughput(group, statistics)),
                GroupFigures.times(group, statistics));
    }

    /** What is no request: of it only one time is known. */
    private static PageData.TableRow withoutBytes(
            String name, List<String> path, int depth, String kind, List<@Nullable Number> counts, Times times) {
        return new PageData.TableRow(
                name,
                path,
                depth,
                kind,
                counts,
                millis(times),
                nothing(COLUMNS.size()),
                few(times),
                0,
                null,
                null,
                null);
    }

    private static PageData.TableRow request(String kind, RequestStatistics request, List<String> path, int depth) {
        return new PageData.TableRow(
                request.name(),
                path,
                depth,
                kind,
                counts(request.total(), request.ok(), request.ko(), request.throughput()),
                millis(request.responseTime()),
                millis(request.serviceTime()),
                few(request.responseTime()),
                few(request.serviceTime()),
                request.bytesReceived(),
                request.bytesSent(),
                request.statusCodes());
    }

    private static List<@Nullable Number> counts(long total, long ok, long ko, double throughput) {
        double koPercent = total == 0 ? 0 : 100.0 * ko / total;
        List<@Nullable Number> counts = new ArrayList<>();
        counts.add(total);
        counts.add(ok);
        counts.add(ko);
        counts.add(ShortNumber.of(koPercent, DIGITS));
        counts.add(ShortNumber.of(throughput, DIGITS));
        return counts;
    }

    private static List<@Nullable Number> millis(Times times) {
        List<@Nullable Number> millis = new ArrayList<>();
        for (TimeFigure column : COLUMNS) {
            Double figure = column.millis(times);
            millis.add(figure == null ? null : ShortNumber.of(figure));
        }
        return millis;
    }

    private static int few(Times times) {
        int bits = 0;
        for (int i = 0; i < COLUMNS.size(); i++) {
            bits |= COLUMNS.get(i).tooFew(times) ? 1 << i : 0;
        }
        return bits;
    }

    private static List<@Nullable Number> nothing(int size) {
        List<@Nullable Number> nothing = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            nothing.add(null);
        }
        return nothing;
    }
}
