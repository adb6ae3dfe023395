package dev.onrush.core.measure;

import java.util.Arrays;

/** Times made of given samples, each distinct value in a bucket of its own. */
public final class TimesOf {
    private TimesOf() {}

    public static Times micros(long... samples) {
        if (samples.length == 0) {
            return Times.EMPTY;
        }
        long[] sorted = samples.clone();
        Arrays.sort(sorted);
        long[] edges = Arrays.stream(sorted).distinct().toArray();
        long[] upTo = new long[edges.length];
        int edge = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (sorted[i] != edges[edge]) {
                edge++;
            }
            upTo[edge] = i + 1L;
        }
        double mean = Arrays.stream(sorted).average().orElseThrow();
        double variance = Arrays.stream(sorted)
                .mapToDouble(sample -> (sample - mean) * (sample - mean))
                .average()
                .orElseThrow();
        return new Times(sorted.length, sorted[0], sorted[sorted.length - 1], mean, Math.sqrt(variance), edges, upTo);
    }
}
