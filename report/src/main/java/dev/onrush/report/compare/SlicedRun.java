package dev.onrush.report.compare;

/**
 * A run to compare.
 *
 * @param measuredSeconds its length without the warm-up: what throughput is divided by
 */
public record SlicedRun(RunSlices slices, double measuredSeconds) {}
