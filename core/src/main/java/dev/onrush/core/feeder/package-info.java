/** Records of test data for sessions. */
@NullMarked
package dev.onrush.core.feeder;

import org.jspecify.annotations.NullMarked;
