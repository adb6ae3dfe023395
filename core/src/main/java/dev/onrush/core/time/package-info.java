/** The clock (wall time to date, monotonic nanoseconds to measure) and timers. */
@NullMarked
package dev.onrush.core.time;

import org.jspecify.annotations.NullMarked;
