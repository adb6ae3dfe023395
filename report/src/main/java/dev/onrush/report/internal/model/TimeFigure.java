package dev.onrush.report.internal.model;

import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.measure.Times;

/** The figures of a time that every report prints, in the order of {@code summary.json}. */
public enum TimeFigure {
    MIN("min", "min", Times::minMicros),
    MEAN("mean", "mean", Times::meanMicros),
    STD_DEV("stdDev", "std dev", Times::stdDevMicros),
    P50("p50", 50),
    P75("p75", 75),
    P90("p90", 90),
    P95("p95", 95),
    P99("p99", 99),
    P99_9("p99_9", 99.9),
    MAX("max", "max", Times::maxMicros);

    private final String key;
    private final String label;
    private final ToDoubleFunction<Times> micros;
    private final OptionalDouble percentile;

    TimeFigure(String key, String label, ToDoubleFunction<Times> micros) {
        this.key = key;
        this.label = label;
        this.micros = micros;
        this.percentile = OptionalDouble.empty();
    }

    TimeFigure(String key, double percentile) {
        this.key = key;
        this.label = key.replace('_', '.');
        this.micros = times -> times.percentileMicros(percentile);
        this.percentile = OptionalDouble.of(percentile);
    }

    /** Its name in {@code summary.json}. */
    public String key() {
        return key;
    }

    /** Its name for people. */
    public String label() {
        return label;
    }

    /** In milliseconds, whole microseconds; null without a sample. */
    @Nullable
    public Double millis(Times times) {
        return times.isEmpty() ? null : Double.valueOf(Math.round(micros.applyAsDouble(times)) / 1000.0);
    }

    /** Whether there are too few samples for it to mean what it says. */
    public boolean tooFew(Times times) {
        return percentile.isPresent() && !times.isEmpty() && times.tooFewFor(percentile.getAsDouble());
    }
}
