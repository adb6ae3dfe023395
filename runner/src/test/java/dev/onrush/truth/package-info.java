/** Runs simulations against servers that keep books, and compares. */
@NullMarked
package dev.onrush.truth;

import org.jspecify.annotations.NullMarked;
