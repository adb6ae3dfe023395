/** Differences between runs, and how sure one can be of them: event logs to slices of time to resampled statistics. Knows no page. */
@org.jspecify.annotations.NullMarked
package dev.onrush.report.compare;
