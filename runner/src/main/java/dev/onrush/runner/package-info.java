/** One run from start to end: its folder, its signals, its exit code. */
@NullMarked
package dev.onrush.runner;

import org.jspecify.annotations.NullMarked;
