/** What is known of a run besides its statistics: verdict, assertions, exit code, and what part of which run it is. */
@NullMarked
package dev.onrush.report.outcome;

import org.jspecify.annotations.NullMarked;
