/** What a person sees in a terminal: the run as it goes, the plan before it, one exchange at a time. */
@NullMarked
package dev.onrush.console;

import org.jspecify.annotations.NullMarked;
