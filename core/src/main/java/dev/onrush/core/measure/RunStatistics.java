package dev.onrush.core.measure;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import dev.onrush.core.eventlog.EventLogReader;

/**
 * All figures of one run: what page, summary, console, JUnit XML and assertions print. Immutable.
 *
 * @param users of all scenarios
 * @param total all requests, whatever their name
 * @param requests one for each name in each group, in the order in which they were first seen
 * @param groups in the order in which they were first seen
 * @param errors of all requests, most frequent first
 * @param samples of failed requests, in the order in which they ended; empty unless the author had them kept
 */
public record RunStatistics(
        RunInfo run,
        UserCounts users,
        List<ScenarioUsers> scenarios,
        RequestStatistics total,
        List<RequestStatistics> requests,
        List<GroupStatistics> groups,
        Timeline timeline,
        GeneratorStatistics generator,
        List<ErrorCount> errors,
        List<StepFailure> stepFailures,
        List<ExchangeSample> samples) {
    public RunStatistics {
        scenarios = List.copyOf(scenarios);
        requests = List.copyOf(requests);
        groups = List.copyOf(groups);
        errors = List.copyOf(errors);
        stepFailures = List.copyOf(stepFailures);
        samples = List.copyOf(samples);
    }

    /** Without samples. */
    public RunStatistics(
            RunInfo run,
            UserCounts users,
            List<ScenarioUsers> scenarios,
            RequestStatistics total,
            List<RequestStatistics> requests,
            List<GroupStatistics> groups,
            Timeline timeline,
            GeneratorStatistics generator,
            List<ErrorCount> errors,
            List<StepFailure> stepFailures) {
        this(run, users, scenarios, total, requests, groups, timeline, generator, errors, stepFailures, List.of());
    }

    /**
     * The statistics of a log.
     *
     * @throws dev.onrush.core.eventlog.EventLogException if it is no event log, one of a newer format, or cannot be read
     */
    public static RunStatistics read(Path log, MeasureOptions options) {
        Aggregate aggregate = new Aggregate(options);
        aggregate.noteReading(EventLogReader.read(log, aggregate));
        return aggregate.statistics();
    }

    /** The request of that name inside that group. */
    public Optional<RequestStatistics> request(List<String> group, String name) {
        return requests.stream()
                .filter(request ->
                        request.name().equals(name) && request.group().equals(group))
                .findFirst();
    }

    /** The group of that name inside that group. */
    public Optional<GroupStatistics> group(List<String> outer, String name) {
        return groups.stream()
                .filter(group -> group.name().equals(name) && group.group().equals(outer))
                .findFirst();
    }
}
