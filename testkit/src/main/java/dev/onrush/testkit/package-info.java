/**
 * Targets that tell the truth or misbehave by script, and probes that show what a run left behind.
 *
 * <p>Everything listens on loopback addresses only, on a port of the system's choosing unless one is given, and ends
 * with {@code close()}. Main code depends on no test library.
 */
@NullMarked
package dev.onrush.testkit;

import org.jspecify.annotations.NullMarked;
