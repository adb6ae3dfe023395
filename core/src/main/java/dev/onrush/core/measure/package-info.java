/** Samples into histograms and counters, live and from the log; Micrometer bridge in a subpackage. */
@NullMarked
package dev.onrush.core.measure;

import org.jspecify.annotations.NullMarked;
