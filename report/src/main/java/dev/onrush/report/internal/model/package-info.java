/** What every writer takes from the statistics: lines in their order, figures of a time, remarks in words. */
@NullMarked
package dev.onrush.report.internal.model;

import org.jspecify.annotations.NullMarked;
