package dev.onrush.core.measure;

import java.math.BigInteger;

/** Count, least, greatest, mean and deviation of times in microseconds: exact, and mergeable in any order. */
final class Moments {
    long count;
    long min = Long.MAX_VALUE;
    long max;
    private final WideSum sum = new WideSum();
    private final WideSum squares = new WideSum();

    void add(long micros) {
        count++;
        if (micros < min) {
            min = micros;
        }
        if (micros > max) {
            max = micros;
        }
        sum.add(micros);
        squares.addSquare(micros);
    }

    void add(Moments other) {
        count += other.count;
        min = Math.min(min, other.min);
        max = Math.max(max, other.max);
        sum.add(other.sum);
        squares.add(other.squares);
    }

    double mean() {
        return count == 0 ? 0 : sum.value().doubleValue() / count;
    }

    double stdDev() {
        if (count == 0) {
            return 0;
        }
        // n·Σx² − (Σx)² in whole numbers: no digit is lost, however close the values lie together.
        BigInteger total = sum.value();
        BigInteger spread = squares.value().multiply(BigInteger.valueOf(count)).subtract(total.multiply(total));
        return Math.sqrt(spread.doubleValue()) / count;
    }

    Times times(long[] upperEdges, long[] cumulatedCounts) {
        return count == 0 ? Times.EMPTY : new Times(count, min, max, mean(), stdDev(), upperEdges, cumulatedCounts);
    }
}
