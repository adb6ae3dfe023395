/** The page of a run: its words, the figures its scripts read. */
@NullMarked
package dev.onrush.report.internal.page;

import org.jspecify.annotations.NullMarked;
