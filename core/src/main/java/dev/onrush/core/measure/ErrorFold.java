package dev.onrush.core.measure;

import java.util.List;
import java.util.TreeSet;

/** Adds up one error. */
final class ErrorFold {
    private static final int NAMES = 20;

    long count;
    private long firstMicros = Long.MAX_VALUE;
    private long lastMicros;
    /** The first ones by name, so that it does not matter in which order they came. */
    private final TreeSet<String> requests = new TreeSet<>();

    private final SeriesFold series;

    ErrorFold(SeriesBudget budget) {
        series = budget.newSeries(0);
    }

    void add(long atMicros) {
        series.at(atMicros);
        series.outcome(false);
        count++;
        firstMicros = Math.min(firstMicros, atMicros);
        lastMicros = Math.max(lastMicros, atMicros);
    }

    void add(ErrorFold other, String request) {
        add(other);
        addName(request);
    }

    void add(ErrorFold other) {
        series.add(other.series);
        count += other.count;
        firstMicros = Math.min(firstMicros, other.firstMicros);
        lastMicros = Math.max(lastMicros, other.lastMicros);
        other.requests.forEach(this::addName);
    }

    private void addName(String request) {
        requests.add(request);
        if (requests.size() > NAMES) {
            requests.pollLast();
        }
    }

    ErrorCount count(ErrorKey key, int steps) {
        return new ErrorCount(
                key.errorClass(),
                key.message(),
                count,
                firstMicros,
                lastMicros,
                List.copyOf(requests),
                series.series(steps, StepFigures::ko));
    }
}
