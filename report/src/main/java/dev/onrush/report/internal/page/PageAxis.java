package dev.onrush.report.internal.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.eventlog.MarkKind;
import dev.onrush.core.measure.Mark;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.core.measure.TimeCounts;
import dev.onrush.core.measure.TimeStep;
import dev.onrush.core.measure.Timeline;
import dev.onrush.core.measure.Times;
import dev.onrush.report.internal.model.ReportPercentiles;
import dev.onrush.report.internal.text.Printed;

/** The figures of the charts that share the time axis. */
final class PageAxis {
    private static final int MOST_CLASSES = 8;
    /** Digits of a percentile of a step, which is good to 1 %. */
    private static final int DIGITS = 4;

    private static final double[] PERCENTILES = {50, 75, 90, 95, 99, 99.9};

    private final Timeline timeline;
    private final List<TimeStep> steps;
    /** How long each step is whose rates are drawn. */
    private final double[] seconds;

    private PageAxis(RunStatistics statistics) {
        timeline = statistics.timeline();
        steps = timeline.steps();
        seconds = lengths(timeline, statistics.run().durationSeconds());
    }

    /**
     * The run ends within its last step. What is left of that step, if it is less than half of one, is drawn with the step before: a rate
     * of so short a time would look like a drop or a peak. A run of less than half a step is taken for half a step.
     */
    private static double[] lengths(Timeline timeline, double duration) {
        double step = timeline.stepSeconds();
        int last = timeline.steps().size() - 1;
        double rest = Math.min(step, duration - timeline.steps().get(last).fromSeconds());
        boolean joined = last > 0 && rest < step / 2;
        double[] lengths = new double[joined ? last : last + 1];
        Arrays.fill(lengths, step);
        lengths[lengths.length - 1] = joined ? step + Math.max(0, rest) : Math.max(step / 2, rest);
        return lengths;
    }

    /** Null without a single step. */
    static PageData.@Nullable Axis of(RunStatistics statistics, ReportPercentiles percentiles) {
        return statistics.timeline().steps().isEmpty() ? null : new PageAxis(statistics).axis(percentiles);
    }

    private PageData.Axis axis(ReportPercentiles reported) {
        List<ReportPercentiles.Percentile> percentiles = percentiles(reported);
        List<Times> service = decoded(TimeStep::serviceTime);
        List<Times> delay = decoded(TimeStep::startDelay);
        List<PageData.Line> delays = new ArrayList<>(lines(
                percentiles.stream()
                        .filter(percentile -> percentile.value() == 50 || percentile.value() == 99)
                        .toList(),
                delay));
        delays.add(new PageData.Line("max", max(delay)));
        List<Times> response = steps.stream().map(TimeStep::responseTime).toList();
        return new PageData.Axis(
                timeline.stepSeconds(),
                steps.stream().map(TimeStep::fromSeconds).toList(),
                steps.stream().map(TimeStep::activeUsers).toList(),
                scenarios(),
                perSecond(TimeStep::usersDue),
                perSecond(TimeStep::usersStarted),
                perSecond(TimeStep::ok),
                perSecond(TimeStep::ko),
                perSecond(TimeStep::bytesReceived),
                perSecond(TimeStep::bytesSent),
                connections(),
                lines(percentiles, response),
                max(response),
                lines(percentiles, service),
                delays,
                errors(),
                marks());
    }

    /** Those that everybody looks for, and those that the report was asked for. */
    private static List<ReportPercentiles.Percentile> percentiles(ReportPercentiles reported) {
        Map<Double, ReportPercentiles.Percentile> all = new TreeMap<>();
        for (double value : PERCENTILES) {
            all.put(value, new ReportPercentiles.Percentile(value, "p" + ShortNumber.of(value)));
        }
        reported.all().forEach(percentile -> all.put(percentile.value(), percentile));
        return List.copyOf(all.values());
    }

    private List<Times> decoded(Function<TimeStep, TimeCounts> kind) {
        return steps.stream().map(kind).map(TimeCounts::times).toList();
    }

