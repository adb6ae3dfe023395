/** Event log to statistics to one HTML page, JSON, JUnit XML and a summary for the console: the doors, and what is handed to them. */
@NullMarked
package dev.onrush.report;

import org.jspecify.annotations.NullMarked;
