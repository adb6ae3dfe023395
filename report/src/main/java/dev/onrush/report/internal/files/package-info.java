/** The files for machines, and what goes into a comment. */
@NullMarked
package dev.onrush.report.internal.files;

import org.jspecify.annotations.NullMarked;
