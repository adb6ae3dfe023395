/** Figures and foreign texts as people read them. */
@NullMarked
package dev.onrush.report.internal.text;

import org.jspecify.annotations.NullMarked;
