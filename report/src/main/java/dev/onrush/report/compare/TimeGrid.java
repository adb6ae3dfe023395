package dev.onrush.report.compare;

import java.util.Arrays;
import java.util.BitSet;

import dev.onrush.core.measure.TimeBuckets;

/** The buckets that one request has on either side, put together to at most about a thousand cells that both sides share. */
final class TimeGrid {
    private static final int MOST_CELLS = 1024;

    private final double[] upperEdges;
    private final int[] cells = new int[TimeBuckets.COUNT];

    TimeGrid(BitSet buckets) {
        int count = buckets.cardinality();
        double ratio = 1;
        if (count > MOST_CELLS) {
            double least = Math.max(1, TimeBuckets.upperEdge(buckets.nextSetBit(0)));
            double greatest = TimeBuckets.upperEdge(buckets.length() - 1);
            ratio = Math.pow(greatest / least, 1.0 / (MOST_CELLS - 1));
        }
        double[] edges = new double[count];
        int cell = -1;
        double begin = 0;
        for (int bucket = buckets.nextSetBit(0); bucket >= 0; bucket = buckets.nextSetBit(bucket + 1)) {
            double edge = TimeBuckets.upperEdge(bucket);
            if (cell < 0 || edge > begin * ratio) {
                cell++;
                begin = Math.max(1, edge);
            }
            edges[cell] = edge;
            cells[bucket] = cell;
        }
        upperEdges = Arrays.copyOf(edges, cell + 1);
    }

    int size() {
        return upperEdges.length;
    }

    /** Microseconds. */
    double upperEdge(int cell) {
        return upperEdges[cell];
    }

    /** Where a cell begins: the cell before ends there. */
    double lowerEdge(int cell) {
        return cell == 0 ? Math.max(0, upperEdges[0] * (1 - 1.0 / 1024)) : upperEdges[cell - 1];
    }

    int cell(int bucket) {
        return cells[bucket];
    }

    /** The first cell that reaches up to a time. */
    int cellOf(double micros) {
        int found = Arrays.binarySearch(upperEdges, micros);
        return Math.min(upperEdges.length - 1, found >= 0 ? found : -found - 1);
    }
}
