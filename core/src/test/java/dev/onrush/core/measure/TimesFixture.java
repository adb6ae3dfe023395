package dev.onrush.core.measure;

import java.util.Arrays;

/** Times made of given samples, each in a bucket of its own. */
public final class TimesFixture {
    private TimesFixture() {}

    public static Times ofMicros(long... samples) {
        if (samples.length == 0) {
            return Times.EMPTY;
        }
        long[] edges = Arrays.stream(samples).sorted().distinct().toArray();
        long[] upTo = Arrays.stream(edges)
                .map(edge ->
                        Arrays.stream(samples).filter(sample -> sample <= edge).count())
                .toArray();
        double mean = Arrays.stream(samples).average().orElseThrow();
        double variance = Arrays.stream(samples)
                .mapToDouble(sample -> (sample - mean) * (sample - mean))
                .average()
                .orElseThrow();
        return new Times(samples.length, edges[0], edges[edges.length - 1], mean, Math.sqrt(variance), edges, upTo);
    }
}
