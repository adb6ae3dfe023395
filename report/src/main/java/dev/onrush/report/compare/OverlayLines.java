package dev.onrush.report.compare;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** Puts together what the charts of one side draw. */
final class OverlayLines {
    private static final int MOST_STEPS = 80;

    private OverlayLines() {}

    static Overlay.Lines of(Side side, SideSample sample) {
        double slice = 0;
        double end = 0;
        for (RunSlices run : side.runs()) {
            slice = Math.max(slice, run.sliceSeconds());
            end = Math.max(end, (run.first() + run.length()) * run.sliceSeconds());
        }
        double step = Math.max(slice, 1);
        while (end / step > MOST_STEPS) {
            step *= 2;
        }
        int steps = (int) Math.ceil(end / step);
        long[] counts = new long[steps];
        int[][] cells = new int[steps][sample.grid().size()];
        for (int run = 0; run < side.runs().size(); run++) {
            RunSlices slices = side.runs().get(run);
            for (int i = 0; i < side.length(run); i++) {
                int at = Math.min(steps - 1, (int) ((slices.first() + i) * slices.sliceSeconds() / step + 1e-9));
                int from = side.offset(run) + i;
                counts[at] += sample.total(from);
                for (int cell = 0; cell < cells[at].length; cell++) {
                    cells[at][cell] += sample.upTo(cell, from);
                }
            }
        }
        List<Double> throughput = new ArrayList<>();
        List<@Nullable Double> p50 = new ArrayList<>();
        List<@Nullable Double> p95 = new ArrayList<>();
        List<@Nullable Double> p99 = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            double seconds = Math.max(step / 2, Math.min(step, end - i * step))
                    * side.runs().size();
            throughput.add(rounded(counts[i] / seconds));
            p50.add(percentile(cells[i], sample.grid(), 0.5));
            p95.add(percentile(cells[i], sample.grid(), 0.95));
            p99.add(percentile(cells[i], sample.grid(), 0.99));
        }
        return new Overlay.Lines(step, throughput, p50, p95, p99, spectrum(sample));
    }

    private static List<Double> spectrum(SideSample sample) {
        List<Double> spectrum = new ArrayList<>();
        for (double percentile : Overlay.SPECTRUM) {
            if (sample.timedAll() == 0 || percentile < 100 && sample.timedAll() * (100 - percentile) < 100) {
                break;
            }
            spectrum.add(rounded(sample.percentile(percentile / 100) / 1000));
        }
        return spectrum;
    }

    private static @Nullable Double percentile(int[] upTo, TimeGrid grid, double fraction) {
        if (upTo.length == 0 || upTo[upTo.length - 1] == 0) {
            return null;
        }
        long rank = Math.max(1, (long) Math.ceil(fraction * upTo[upTo.length - 1] - 1e-9));
        int low = 0;
        int high = upTo.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (upTo[middle] < rank) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return rounded(grid.upperEdge(low) / 1000);
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
