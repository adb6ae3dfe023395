/** What a comparison found: in words, as a page, as a file. */
@NullMarked
package dev.onrush.report.internal.findings;

import org.jspecify.annotations.NullMarked;
