package dev.onrush.core.protocol;

import java.util.Arrays;
import java.util.Locale;

/**
 * What connecting to a target took before the run, while there was no load.
 *
 * @param target as in {@code http://shop.example:8080}
 * @param words the times, or why there are none
 */
public record ConnectTime(String target, String words) {
    /** @param nanos of each connection, at least one */
    public static ConnectTime of(String target, long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return new ConnectTime(
                target,
                String.format(
                        Locale.ROOT,
                        "%.3f ms (median of %d, min %.3f, max %.3f)",
                        sorted[(sorted.length - 1) / 2] / 1e6,
                        sorted.length,
                        sorted[0] / 1e6,
                        sorted[sorted.length - 1] / 1e6));
    }

    public static ConnectTime failed(String target, String why) {
        return new ConnectTime(target, "not connected: " + why);
    }
}
