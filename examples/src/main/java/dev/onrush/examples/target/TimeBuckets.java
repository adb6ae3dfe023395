package dev.onrush.examples.target;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** A Prometheus histogram of times. Thread-safe; recording neither locks nor allocates. */
final class TimeBuckets {
    private static final double[] UPPER_SECONDS = {
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
    };

    private final AtomicLongArray counts = new AtomicLongArray(UPPER_SECONDS.length + 1);
    private final LongAdder sumNanos = new LongAdder();

    void record(long nanos) {
        int i = 0;
        while (i < UPPER_SECONDS.length && nanos > UPPER_SECONDS[i] * 1e9) {
            i++;
        }
        counts.incrementAndGet(i);
        sumNanos.add(nanos);
    }

    void write(String name, String help, StringBuilder page) {
        page.append("# HELP ").append(name).append(' ').append(help).append('\n');
        page.append("# TYPE ").append(name).append(" histogram\n");
        long total = 0;
        for (int i = 0; i <= UPPER_SECONDS.length; i++) {
            total += counts.get(i);
            page.append(name).append("_bucket{le=\"");
            page.append(i < UPPER_SECONDS.length ? String.valueOf(UPPER_SECONDS[i]) : "+Inf");
            page.append("\"} ").append(total).append('\n');
        }
        page.append(name).append("_sum ").append(sumNanos.sum() / 1e9).append('\n');
        page.append(name).append("_count ").append(total).append('\n');
    }
}
