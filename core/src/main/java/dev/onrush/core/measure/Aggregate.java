package dev.onrush.core.measure;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntFunction;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.eventlog.DropReason;
import dev.onrush.core.eventlog.FailedExchange;
import dev.onrush.core.eventlog.HealthSample;
import dev.onrush.core.eventlog.HeldPlace;
import dev.onrush.core.eventlog.LogListener;
import dev.onrush.core.eventlog.LogTotals;
import dev.onrush.core.eventlog.MarkKind;
import dev.onrush.core.eventlog.NameTable;
import dev.onrush.core.eventlog.ReadSummary;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.core.eventlog.RunHeader;
import dev.onrush.core.eventlog.UserEnd;

/**
 * Folds the records of a run into its statistics. Takes them from a file or, as a listener, from a log that is being written;
 * several can be merged, with the same result as one that saw all. Memory depends on names and on the budget, not on the
 * length of the run. Not thread-safe.
 */
public final class Aggregate implements LogListener {
    private static final long STEADY_MICROS = 2_000_000;
    /** Samples kept, so that memory stays bounded whatever a log holds. */
    private static final int SAMPLES = 1000;

    private final HistogramBudget budget;
    private final SeriesBudget series;
    private final SeriesFold startDelaySeries;
    private final TimelineFold timeline;
    private final Map<RequestKey, RequestFold> requests = new HashMap<>();
    private final Map<RequestKey, GroupFold> groups = new HashMap<>();
    private final Map<String, ScenarioFold> scenarios = new LinkedHashMap<>();
    private final Map<ErrorKey, Long> stepFailures = new HashMap<>();
    private final List<Mark> marks = new ArrayList<>();
    private final List<ExchangeSample> samples = new ArrayList<>();
    private final GeneratorFold generator;
    /** By scenario; empty for an open one. In the order of names, so that sums come out the same however parts were merged. */
    private final Map<String, Optional<ClosedFold>> closed = new TreeMap<>();

    private final NumberedFolds<RequestFold> requestsByNumber = new NumberedFolds<>();
    private final NumberedFolds<GroupFold> groupsByNumber = new NumberedFolds<>();
    private final NumberedFolds<ScenarioFold> scenariosByNumber = new NumberedFolds<>();
    private final NumberedFolds<ErrorKey> errorsByNumber = new NumberedFolds<>();
    private final NumberedFolds<Optional<ClosedFold>> closedByNumber = new NumberedFolds<>();
    private final IntFunction<RequestKey> requestKeys = this::requestKey;

    private @Nullable RunHeader header;
    private @Nullable NameTable names;
    private long lastMicros;
    private long endMicros = -1;
    private long warmUpEndMicros;

    public Aggregate(MeasureOptions options) {
        budget = new HistogramBudget(options.fullHistograms());
        series = new SeriesBudget(options.seriesBytes());
        startDelaySeries = series.newSeries();
        timeline = new TimelineFold(options.timelineCells());
        generator = new GeneratorFold(budget);
    }

    @Override
    public void run(RunHeader run, NameTable table) {
        if (header == null) {
            header = run;
        }
        names = table;
        requestsByNumber.clear();
        groupsByNumber.clear();
        scenariosByNumber.clear();
        errorsByNumber.clear();
        closedByNumber.clear();
        closed.values().forEach(fold -> fold.ifPresent(ClosedFold::forgetNumbers));
    }

    @Override
    public void userStart(long userId, int scenario, long intendedStartNanos, long actualStartNanos) {
        long micros = seen(actualStartNanos);
        ScenarioFold fold = scenario(scenario);
        fold.start(intendedStartNanos / 1000);
        generator.circumstances.userStarted(intendedStartNanos, actualStartNanos);
        timeline.usersDue(intendedStartNanos / 1000, 1);
        timeline.userStart(fold.column, micros);
        ClosedFold present = closed(scenario);
        if (present != null) {
            present.userStart(micros);
        }
    }

    @Override
    public void userEnd(long userId, int scenario, long endNanos, UserEnd reason) {
        long micros = seen(endNanos);
        ScenarioFold fold = scenario(scenario);
        fold.end(reason);
        timeline.userEnd(fold.column, micros);
        ClosedFold present = closed(scenario);
        if (present != null) {
            present.userEnd(micros);
        }
    }

    @Override
    public void usersDropped(int scenario, long atNanos, long count, DropReason reason) {
        long micros = seen(atNanos);
        scenario(scenario).drop(micros, count, reason);
        timeline.usersDue(micros, count);
        if (reason == DropReason.USER_CAP) {
            generator.circumstances.usersDropped(micros);
        }
    }

