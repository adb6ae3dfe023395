package dev.onrush.report;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.eventlog.MarkKind;
import dev.onrush.core.measure.Compensated;
import dev.onrush.core.measure.GroupStatistics;
import dev.onrush.core.measure.RequestStatistics;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.core.measure.TimeStep;
import dev.onrush.core.measure.Timeline;
import dev.onrush.core.measure.Times;
import dev.onrush.core.setting.Setting;

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

    private PageFigures() {}

    static PageData of(RunStatistics statistics, List<TableTree.Line> lines) {
        ReportPercentiles percentiles = ReportPercentiles.of(statistics.run().settings());
        List<PageData.TableRow> rows = new ArrayList<>();
        rows.add(request(statistics.total(), List.of(), 0));
        Compensated compensated = statistics.total().compensated();
        if (compensated != null) {
            rows.add(compensated(compensated, WorkloadWords.compensatedName(statistics)));
        }
        for (TableTree.Line line : lines) {
            rows.add(row(line, statistics));
        }
        return new PageData(rows, axis(statistics, percentiles), SpreadOfTimes.of(statistics.total(), percentiles));
    }

    /** The time that stands for a group: what its requests took, or how long users were in it, as the setting says. */
    static Times groupTimes(GroupStatistics group, RunStatistics statistics) {
        return usesDuration(statistics) ? group.duration() : group.cumulated();
    }

    static boolean usesDuration(RunStatistics statistics) {
        return Boolean.parseBoolean(statistics
                .run()
                .settings()
                .getOrDefault(Setting.GROUP_DURATION.key(), Setting.GROUP_DURATION.defaultText()));
    }

    private static PageData.TableRow compensated(Compensated compensated, String name) {
        Times times = compensated.responseTime();
        List<@Nullable Double> counts = nothing(5);
        counts.set(0, (double) times.count());
        return new PageData.TableRow(name, List.of(), 0, counts, millis(times), nothing(COLUMNS.size()), few(times), 0);
    }

    private static PageData.TableRow row(TableTree.Line line, RunStatistics statistics) {
        RequestStatistics request = line.request();
        if (request != null) {
            return request(request, line.path(), line.depth());
        }
        GroupStatistics group = line.statistics();
        if (group == null) {
            return new PageData.TableRow(
                    line.name(),
                    line.path(),
                    line.depth(),
                    nothing(5),
                    nothing(COLUMNS.size()),
                    nothing(COLUMNS.size()),
                    0,
                    0);
        }
        Times times = groupTimes(group, statistics);
        double perSecond = groupThroughput(group, statistics);
        return new PageData.TableRow(
                group.name(),
                line.path(),
                line.depth(),
                counts(group.total(), group.ok(), group.ko(), perSecond),
                millis(times),
                nothing(COLUMNS.size()),
                few(times),
                0);
    }

    static double groupThroughput(GroupStatistics group, RunStatistics statistics) {
        double seconds = statistics.run().measuredSeconds();
        return seconds > 0 ? group.total() / seconds : 0;
    }

    private static PageData.TableRow request(RequestStatistics request, List<String> path, int depth) {
        return new PageData.TableRow(
                request.name(),
                path,
                depth,
                counts(request.total(), request.ok(), request.ko(), request.throughput()),
                millis(request.responseTime()),
                millis(request.serviceTime()),
                few(request.responseTime()),
                few(request.serviceTime()));
    }

    private static List<@Nullable Double> counts(long total, long ok, long ko, double throughput) {
        double koPercent = total == 0 ? 0 : 100.0 * ko / total;
        List<@Nullable Double> counts = new ArrayList<>();
        counts.add((double) total);
        counts.add((double) ok);
        counts.add((double) ko);
        counts.add(koPercent);
        counts.add(throughput);
        return counts;
    }

    private static List<@Nullable Double> millis(Times times) {
        List<@Nullable Double> millis = new ArrayList<>();
        COLUMNS.forEach(column -> millis.add(column.millis(times)));
        return millis;
    }

    private static int few(Times times) {
        int bits = 0;
        for (int i = 0; i < COLUMNS.size(); i++) {
            bits |= COLUMNS.get(i).tooFew(times) ? 1 << i : 0;
        }
        return bits;
    }

    private static List<@Nullable Double> nothing(int size) {
        List<@Nullable Double> nothing = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            nothing.add(null);
        }
        return nothing;
    }

    private static PageData.@Nullable Axis axis(RunStatistics statistics, ReportPercentiles percentiles) {
        Timeline timeline = statistics.timeline();
        if (timeline.steps().isEmpty()) {
            return null;
        }
        List<Long> from = new ArrayList<>();
        List<Long> active = new ArrayList<>();
        List<Double> started = new ArrayList<>();
        List<Double> ok = new ArrayList<>();
        List<Double> ko = new ArrayList<>();
        List<@Nullable Double> max = new ArrayList<>();
        for (TimeStep step : timeline.steps()) {
            double seconds = coveredSeconds(step, timeline, statistics.run().durationSeconds());
            from.add(step.fromSeconds());
            active.add(step.activeUsers());
            started.add(rounded(step.usersStarted() / seconds));
            ok.add(rounded(step.ok() / seconds));
            ko.add(rounded(step.ko() / seconds));
            max.add(TimeFigure.MAX.millis(step.responseTime()));
        }
        return new PageData.Axis(
                timeline.stepSeconds(),
                from,
                active,
                scenarios(timeline),
                started,
                ok,
                ko,
                percentiles(timeline, percentiles),
                max,
                timeline.marks().stream()
                        .map(mark -> new PageData.MarkAt(mark.atMicros() / 1e6, words(mark.kind()), mark.text()))
                        .toList());
    }

    /** How much of a step the run covers: the last one is often cut short, and would look like a drop. */
    private static double coveredSeconds(TimeStep step, Timeline timeline, double durationSeconds) {
        double covered = durationSeconds - step.fromSeconds();
        return Math.max(timeline.stepSeconds() / 2.0, Math.min(timeline.stepSeconds(), covered));
    }

    private static List<PageData.Line> scenarios(Timeline timeline) {
        List<PageData.Line> lines = new ArrayList<>();
        for (int i = 0; i < timeline.scenarios().size(); i++) {
            List<@Nullable Double> values = new ArrayList<>();
            for (TimeStep step : timeline.steps()) {
                List<Long> active = step.activeByScenario();
                values.add(i < active.size() ? Double.valueOf(active.get(i)) : Double.valueOf(0));
            }
            lines.add(new PageData.Line(timeline.scenarios().get(i), values));
        }
        return lines;
    }

    private static List<PageData.Line> percentiles(Timeline timeline, ReportPercentiles percentiles) {
        List<PageData.Line> lines = new ArrayList<>();
        for (ReportPercentiles.Percentile percentile : percentiles.all()) {
            List<@Nullable Double> values = new ArrayList<>();
            for (TimeStep step : timeline.steps()) {
                Times times = step.responseTime();
                values.add(times.isEmpty() ? null : times.percentileMicros(percentile.value()) / 1000.0);
            }
            lines.add(new PageData.Line(percentile.label(), values));
        }
        return lines;
    }

    private static String words(MarkKind kind) {
        return switch (kind) {
            case LOAD_CHANGE -> "load change";
            case STOP -> "stop";
            case WARM_UP_END -> "end of warm-up";
            case STALL -> "stall of the generator";
            case NOTE -> "note";
        };
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
