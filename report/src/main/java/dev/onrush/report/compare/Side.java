package dev.onrush.report.compare;

import java.util.List;

/** The runs of one side, their slices one behind the other. */
final class Side {
    private final List<RunSlices> runs;
    private final double measuredSeconds;
    private final int[] offsets;

    Side(List<SlicedRun> runs) {
        this.runs = runs.stream().map(SlicedRun::slices).toList();
        this.measuredSeconds =
                runs.stream().mapToDouble(SlicedRun::measuredSeconds).sum();
        this.offsets = new int[runs.size() + 1];
        for (int i = 0; i < runs.size(); i++) {
            offsets[i + 1] = offsets[i] + this.runs.get(i).length();
        }
    }

    List<RunSlices> runs() {
        return runs;
    }

    /** Of all runs together. */
    double measuredSeconds() {
        return measuredSeconds;
    }

    int slices() {
        return offsets[runs.size()];
    }

    /** Where the slices of a run begin. */
    int offset(int run) {
        return offsets[run];
    }

    int length(int run) {
        return offsets[run + 1] - offsets[run];
    }

    int shortest() {
        int shortest = Integer.MAX_VALUE;
        for (int run = 0; run < runs.size(); run++) {
            shortest = Math.min(shortest, length(run));
        }
        return shortest;
    }
}