    @Override
    public void request(RequestSample sample) {
        long micros = seen(sample.endNanos);
        if (sample.silent) {
            if (!sample.attempt && sample.outcome <= RequestSample.KO) {
                generator.silentRequests++;
            }
            return;
        }
        RequestFold fold = requestFold(sample.request);
        if (sample.attempt) {
            fold.attempts++;
            fold.firstMicros = Math.min(fold.firstMicros, micros);
            return;
        }
        if (sample.outcome <= RequestSample.UNFINISHED) {
            ClosedFold present = closed(sample.scenario);
            if (present != null) {
                present.request(sample, requestKeys);
            }
        }
        if (sample.outcome <= RequestSample.KO) {
            timeline.request(micros, sample);
            if (sample.outcome == RequestSample.KO) {
                timeline.error(micros, error(sample.error).errorClass());
            }
        }
        if (sample.warmUp) {
            return;
        }
        fold.firstMicros = Math.min(fold.firstMicros, micros);
        switch (sample.outcome) {
            case RequestSample.OK, RequestSample.KO -> {
                fold.add(sample);
                if (sample.hasDuration()) {
                    startDelaySeries.at(micros);
                    startDelaySeries.time(RequestWindow.START_DELAY, sample.startDelayMicros());
                }
                generator.throttle.add(sample.throttleWaitNanos);
                if (sample.hasDuration() && sample.actualStartNanos / 1000 >= STEADY_MICROS) {
                    generator.steadyStartDelay.add(sample.startDelayMicros());
                    generator.circumstances.started(sample.actualStartNanos / 1000, sample.startDelayMicros());
                }
                if (sample.outcome == RequestSample.KO) {
                    ErrorKey error = error(sample.error);
                    fold.error(error, micros);
                    if (error.errorClass().startsWith("local.")) {
                        generator.localFailures++;
                        generator.circumstances.localFailure(micros);
                    }
                }
            }
            case RequestSample.UNFINISHED -> fold.unfinished();
            default -> fold.notSent(error(sample.error).errorClass());
        }
    }

    @Override
    public void groupEnd(
            long userId,
            int scenario,
            int group,
            long startNanos,
            long endNanos,
            long cumulatedNanos,
            boolean ok,
            boolean warmUp) {
        long micros = seen(endNanos);
        if (!warmUp) {
            GroupFold fold = groupsByNumber.get(group, this::newGroup);
            fold.add(startNanos / 1000, micros - startNanos / 1000, cumulatedNanos / 1000, ok);
        }
    }

    @Override
    public void stepFailure(long userId, int scenario, long atNanos, int error) {
        seen(atNanos);
        stepFailures.merge(error(error), 1L, Long::sum);
    }

    @Override
    public void failedExchange(FailedExchange exchange) {
        long micros = seen(exchange.atNanos());
        if (samples.size() < SAMPLES) {
            NameTable table = names();
            ErrorKey error = error(exchange.error());
            samples.add(new ExchangeSample(
                    table.groupPath(table.groupOfRequest(exchange.request())),
                    table.requestName(exchange.request()),
                    error.errorClass(),
                    error.message(),
                    exchange.userId(),
                    exchange.status(),
                    micros,
                    exchange.text()));
        }
    }

    @Override
    public void health(HealthSample sample) {
        timeline.health(seen(sample.atNanos)).add(sample);
        generator.health(sample);
    }

    @Override
    public void heldThread(HeldPlace held, long atNanos) {
        seen(atNanos);
        generator.circumstances.held(held);
    }

    @Override
    public void mark(MarkKind kind, long atNanos, String text) {
        long micros = seen(atNanos);
        marks.add(new Mark(kind, micros, text));
        if (kind == MarkKind.WARM_UP_END) {
            warmUpEndMicros = Math.max(warmUpEndMicros, micros);
        }
    }

    @Override
    public void runEnd(long atNanos, @Nullable LogTotals totals, long namesFolded) {
        endMicros = Math.max(endMicros, atNanos / 1000);
        generator.runEnd(totals, namesFolded);
    }

    /** Notes how well the log could be read. */
    public void noteReading(ReadSummary summary) {
        generator.reading(summary);
    }

    /** Takes over what another one has seen, which is not to be used any more then. */
    public void merge(Aggregate other) {
        if (header == null) {
            header = other.header;
        }
        lastMicros = Math.max(lastMicros, other.lastMicros);
        endMicros = Math.max(endMicros, other.endMicros);
        warmUpEndMicros = Math.max(warmUpEndMicros, other.warmUpEndMicros);
        series.coarsenTo(other.series.stepSeconds());
        startDelaySeries.add(other.startDelaySeries);
        other.requests.forEach((key, fold) -> requests.computeIfAbsent(key, any -> new RequestFold(budget, series))
                .add(fold));
        other.groups.forEach((key, fold) -> groups.computeIfAbsent(key, any -> new GroupFold(budget, series))
                .add(fold));
        int[] columns = new int[other.timeline.scenarios()];
        other.scenarios.forEach((name, fold) -> {
            ScenarioFold mine = scenario(name);
            mine.add(fold);
            if (fold.column < columns.length) {
                columns[fold.column] = mine.column;
            }
        });
        timeline.add(other.timeline, columns);
        other.stepFailures.forEach((key, count) -> stepFailures.merge(key, count, Long::sum));
        other.closed.forEach((name, theirs) -> closed(name).ifPresent(mine -> theirs.ifPresent(mine::add)));
        marks.addAll(other.marks);
        samples.addAll(other.samples);
        generator.add(other.generator);
    }

