package dev.onrush.report.compare;

import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** Resamples one request of both sides and measures how uncertain each figure's difference is. */
final class Resampled {
    private static final int BASELINE = 0;
    private static final int CANDIDATE = 1;
    /** A percentile is known to a bucket of 0.1 %. */
    private static final double RESOLUTION = 0.0005;

    private final List<Side> sides;
    private final List<SideSample> samples;
    private final Dependence dependence;
    private final double[][][] replications;

    /**
     * Draws.
     *
     * @param weights by side and replication
     */
    Resampled(List<Side> sides, List<SideSample> samples, Dependence dependence, List<int[][]> weights) {
        this.sides = sides;
        this.samples = samples;
        this.dependence = dependence;
        int count = weights.get(BASELINE).length;
        replications = new double[2][Figure.values().length][count];
        double[] figures = new double[Figure.values().length];
        for (int side = 0; side < 2; side++) {
            for (int i = 0; i < count; i++) {
                samples.get(side).weighted(weights.get(side)[i], figures);
                for (int figure = 0; figure < figures.length; figure++) {
                    replications[side][figure][i] = figures[figure];
                }
            }
        }
    }

    /** Null if the request was there in so small a part of a run that some replications know nothing of it. */
    @Nullable
    Uncertainty of(Figure figure) {
        double[] baseline = replications[BASELINE][figure.ordinal()];
        double[] candidate = replications[CANDIDATE][figure.ordinal()];
        for (int i = 0; i < baseline.length; i++) {
            if (Double.isNaN(baseline[i]) || Double.isNaN(candidate[i])) {
                return null;
            }
        }
        double widened = dependence.widening(figure);
        double independent = dependence.independentBlocks(figure);
        boolean ratio = figure.isTime();

        double[][] values = new double[2][];
        double[] variances = new double[2];
        double[] plainVariances = new double[2];
        double degreesBelow = 0;
        for (int side = 0; side < 2; side++) {
            double[] plain = replications[side][figure.ordinal()];
            values[side] = ratio ? logs(plain) : plain;
            double[] perRun = perRun(figure, side);
            double between = variance(ratio ? logs(perRun) : perRun) / perRun.length;
            variances[side] = variance(values[side]) * widened + between / perRun.length;
            plainVariances[side] = variance(plain) * widened + variance(perRun) / perRun.length / perRun.length;
            double within = Math.max(0, variances[side] - between);
            if (perRun.length > 1) {
                degreesBelow += between * between / (perRun.length - 1);
            }
            degreesBelow += within * within / (independent * perRun.length - 1);
        }
        double variance = variances[BASELINE] + variances[CANDIDATE];
        double degrees = degreesBelow > 0 ? variance * variance / degreesBelow : 2 * independent - 2;
        double resolution = ratio ? RESOLUTION * RESOLUTION : 0;

        double base = samples.get(BASELINE).printed(figure);
        double cand = samples.get(CANDIDATE).printed(figure);
        double difference = ratio ? log(cand) - log(base) : cand - base;
        double error = Math.sqrt(variance + resolution);
        double drawn = variance(values[BASELINE]) + variance(values[CANDIDATE]);
        float[] sorted = sorted(values, difference, drawn == 0 ? 1 : error / Math.sqrt(drawn));
        double perMilli = 1e3 * Math.max(base, 1e-3);
        return new Uncertainty(
                ratio,
                difference,
                error,
                ratio ? cand / Math.max(base, 1e-3) - 1 : difference,
                ratio
                        ? Math.sqrt((plainVariances[BASELINE] + plainVariances[CANDIDATE]) / (perMilli * perMilli)
                                + resolution)
                        : error,
                Math.max(1, degrees),
                sorted);
    }

    /** The figure of each run alone; its spread is what differs from run to run. */
    private double[] perRun(Figure figure, int at) {
        Side side = sides.get(at);
        int runs = side.runs().size();
        double[] values = new double[runs];
        double[] figures = new double[Figure.values().length];
        if (runs == 1) {
            return values;
        }
        int[] weights = new int[side.slices()];
        for (int run = 0; run < runs; run++) {
            Arrays.fill(weights, 0);
            Arrays.fill(weights, side.offset(run), side.offset(run) + side.length(run), 1);
            samples.get(at).weighted(weights, figures);
            values[run] = figures[figure.ordinal()];
        }
        return values;
    }

    /** Around the difference that the page prints, as wide as the error that was found. */
    private static float[] sorted(double[][] values, double difference, double widened) {
        double[] candidate = values[CANDIDATE];
        float[] sorted = new float[candidate.length];
        double[] differences = new double[candidate.length];
        for (int i = 0; i < candidate.length; i++) {
            differences[i] = candidate[i] - values[BASELINE][i];
        }
        double[] inOrder = differences.clone();
        Arrays.sort(inOrder);
        double middle = inOrder[inOrder.length / 2];
        for (int i = 0; i < inOrder.length; i++) {
            sorted[i] = (float) (difference + (inOrder[i] - middle) * widened);
        }
        return sorted;
    }

    private static double[] logs(double[] values) {
        double[] logs = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            logs[i] = Math.log(Math.max(values[i], 1));
        }
        return logs;
    }

    /** Of milliseconds; a microsecond is the least that is told. */
    private static double log(double millis) {
        return Math.log(Math.max(millis, 1e-3));
    }

    private static double variance(double[] values) {
        if (values.length < 2) {
            return 0;
        }
        double mean = 0;
        for (double value : values) {
            mean += value / values.length;
        }
        double sum = 0;
        for (double value : values) {
            sum += (value - mean) * (value - mean);
        }
        return sum / (values.length - 1);
    }
}
