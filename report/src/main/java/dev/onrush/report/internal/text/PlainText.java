package dev.onrush.report.internal.text;

import java.util.Locale;

/** Texts from outside as a terminal may show them: nothing in them moves the cursor, colours, or begins a line. */
public final class PlainText {
    private PlainText() {}

    /** The text with control characters, marks of writing direction and lone surrogates written as escapes. */
    public static String of(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().forEach(codePoint -> {
            switch (codePoint) {
                case '\n' -> plain.append("\\n");
                case '\r' -> plain.append("\\r");
                case '\t' -> plain.append("\\t");
                default -> {
                    if (isHarmless(codePoint)) {
                        plain.appendCodePoint(codePoint);
                    } else {
                        plain.append(String.format(Locale.ROOT, "\\u%04x", codePoint));
                    }
                }
            }
        });
        return plain.toString();
    }

    private static boolean isHarmless(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    public static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** The text, cut to so many characters. */
    public static String cut(String text, int length) {
        if (length(text) <= length) {
            return text;
        }
        int kept = Math.max(0, length - 3);
        return text.substring(0, text.offsetByCodePoints(0, kept)) + "...".substring(0, Math.min(3, length));
    }
}