    /** The statistics of all that was handed over so far. */
    public RunStatistics statistics() {
        long end = endMicros >= 0 ? endMicros : lastMicros;
        double measuredSeconds = Math.max(0, end - warmUpEndMicros) / 1e6;
        Map<RequestKey, Compensation> compensations = new HashMap<>();
        Compensation allCompensated = new Compensation();
        closed.values()
                .forEach(scenario -> scenario.ifPresent(fold -> fold.compensate(end, compensations, allCompensated)));
        series.settle(end);
        int steps = series.stepsUntil(end);
        SeriesBudget sums = series.unlimited();
        RequestFold all = new RequestFold(new HistogramBudget(4), sums);
        List<StepSeries<RequestWindow>> parts = new ArrayList<>();
        parts.add(startDelaySeries.series(steps, RequestWindow::of));
        List<RequestStatistics> requestStatistics = new ArrayList<>();
        requests.entrySet().stream()
                .filter(entry -> entry.getValue().firstMicros != Long.MAX_VALUE)
                .sorted(firstSeen(fold -> fold.firstMicros))
                .forEach(entry -> {
                    all.addWithoutSeries(entry.getValue());
                    StepSeries<RequestWindow> part = entry.getValue().series(steps);
                    parts.add(part);
                    requestStatistics.add(entry.getValue()
                            .statistics(
                                    entry.getKey(),
                                    measuredSeconds,
                                    compensated(compensations.get(entry.getKey())),
                                    part));
                });
        RequestStatistics total = all.statistics(
                new RequestKey(List.of(), "All requests"),
                measuredSeconds,
                compensations.isEmpty() ? null : allCompensated.compensated(),
                StepSeries.sum(series.stepSeconds(), steps, parts, RequestWindow::of));

        List<GroupStatistics> groupStatistics = new ArrayList<>();
        groups.entrySet().stream()
                .sorted(firstSeen(fold -> fold.firstMicros))
                .forEach(entry -> groupStatistics.add(entry.getValue().statistics(entry.getKey(), steps)));

        List<Map.Entry<String, ScenarioFold>> inOrder = scenarios.entrySet().stream()
                .sorted(Comparator.comparingLong(
                                (Map.Entry<String, ScenarioFold> entry) -> entry.getValue().firstMicros)
                        .thenComparing(Map.Entry::getKey))
                .toList();
        List<ScenarioUsers> scenarioUsers = inOrder.stream()
                .map(entry -> new ScenarioUsers(entry.getKey(), entry.getValue().counts()))
                .toList();

        return new RunStatistics(
                runInfo(end, measuredSeconds),
                allUsers(scenarioUsers),
                scenarioUsers,
                total,
                requestStatistics,
                groupStatistics,
                timeline(end, inOrder),
                generator.statistics(
                        total.startDelay(),
                        total.attempts(),
                        stepFailures.values().stream()
                                .mapToLong(Long::longValue)
                                .sum(),
                        timeline.touchedByStalls(),
                        clamped(),
                        header == null || !"false".equals(header.get(RunHeader.TLS_VERIFICATION))),
                errors(sums, steps),
                failures(),
                samples.stream()
                        .sorted(Comparator.comparingLong(ExchangeSample::atMicros)
                                .thenComparingLong(ExchangeSample::userId))
                        .limit(SAMPLES)
                        .toList());
    }

    private static @Nullable Compensated compensated(@Nullable Compensation compensation) {
        return compensation == null ? null : compensation.compensated();
    }

