/** Simulations to run, read and copy. */
@NullMarked
package dev.onrush.examples;

import org.jspecify.annotations.NullMarked;
