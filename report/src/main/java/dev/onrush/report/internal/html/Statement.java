package dev.onrush.report.internal.html;

import dev.onrush.core.health.VerdictLevel;

/** What a page says on its first screen; {@code tone} for the style. */
public record Statement(String tone, String title, String meaning) {
    /** As the style shows a verdict. */
    public static String tone(VerdictLevel level) {
        return switch (level) {
            case TRUSTWORTHY -> "good";
            case DEGRADED -> "warn";
            case SATURATED, INCOMPLETE -> "bad";
        };
    }
}
