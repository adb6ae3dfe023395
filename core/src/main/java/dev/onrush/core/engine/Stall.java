package dev.onrush.core.engine;

/**
 * An author's code that held a thread for more than 50 ms.
 *
 * @param place the action
 * @param count how often
 * @param longestNanos the longest time seen
 * @param userId of the first
 * @param thread of the first
 * @param stack of the first, a few lines
 */
public record Stall(String place, long count, long longestNanos, long userId, String thread, String stack) {}
