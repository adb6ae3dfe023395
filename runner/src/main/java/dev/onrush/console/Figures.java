package dev.onrush.console;

import java.util.Locale;

/** Numbers as they stand in the console: short, with their unit, the same everywhere in the world. */
final class Figures {
    private Figures() {}

    /** {@code 01:02:03}. */
    static String clock(long nanos) {
        long seconds = nanos / 1_000_000_000L;
        return String.format(Locale.ROOT, "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    /** A time in milliseconds, or in seconds from ten of them on. */
    static String time(long micros) {
        if (micros >= 10_000_000) {
            return String.format(Locale.ROOT, "%.1f s", micros / 1e6);
        }
        return String.format(Locale.ROOT, micros < 10_000 ? "%.1f ms" : "%.0f ms", micros / 1e3);
    }

    static String rate(double perSecond) {
        return String.format(Locale.ROOT, perSecond < 100 ? "%.1f" : "%.0f", perSecond);
    }

    static String percent(long part, long whole) {
        return whole == 0 ? "0.0 %" : String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
    }

    /** Text from outside on one line: control characters, escapes among them, shown as a dot; cut to a width. */
    static String safe(String text, int width) {
        StringBuilder safe = new StringBuilder(Math.min(text.length(), width));
        text.codePoints().limit(width + 1L).forEach(c -> safe.appendCodePoint(SafeText.isHarmless(c) ? c : '·'));
        int length = safe.codePointCount(0, safe.length());
        return length <= width ? safe.toString() : safe.substring(0, safe.offsetByCodePoints(0, width - 1)) + "…";
    }

    static String left(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }
}
