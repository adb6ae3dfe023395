package dev.onrush.core.measure;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.eventlog.DropReason;
import dev.onrush.core.eventlog.RunHeader;

/** Puts the statistics of a run together from what was folded of it so far. */
final class RunSummary {
    private final RunFold run;
    private final long endMicros;
    private final double measuredSeconds;
    private final int steps;
    /** For what is added up over names, whose steps are those of the names. */
    private final SeriesBudget sums;

    private final Map<RequestKey, Compensation> compensations = new HashMap<>();
    private final Compensation allCompensated = new Compensation();

    private RunSummary(RunFold run) {
        this.run = run;
        endMicros = run.endMicros();
        measuredSeconds = Math.max(0, endMicros - run.warmUpEndMicros) / 1e6;
        run.series.settle(endMicros);
        steps = run.series.stepsUntil(endMicros);
        sums = run.series.unlimited();
        run.closed
                .values()
                .forEach(scenario ->
                        scenario.ifPresent(fold -> fold.compensate(endMicros, compensations, allCompensated)));
    }

    static RunStatistics of(RunFold run) {
        return new RunSummary(run).statistics();
    }

    private RunStatistics statistics() {
        List<RequestStatistics> requests = new ArrayList<>();
        RequestStatistics total = total(requests);
        List<Map.Entry<String, ScenarioFold>> scenarios = run.scenarios.entrySet().stream()
                .sorted(Comparator.comparingLong(
                                (Map.Entry<String, ScenarioFold> entry) -> entry.getValue().firstMicros)
                        .thenComparing(Map.Entry::getKey))
                .toList();
        List<ScenarioUsers> users = scenarios.stream()
                .map(entry -> new ScenarioUsers(entry.getKey(), entry.getValue().counts()))
                .toList();
        List<GroupStatistics> groups = run.groups.entrySet().stream()
                .sorted(firstSeen(fold -> fold.firstMicros))
                .map(entry -> entry.getValue().statistics(entry.getKey(), steps))
                .toList();
        return new RunStatistics(
                runInfo(),
                allUsers(users),
                users,
                total,
                requests,
                groups,
                timeline(scenarios),
                generator(total),
                errors(),
                failures(),
                run.samples.stream()
                        .sorted(Comparator.comparingLong(ExchangeSample::atMicros)
                                .thenComparingLong(ExchangeSample::userId))
                        .limit(RunFold.SAMPLES)
                        .toList());
    }

    /** All requests together; adds those of each name to the list. */
    private RequestStatistics total(List<RequestStatistics> requests) {
        RequestFold all = new RequestFold(new HistogramBudget(4), sums);
        List<StepSeries<RequestWindow>> parts = new ArrayList<>();
        parts.add(run.startDelaySeries.series(steps, RequestWindow::of));
        run.requests.entrySet().stream()
                .filter(entry -> entry.getValue().firstMicros != Long.MAX_VALUE)
                .sorted(firstSeen(fold -> fold.firstMicros))
                .forEach(entry -> {
                    RequestKey key = entry.getKey();
                    RequestFold fold = entry.getValue();
                    all.addWithoutSeries(fold);
                    StepSeries<RequestWindow> series = fold.series(steps);
                    parts.add(series);
                    requests.add(fold.statistics(key, measuredSeconds, compensated(compensations.get(key)), series));
                });
        return all.statistics(
                new RequestKey(List.of(), "All requests"),
                measuredSeconds,
                compensations.isEmpty() ? null : allCompensated.compensated(),
                StepSeries.sum(run.series.stepSeconds(), steps, parts, RequestWindow::of));
    }

    private static @Nullable Compensated compensated(@Nullable Compensation compensation) {
        return compensation == null ? null : compensation.compensated();
    }

    private static <T> Comparator<Map.Entry<RequestKey, T>> firstSeen(ToLongFunction<T> first) {
        return Comparator.comparingLong((Map.Entry<RequestKey, T> entry) -> first.applyAsLong(entry.getValue()))
                .thenComparing(Map.Entry::getKey);
    }

    private RunInfo runInfo() {
        RunHeader header = run.header();
        Map<String, String> settings = new TreeMap<>();
        header.values().forEach((key, text) -> {
            if (key.startsWith(RunHeader.SETTING_PREFIX)) {
                settings.put(key.substring(RunHeader.SETTING_PREFIX.length()), text);
            }
        });
        return new RunInfo(
                header.get(RunHeader.SIMULATION),
                header.get(RunHeader.DESCRIPTION),
                instant(header.get(RunHeader.START)),
                endMicros / 1e6,
                measuredSeconds,
                number(header.get(RunHeader.SEED)),
                header.get(RunHeader.VERSION),
                settings,
                header.values());
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
        long present = 0;
        Map<DropReason, Long> dropped = new HashMap<>();
        for (ScenarioUsers scenario : scenarioUsers) {
            UserCounts users = scenario.users();
            started += users.started();
            finished += users.finished();
            unfinished += users.unfinished();
            present += users.present();
            users.dropped().forEach((reason, count) -> dropped.merge(reason, count, Long::sum));
        }
        return new UserCounts(started, dropped, finished, unfinished, present);
    }

    private Timeline timeline(List<Map.Entry<String, ScenarioFold>> scenarios) {
        // A scenario of which only dropped users are known has no column yet.
        int[] order =
                scenarios.stream().mapToInt(entry -> entry.getValue().column).toArray();
        List<Mark> marks = run.marks.stream()
                .sorted(Comparator.comparingLong(Mark::atMicros)
                        .thenComparing(Mark::kind)
                        .thenComparing(Mark::text))
                .toList();
        return run.timeline.timeline(
                endMicros, scenarios.stream().map(Map.Entry::getKey).toList(), order, marks);
    }

    private GeneratorStatistics generator(RequestStatistics total) {
        return run.generator.statistics(
                total.startDelay(),
                total.attempts(),
                run.stepFailures.values().stream().mapToLong(Long::longValue).sum(),
                run.timeline.touchedByStalls(),
                clamped(),
                !"false".equals(run.header().get(RunHeader.TLS_VERIFICATION)));
    }

    private long clamped() {
        return run.requests.values().stream().mapToLong(RequestFold::clamped).sum()
                + run.groups.values().stream().mapToLong(GroupFold::clamped).sum();
    }

    private List<ErrorCount> errors() {
        Map<ErrorKey, ErrorFold> all = new HashMap<>();
        run.requests.forEach((key, fold) -> fold.nameErrors(key.name(), all, sums));
        return all.entrySet().stream()
                .sorted(RequestFold.MOST_FREQUENT_FIRST)
                .map(entry -> entry.getValue().count(entry.getKey(), steps))
                .toList();
    }

    private List<StepFailure> failures() {
        return run.stepFailures.entrySet().stream()
                .map(entry -> new StepFailure(
                        entry.getKey().errorClass(), entry.getKey().message(), entry.getValue()))
                .sorted(Comparator.comparingLong(StepFailure::count)
                        .reversed()
                        .thenComparing(StepFailure::errorClass)
                        .thenComparing(StepFailure::message))
                .toList();
    }
}