    private RunInfo runInfo(long end, double measuredSeconds) {
        RunHeader run = header != null ? header : new RunHeader(Map.of());
        Map<String, String> settings = new TreeMap<>();
        run.values().forEach((key, text) -> {
            if (key.startsWith(RunHeader.SETTING_PREFIX)) {
                settings.put(key.substring(RunHeader.SETTING_PREFIX.length()), text);
            }
        });
        return new RunInfo(
                run.get(RunHeader.SIMULATION),
                run.get(RunHeader.DESCRIPTION),
                instant(run.get(RunHeader.START)),
                end / 1e6,
                measuredSeconds,
                number(run.get(RunHeader.SEED)),
                run.get(RunHeader.VERSION),
                settings,
                run.values());
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static UserCounts allUsers(List<ScenarioUsers> scenarioUsers) {
        long started = 0;
        long finished = 0;
        long unfinished = 0;
        Map<DropReason, Long> dropped = new HashMap<>();
        for (ScenarioUsers scenario : scenarioUsers) {
            UserCounts users = scenario.users();
            started += users.started();
            finished += users.finished();
            unfinished += users.unfinished();
            users.dropped().forEach((reason, count) -> dropped.merge(reason, count, Long::sum));
        }
        return new UserCounts(started, dropped, finished, unfinished);
    }

    private Timeline timeline(long end, List<Map.Entry<String, ScenarioFold>> inOrder) {
        // A scenario of which only dropped users are known has no column yet.
        int[] order = new int[inOrder.size()];
        for (int i = 0; i < order.length; i++) {
            order[i] = inOrder.get(i).getValue().column;
        }
        marks.sort(Comparator.comparingLong(Mark::atMicros)
                .thenComparing(Mark::kind)
                .thenComparing(Mark::text));
        return timeline.timeline(end, inOrder.stream().map(Map.Entry::getKey).toList(), order, marks);
    }

    private long clamped() {
        long clamped = 0;
        for (RequestFold fold : requests.values()) {
            clamped += fold.clamped();
        }
        for (GroupFold fold : groups.values()) {
            clamped += fold.clamped();
        }
        return clamped;
    }

    private List<ErrorCount> errors(SeriesBudget sums, int steps) {
        Map<ErrorKey, ErrorFold> all = new HashMap<>();
        requests.forEach((key, fold) -> fold.nameErrors(key.name(), all, sums));
        return all.entrySet().stream()
                .sorted(RequestFold.MOST_FREQUENT_FIRST)
                .map(entry -> entry.getValue().count(entry.getKey(), steps))
                .toList();
    }

    private List<StepFailure> failures() {
        return stepFailures.entrySet().stream()
                .map(entry -> new StepFailure(
                        entry.getKey().errorClass(), entry.getKey().message(), entry.getValue()))
                .sorted(Comparator.comparingLong(StepFailure::count)
                        .reversed()
                        .thenComparing(StepFailure::errorClass)
                        .thenComparing(StepFailure::message))
                .toList();
    }

    private static <T> Comparator<Map.Entry<RequestKey, T>> firstSeen(Function<T, Long> first) {
        return Comparator.comparing((Map.Entry<RequestKey, T> entry) -> first.apply(entry.getValue()))
                .thenComparing(Map.Entry::getKey);
    }

    private long seen(long nanos) {
        long micros = nanos / 1000;
        if (micros > lastMicros) {
            lastMicros = micros;
        }
        return micros;
    }

    private NameTable names() {
        NameTable table = names;
        if (table == null) {
            throw new IllegalStateException("records before the run they belong to");
        }
        return table;
    }

    private RequestFold requestFold(int number) {
        return requestsByNumber.get(number, this::newRequest);
    }

    private RequestFold newRequest(int number) {
        return requests.computeIfAbsent(requestKey(number), any -> new RequestFold(budget, series));
    }

    private RequestKey requestKey(int number) {
        NameTable table = names();
        return new RequestKey(table.groupPath(table.groupOfRequest(number)), table.requestName(number));
    }

    private GroupFold newGroup(int number) {
        List<String> path = names().groupPath(number);
        int depth = path.size();
        RequestKey key = depth == 0
                ? new RequestKey(List.of(), "")
                : new RequestKey(path.subList(0, depth - 1), path.get(depth - 1));
        return groups.computeIfAbsent(key, any -> new GroupFold(budget, series));
    }

    private ScenarioFold scenario(int number) {
        return scenariosByNumber.get(number, any -> scenario(names().scenarioName(any)));
    }

    private ScenarioFold scenario(String name) {
        return scenarios.computeIfAbsent(name, any -> new ScenarioFold(timeline.newScenario()));
    }

    /** What is kept of a closed scenario besides; null for an open one. */
    private @Nullable ClosedFold closed(int number) {
        return closedByNumber
                .get(number, any -> closed(names().scenarioName(any)))
                .orElse(null);
    }

    private Optional<ClosedFold> closed(String scenario) {
        return closed.computeIfAbsent(
                scenario,
                name -> header != null && RunHeader.CLOSED.equals(header.get(RunHeader.MODEL_PREFIX + name))
                        ? Optional.of(new ClosedFold(budget))
                        : Optional.empty());
    }

    private ErrorKey error(int number) {
        return number == RequestSample.NO_ERROR
                ? new ErrorKey("", "")
                : errorsByNumber.get(number, any -> new ErrorKey(names().errorClass(any), names().errorMessage(any)));
    }
}
