package dev.onrush.core.measure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.eventlog.MarkKind;
import dev.onrush.core.eventlog.RunHeader;

/** Holds what was seen of a run, added up by name. Several add up to one, with the same result as one that saw all. */
final class RunFold {
    /** Samples kept, so that memory stays bounded whatever a log holds. */
    static final int SAMPLES = 1000;

    private final HistogramBudget budget;
    final SeriesBudget series;
    final SeriesFold startDelaySeries;
    final TimelineFold timeline;
    final GeneratorFold generator;
    final Map<RequestKey, RequestFold> requests = new HashMap<>();
    final Map<RequestKey, GroupFold> groups = new HashMap<>();
    final Map<String, ScenarioFold> scenarios = new LinkedHashMap<>();
    final Map<ErrorKey, Long> stepFailures = new HashMap<>();
    final List<Mark> marks = new ArrayList<>();
    final List<ExchangeSample> samples = new ArrayList<>();
    /** By scenario; empty for an open one. In the order of names, so that sums come out the same however parts were merged. */
    final Map<String, Optional<ClosedFold>> closed = new TreeMap<>();

    private @Nullable RunHeader header;
    private long lastMicros;
    private long endMicros = -1;
    long warmUpEndMicros;

    RunFold(MeasureOptions options) {
        budget = new HistogramBudget(options.fullHistograms());
        series = new SeriesBudget(options.seriesBytes());
        startDelaySeries = series.newSeries(StepSum.KINDS);
        timeline = new TimelineFold(options.timelineCells());
        generator = new GeneratorFold(budget);
    }

    /** The first one counts. */
    void header(@Nullable RunHeader run) {
        if (header == null) {
            header = run;
        }
    }

    /** That of the run; an empty one as long as nothing was told. */
    RunHeader header() {
        RunHeader run = header;
        return run != null ? run : new RunHeader(Map.of());
    }

    /** Something happened then. */
    void seen(long micros) {
        if (micros > lastMicros) {
            lastMicros = micros;
        }
    }

    void ended(long micros) {
        endMicros = Math.max(endMicros, micros);
    }

    /** When the run ended: with its last record if nothing tells. */
    long endMicros() {
        return endMicros >= 0 ? endMicros : lastMicros;
    }

    void mark(MarkKind kind, long micros, String text) {
        marks.add(new Mark(kind, micros, text));
        if (kind == MarkKind.WARM_UP_END) {
            warmUpEndMicros = Math.max(warmUpEndMicros, micros);
        }
    }

    RequestFold request(RequestKey key) {
        return requests.computeIfAbsent(key, any -> new RequestFold(budget, series));
    }

    GroupFold group(RequestKey key) {
        return groups.computeIfAbsent(key, any -> new GroupFold(budget, series));
    }

    ScenarioFold scenario(String name) {
        return scenarios.computeIfAbsent(name, any -> new ScenarioFold(timeline.newScenario()));
    }

    /** What is kept of a closed scenario besides; empty for an open one. */
    Optional<ClosedFold> closed(String scenario) {
        return closed.computeIfAbsent(
                scenario,
                name -> RunHeader.CLOSED.equals(header().get(RunHeader.MODEL_PREFIX + name))
                        ? Optional.of(new ClosedFold(budget))
                        : Optional.empty());
    }

    /**
     * Takes over another one, which is not to be used any more then.
     *
     * @param sideBySide whether it is of another generator, whose connections come on top of ours
     */
    void add(RunFold other, boolean sideBySide) {
        header(other.header);
        seen(other.lastMicros);
        ended(other.endMicros);
        warmUpEndMicros = Math.max(warmUpEndMicros, other.warmUpEndMicros);
        series.coarsenTo(other.series.stepSeconds());
        startDelaySeries.add(other.startDelaySeries);
        other.requests.forEach((key, fold) -> request(key).add(fold));
        other.groups.forEach((key, fold) -> group(key).add(fold));
        int[] columns = new int[other.timeline.scenarios()];
        other.scenarios.forEach((name, fold) -> {
            ScenarioFold mine = scenario(name);
            mine.add(fold);
            if (fold.column < columns.length) {
                columns[fold.column] = mine.column;
            }
        });
        timeline.add(other.timeline, columns, sideBySide);
        other.stepFailures.forEach((key, count) -> stepFailures.merge(key, count, Long::sum));
        other.closed.forEach((name, theirs) -> closed(name).ifPresent(mine -> theirs.ifPresent(mine::add)));
        marks.addAll(other.marks);
        samples.addAll(other.samples);
        generator.add(other.generator);
    }
}
