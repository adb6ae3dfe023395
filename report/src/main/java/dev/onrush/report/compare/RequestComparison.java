package dev.onrush.report.compare;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * One request, or all that both sides have, compared.
 *
 * @param name null for all
 * @param baselineThroughput requests per second; described, never judged: an open model sets it
 * @param differences one for each {@link Figure}, in their order
 */
public record RequestComparison(
        @Nullable RequestName name,
        long baselineCount,
        long candidateCount,
        double baselineThroughput,
        double candidateThroughput,
        @Nullable Double baselineMaxMillis,
        @Nullable Double candidateMaxMillis,
        List<Difference> differences,
        Overlay overlay) {
    public RequestComparison {
        differences = List.copyOf(differences);
    }

    public Difference of(Figure figure) {
        return differences.get(figure.ordinal());
    }
}
