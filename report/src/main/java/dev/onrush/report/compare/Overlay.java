package dev.onrush.report.compare;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** What the charts of one request lay over each other. */
public record Overlay(Lines baseline, Lines candidate) {
    /** The percentiles of a spectrum: each step halves what lies above. */
    public static final List<Double> SPECTRUM = List.of(
            0.0,
            10.0,
            25.0,
            40.0,
            50.0,
            60.0,
            70.0,
            75.0,
            80.0,
            85.0,
            87.5,
            90.0,
            92.5,
            93.75,
            95.0,
            96.25,
            96.875,
            97.5,
            98.4375,
            99.0,
            99.21875,
            99.5,
            99.609375,
            99.8046875,
            99.9,
            99.95,
            99.975,
            99.99,
            99.995,
            99.999,
            100.0);

    /**
     * One side: its runs together, step by step from the beginning of a run.
     *
     * @param stepSeconds of this side; the sides may differ
     * @param throughput per second and run
     * @param p50 milliseconds, null in a step without a sample
     * @param spectrum milliseconds at {@link #SPECTRUM}; stops where fewer samples lie above than a step needs
     */
    public record Lines(
            double stepSeconds,
            List<Double> throughput,
            List<@Nullable Double> p50,
            List<@Nullable Double> p95,
            List<@Nullable Double> p99,
            List<Double> spectrum) {}
}
