/** Compare the statistics of a run with their limits. */
@NullMarked
package dev.onrush.core.assertion;

import org.jspecify.annotations.NullMarked;
