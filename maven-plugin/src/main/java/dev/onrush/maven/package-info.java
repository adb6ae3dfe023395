/** Runs simulations from a Maven build, each in a JVM of its own; shares no classes with the run. */
@NullMarked
package dev.onrush.maven;

import org.jspecify.annotations.NullMarked;
