package dev.onrush.core.assertion;

import org.jspecify.annotations.Nullable;

/**
 * What became of one assertion.
 *
 * @param name path, measure and limit, as in {@code open item: response time p99, limit 500 ms}; the same in every run
 * @param text the same with the actual value and the number of requests
 * @param actual in milliseconds, percent, requests or requests per second; null if there is none
 * @param limit in words, as in {@code limit below 500 ms}
 * @param requests how many it is about
 */
public record AssertionResult(
        String name, String text, boolean passed, @Nullable Double actual, String limit, long requests) {}
