package dev.onrush.core.setting;

import java.time.Duration;
import java.util.Locale;

/** Durations as written in settings. */
final class Durations {
    private Durations() {}

    /** Reads {@code 250ms}, {@code 10s}, {@code 5m}, {@code 1h}, or a bare number of seconds. */
    static Duration parse(String text) {
        String given = text.trim().toLowerCase(Locale.ROOT);
        if (given.endsWith("ms")) {
            return Duration.ofMillis(Long.parseLong(given.substring(0, given.length() - 2)));
        }
        if (given.endsWith("s")) {
            return Duration.ofSeconds(Long.parseLong(given.substring(0, given.length() - 1)));
        }
        if (given.endsWith("m")) {
            return Duration.ofMinutes(Long.parseLong(given.substring(0, given.length() - 1)));
        }
        if (given.endsWith("h")) {
            return Duration.ofHours(Long.parseLong(given.substring(0, given.length() - 1)));
        }
        return Duration.ofSeconds(Long.parseLong(given));
    }
}
