/** The generator watches itself: start delay, pauses, CPU, steal, descriptors, ports; the verdict. */
@NullMarked
package dev.onrush.core.health;

import org.jspecify.annotations.NullMarked;
