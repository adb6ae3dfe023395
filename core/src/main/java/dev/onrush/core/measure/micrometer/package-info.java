/** The figures of a run in Micrometer's registries, from per-second snapshots. */
@NullMarked
package dev.onrush.core.measure.micrometer;

import org.jspecify.annotations.NullMarked;
