/** The logs of a run, found, checked against each other and read within a window. */
@NullMarked
package dev.onrush.report.internal.log;

import org.jspecify.annotations.NullMarked;
