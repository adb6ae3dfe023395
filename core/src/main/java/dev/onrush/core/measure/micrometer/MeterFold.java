package dev.onrush.core.measure.micrometer;

import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/**
 * One figure: added up on the log thread, seen by the registry as it was at the last {@link #publish}, so that what a registry
 * reads belongs to one instant.
 */
final class MeterFold {
    private long count;
    private long totalMicros;
    private long maxMicros;
    private volatile long publishedCount;
    private volatile long publishedMicros;
    private volatile long publishedMaxMicros;

    void add(long times) {
        count += times;
    }

    void time(long micros) {
        count++;
        totalMicros += micros;
        maxMicros = Math.max(maxMicros, micros);
    }

    void set(long value) {
        count = value;
    }

    void publish() {
        publishedCount = count;
        publishedMicros = totalMicros;
        publishedMaxMicros = maxMicros;
        maxMicros = 0;
    }

    /** A registry holds what a function counts by a weak reference only; by its own it holds the figure as long as it lives. */
    void counter(MeterRegistry registry, String name, String description, String unit, Tags tags) {
        FunctionCounter.builder(name, registry, any -> publishedCount)
                .description(description)
                .baseUnit(unit)
                .tags(tags)
                .register(registry);
    }

    void gauge(MeterRegistry registry, String name, String description, String unit, Tags tags) {
        Gauge.builder(name, this, fold -> fold.publishedCount)
                .description(description)
                .baseUnit(unit)
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }

    /** Count and total time, and beside them the greatest of the last second. */
    void timer(MeterRegistry registry, String name, String description, Tags tags) {
        FunctionTimer.builder(name, registry, any -> publishedCount, any -> publishedMicros, TimeUnit.MICROSECONDS)
                .description(description)
                .tags(tags)
                .register(registry);
        Gauge.builder(name + ".max", this, fold -> fold.publishedMaxMicros / 1e6)
                .description(description + ", greatest of the last second")
                .baseUnit("seconds")
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }
}
