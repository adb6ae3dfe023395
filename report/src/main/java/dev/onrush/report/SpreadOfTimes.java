package dev.onrush.report;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.measure.RequestStatistics;
import dev.onrush.core.measure.Times;

/** Response times in bins that grow by one ratio, so that a hump at 2 ms and a hump at 2 s both show. */
final class SpreadOfTimes {
    private static final int MOST_BINS = 60;
    private static final double[] RATIOS = {1.02, 1.05, 1.1, 1.15, 1.2, 1.25, 1.3, 1.4, 1.5, 1.7, 2};

    private SpreadOfTimes() {}

    static PageData.@Nullable Spread of(RequestStatistics total, ReportPercentiles percentiles) {
        Times all = total.responseTime();
        if (all.isEmpty()) {
            return null;
        }
        // Edges are whole microseconds and a value on an edge belongs to the bin below it, as countUpTo counts.
        long least = Math.max(0, all.minMicros() - 1);
        long greatest = Math.max(all.maxMicros(), least + 1);
        List<Long> edges = edges(least, greatest);
        List<Double> millis = new ArrayList<>();
        edges.forEach(edge -> millis.add(edge / 1000.0));
        List<PageData.PercentileAt> marks = new ArrayList<>();
        for (ReportPercentiles.Percentile percentile : percentiles.all()) {
            marks.add(new PageData.PercentileAt(percentile.label(), all.percentileMicros(percentile.value()) / 1000.0));
        }
        return new PageData.Spread(
                millis, counts(total.okResponseTime(), edges), counts(total.koResponseTime(), edges), marks);
    }

    private static List<Long> edges(long least, long greatest) {
        double ratio = RATIOS[RATIOS.length - 1];
        for (double candidate : RATIOS) {
            if (Math.log((double) greatest / Math.max(1, least)) / Math.log(candidate) <= MOST_BINS) {
                ratio = candidate;
                break;
            }
        }
        List<Long> edges = new ArrayList<>();
        edges.add(least);
        double exact = Math.max(1, least);
        long edge = least;
        while (edge < greatest) {
            exact *= ratio;
            edge = Math.max(edge + 1, Math.round(exact));
            edges.add(edge);
        }
        return edges;
    }

    private static List<Long> counts(Times times, List<Long> edges) {
        List<Long> counts = new ArrayList<>();
        long before = 0;
        for (int bin = 1; bin < edges.size(); bin++) {
            boolean last = bin == edges.size() - 1;
            long upTo = last ? times.count() : Math.max(before, times.countUpTo(edges.get(bin)));
            counts.add(upTo - before);
            before = upTo;
        }
        return counts;
    }
}
