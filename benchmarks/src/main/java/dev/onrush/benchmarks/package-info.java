/** Microbenchmarks of the hot paths: what one step of one user costs, by JMH. */
@NullMarked
package dev.onrush.benchmarks;

import org.jspecify.annotations.NullMarked;