    private static List<PageData.Line> lines(List<ReportPercentiles.Percentile> percentiles, List<Times> times) {
        List<PageData.Line> lines = new ArrayList<>();
        for (ReportPercentiles.Percentile percentile : percentiles) {
            List<@Nullable Number> values = new ArrayList<>();
            for (Times step : times) {
                values.add(
                        step.isEmpty()
                                ? null
                                : ShortNumber.of(step.percentileMicros(percentile.value()) / 1000.0, DIGITS));
            }
            lines.add(new PageData.Line(percentile.label(), values));
        }
        return lines;
    }

    private static List<@Nullable Number> max(List<Times> times) {
        List<@Nullable Number> values = new ArrayList<>();
        for (Times step : times) {
            values.add(step.isEmpty() ? null : ShortNumber.of(step.maxMicros() / 1000.0));
        }
        return values;
    }

    /** Null for a last step that is drawn with the one before. */
    private List<@Nullable Number> perSecond(ToLongFunction<TimeStep> count) {
        List<@Nullable Number> values = new ArrayList<>();
        for (int i = 0; i < seconds.length; i++) {
            long counted = count.applyAsLong(steps.get(i));
            if (i == seconds.length - 1 && seconds.length < steps.size()) {
                counted += count.applyAsLong(steps.get(i + 1));
            }
            values.add(ShortNumber.of(Math.round(counted / seconds[i] * 100) / 100.0));
        }
        if (seconds.length < steps.size()) {
            values.add(null);
        }
        return values;
    }

    private List<PageData.Line> scenarios() {
        List<PageData.Line> lines = new ArrayList<>();
        for (int i = 0; i < timeline.scenarios().size(); i++) {
            List<@Nullable Number> values = new ArrayList<>();
            for (TimeStep step : steps) {
                List<Long> active = step.activeByScenario();
                values.add(i < active.size() ? active.get(i) : 0L);
            }
            lines.add(new PageData.Line(timeline.scenarios().get(i), values));
        }
        return lines;
    }

    private List<@Nullable Number> connections() {
        List<@Nullable Number> values = new ArrayList<>();
        for (TimeStep step : steps) {
            long open = step.health().openConnections();
            values.add(open < 0 ? null : (Number) open);
        }
        return values;
    }

    /** The most frequent classes first; all others together. */
    private List<PageData.Line> errors() {
        Map<String, Long> counts = new TreeMap<>();
        steps.forEach(step -> step.errors().forEach((name, count) -> counts.merge(name, count, Long::sum)));
        List<String> classes = counts.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<String, Long> entry) -> -entry.getValue())
                        .thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getKey)
                .toList();
        List<String> shown = classes.subList(0, Math.min(MOST_CLASSES, classes.size()));
        List<PageData.Line> lines = new ArrayList<>();
        for (String name : shown) {
            lines.add(errors(name, List.of(name)));
        }
        if (shown.size() < classes.size()) {
            lines.add(errors("other", classes.subList(shown.size(), classes.size())));
        }
        return lines;
    }

    private PageData.Line errors(String name, List<String> classes) {
        return new PageData.Line(
                name,
                perSecond(step -> classes.stream()
                        .mapToLong(one -> step.errors().getOrDefault(one, 0L))
                        .sum()));
    }

    /** What the log marks, and each step in which a thread of the generator stood still, in the order of time. */
    private List<PageData.MarkAt> marks() {
        Stream<PageData.MarkAt> stalls = steps.stream()
                .filter(step -> step.health().stallMicros() > 0)
                .map(step -> new PageData.MarkAt(
                        step.fromSeconds(),
                        words(MarkKind.STALL),
                        "the generator stood still for "
                                + Printed.time(step.health().stallMicros() / 1000.0)));
        return Stream.concat(timeline.marks().stream().map(PageAxis::mark), stalls)
                .sorted(Comparator.comparingDouble(PageData.MarkAt::at))
                .toList();
    }

    private static PageData.MarkAt mark(Mark mark) {
        return new PageData.MarkAt(mark.atMicros() / 1e6, words(mark.kind()), mark.text());
    }

    private static String words(MarkKind kind) {
        return switch (kind) {
            case LOAD_CHANGE -> "load change";
            case STOP -> "stop";
            case WARM_UP_END -> "end of warm-up";
            case STALL -> "stall";
            case NOTE -> "note";
        };
    }
}
