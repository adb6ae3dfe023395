package dev.onrush.report.compare;

/** A request that could not be compared, and why. */
public record NotCompared(RequestName name, String reason) {}
