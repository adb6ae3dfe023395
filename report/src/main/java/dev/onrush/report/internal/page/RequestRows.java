package dev.onrush.report.internal.page;

import java.util.ArrayList;
import java.util.List;

import dev.onrush.core.measure.Compensated;
import dev.onrush.core.measure.GroupStatistics;
import dev.onrush.core.measure.RequestStatistics;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.core.measure.Times;
import dev.onrush.report.internal.model.GroupFigures;
import dev.onrush.report.internal.model.TableTree;
import dev.onrush.report.internal.model.TimeFigure;
import dev.onrush.report.internal.model.WorkloadWords;
import dev.onrush.report.internal.text.Printed;

/** The lines of the table of requests, as text. */
final class RequestRows {
    private RequestRows() {}

    static List<PageModel.Row> of(RunStatistics statistics, List<TableTree.Line> lines) {
        List<PageModel.Row> rows = new ArrayList<>();
        RequestStatistics total = statistics.total();
        rows.add(row("total", 0, total.name(), "", total));
        Compensated compensated = total.compensated();
        if (compensated != null) {
            rows.add(new PageModel.Row(
                    "compensated",
                    0,
                    WorkloadWords.compensatedName(statistics),
                    WorkloadWords.compensation(compensated),
                    List.of(Printed.count(compensated.responseTime().count()), "", "", "", ""),
                    false,
                    cells(compensated.responseTime())));
        }
        for (TableTree.Line line : lines) {
            RequestStatistics request = line.request();
            GroupStatistics group = line.statistics();
            if (request != null) {
                rows.add(row("request", line.depth(), request.name(), "", request));
            } else if (group != null) {
                rows.add(new PageModel.Row(
                        "group",
                        line.depth(),
                        line.name(),
                        groupNote(group, statistics),
                        counts(group.total(), group.ok(), group.ko(), GroupFigures.throughput(group, statistics)),
                        group.ko() > 0,
                        cells(GroupFigures.times(group, statistics))));
            } else {
                rows.add(new PageModel.Row(
                        "group",
                        line.depth(),
                        line.name(),
                        "group, never left",
                        List.of("", "", "", "", ""),
                        false,
                        cells(Times.EMPTY)));
            }
        }
        return rows;
    }

    /** Which of a group's two times stands in the line, and what the other one is. */
    private static String groupNote(GroupStatistics group, RunStatistics statistics) {
        boolean usesDuration = GroupFigures.usesDuration(statistics);
        Times other = usesDuration ? group.cumulated() : group.duration();
        return (usesDuration
                        ? "group, duration; cumulated, without pauses: "
                        : "group, cumulated; duration, with pauses: ")
                + "p50 " + Printed.time(TimeFigure.P50.millis(other))
                + ", p95 " + Printed.time(TimeFigure.P95.millis(other))
                + ", max " + Printed.time(TimeFigure.MAX.millis(other));
    }

    private static PageModel.Row row(String kind, int depth, String name, String note, RequestStatistics request) {
        return new PageModel.Row(
                kind,
                depth,
                name,
                note,
                counts(request.total(), request.ok(), request.ko(), request.throughput()),
                request.ko() > 0,
                cells(request.responseTime()));
    }

    private static List<String> counts(long total, long ok, long ko, double throughput) {
        return List.of(
                Printed.count(total),
                Printed.count(ok),
                Printed.count(ko),
                total == 0 ? Printed.NOTHING : Printed.percent(100.0 * ko / total),
                Printed.perSecond(throughput));
    }

    private static List<PageModel.TimeCell> cells(Times times) {
        return PageFigures.COLUMNS.stream()
                .map(column -> new PageModel.TimeCell(Printed.millis(column.millis(times)), column.tooFew(times)))
                .toList();
    }
}
