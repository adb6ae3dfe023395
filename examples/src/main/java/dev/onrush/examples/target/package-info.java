/** The target of the example simulations: a small HTTP server with a real queue, replicas that scale, and metrics. */
@NullMarked
package dev.onrush.examples.target;

import org.jspecify.annotations.NullMarked;
