/** The versioned records of a run, their writer and reader. */
@NullMarked
package dev.onrush.core.eventlog;

import org.jspecify.annotations.NullMarked;
