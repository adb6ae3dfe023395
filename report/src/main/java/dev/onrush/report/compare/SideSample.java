package dev.onrush.report.compare;

import java.util.BitSet;
import java.util.Collection;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.measure.TimeBuckets;

/** One request, or several taken together, on one side: counts by slice, ready to be weighted. */
final class SideSample {
    private final TimeGrid grid;
    private final int[] total;
    private final int[] ko;
    private final int[] timed;
    private final long[] micros;
    /** By cell and slice: samples up to and with that cell. */
    private final int[][] upTo;

    private final long[] buckets = new long[TimeBuckets.COUNT];
    private long totalAll;
    private long koAll;
    private long timedAll;
    private double microsAll;
    private long maxMicros;

    SideSample(Side side, Collection<RequestName> names, TimeGrid grid) {
        this.grid = grid;
        int slices = side.slices();
        total = new int[slices];
        ko = new int[slices];
        timed = new int[slices];
        micros = new long[slices];
        upTo = new int[grid.size()][slices];
        for (int run = 0; run < side.runs().size(); run++) {
            RunSlices from = side.runs().get(run);
            for (RequestName name : names) {
                SlicedRequest request = from.requests().get(name);
                if (request != null) {
                    add(request, side.offset(run), side.length(run), from.first());
                }
            }
        }
        for (int cell = 1; cell < upTo.length; cell++) {
            for (int slice = 0; slice < slices; slice++) {
                upTo[cell][slice] += upTo[cell - 1][slice];
            }
        }
        if (grid.size() > 0) {
            System.arraycopy(upTo[grid.size() - 1], 0, timed, 0, slices);
        }
        for (int slice = 0; slice < slices; slice++) {
            totalAll += total[slice];
            koAll += ko[slice];
            timedAll += timed[slice];
            microsAll += micros[slice];
        }
    }

    private void add(SlicedRequest request, int offset, int length, int first) {
        for (int i = 0; i < length; i++) {
            total[offset + i] += request.total(first + i);
            ko[offset + i] += request.ko(first + i);
            micros[offset + i] += request.micros(first + i);
        }
        maxMicros = Math.max(maxMicros, request.maxMicros());
        request.forEach((slice, bucket, count) -> {
            upTo[grid.cell(bucket)][offset + slice - first] += count;
            buckets[bucket] += count;
        });
    }

    /** The buckets of these requests on that side. */
    static void collect(Side side, Collection<RequestName> names, BitSet into) {
        for (RunSlices run : side.runs()) {
            for (RequestName name : names) {
                SlicedRequest request = run.requests().get(name);
                if (request != null) {
                    request.forEach((slice, bucket, count) -> into.set(bucket));
                }
            }
        }
    }

    TimeGrid grid() {
        return grid;
    }

    int slices() {
        return total.length;
    }

    int total(int slice) {
        return total[slice];
    }

    int ko(int slice) {
        return ko[slice];
    }

    int timed(int slice) {
        return timed[slice];
    }

    long micros(int slice) {
        return micros[slice];
    }

    int upTo(int cell, int slice) {
        return upTo[cell][slice];
    }

    long totalAll() {
        return totalAll;
    }

    long timedAll() {
        return timedAll;
    }

    /** Null without samples. */
    @Nullable
    Double maxMillis() {
        return timedAll == 0 ? null : Double.valueOf(maxMicros / 1000.0);
    }

    /** As the report prints it: nearest rank, the upper edge of its bucket, never above the greatest. Microseconds. */
    double percentile(double fraction) {
        long rank = Math.max(1, (long) Math.ceil(fraction * timedAll - 1e-9));
        long sum = 0;
        for (int bucket = 0; bucket < buckets.length; bucket++) {
            sum += buckets[bucket];
            if (sum >= rank) {
                return Math.min(maxMicros, TimeBuckets.upperEdge(bucket));
            }
        }
        return maxMicros;
    }

    /** A figure of all samples as the report prints it; milliseconds or percent; NaN without samples. */
    double printed(Figure figure) {
        if (figure == Figure.KO_PERCENT) {
            return totalAll == 0 ? Double.NaN : 100.0 * koAll / totalAll;
        }
        if (timedAll == 0) {
            return Double.NaN;
        }
        return (figure == Figure.MEAN ? microsAll / timedAll : percentile(figure.fraction())) / 1000;
    }

    /** Puts in each figure with the slices weighted so; microseconds or percent, NaN where no sample has weight. */
    void weighted(int[] weights, double[] figures) {
        long weightedTimed = dot(weights, timed);
        for (Figure figure : Figure.values()) {
            figures[figure.ordinal()] = switch (figure) {
                case KO_PERCENT -> 100.0 * dot(weights, ko) / dot(weights, total);
                case MEAN -> weightedTimed == 0 ? Double.NaN : dot(weights, micros) / weightedTimed;
                default ->
                    weightedTimed == 0 ? Double.NaN : quantile(weights, figure.fraction() * weightedTimed, figure);
            };
        }
    }

    /** Where the search for a percentile begins, by figure; what weights move is moved little. */
    private final int[] guesses = new int[Figure.values().length];

    /** The value up to which that many weighted samples lie, straight lines between the edges of cells. */
    private double quantile(int[] weights, double rank, Figure figure) {
        int last = upTo.length - 1;
        int cell = Math.min(guesses[figure.ordinal()], last);
        long count = dot(weights, upTo[cell]);
        int low = -1;
        long lowCount = 0;
        int high = last;
        long highCount = -1;
        if (count >= rank) {
            high = cell;
            highCount = count;
            for (int step = 1; high > 0; step *= 2) {
                int next = Math.max(0, cell - step);
                long at = dot(weights, upTo[next]);
                if (at < rank) {
                    low = next;
                    lowCount = at;
                    break;
                }
                high = next;
                highCount = at;
            }
        } else {
            low = cell;
            lowCount = count;
            for (int step = 1; low < last; step *= 2) {
                int next = Math.min(last, cell + step);
                long at = dot(weights, upTo[next]);
                if (at >= rank || next == last) {
                    high = next;
                    highCount = at;
                    break;
                }
                low = next;
                lowCount = at;
            }
        }
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            long at = dot(weights, upTo[middle]);
            if (at < rank) {
                low = middle;
                lowCount = at;
            } else {
                high = middle;
                highCount = at;
            }
        }
        guesses[figure.ordinal()] = high;
        double part = highCount <= lowCount ? 1 : Math.min(1, (rank - lowCount) / (highCount - lowCount));
        double from = grid.lowerEdge(high);
        return from + part * (grid.upperEdge(high) - from);
    }

    private static long dot(int[] weights, int[] counts) {
        long sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += (long) weights[i] * counts[i];
        }
        return sum;
    }

    private static double dot(int[] weights, long[] counts) {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += (double) weights[i] * counts[i];
        }
        return sum;
    }
}
