package dev.onrush.core.session;

import org.jspecify.annotations.Nullable;

/** Text for messages, never longer than 200 characters. */
public final class Excerpt {
    public static final int LONGEST = 200;

    private Excerpt() {}

    /** The text, cut with an ellipsis where it is too long. */
    public static String of(String text) {
        return of(text, LONGEST);
    }

    public static String of(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = longest - 1;
        if (Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end) + "…";
    }

    /** A value as messages show it: text in quotes, control characters escaped, at most {@code longest} characters. */
    public static String ofValue(@Nullable Object value, int longest) {
        if (value instanceof CharSequence text) {
            CharSequence head = text.length() > longest ? text.subSequence(0, longest) : text;
            return of("\"" + escaped(head) + (head == text ? "\"" : "…"), longest);
        }
        if (value instanceof byte[] bytes) {
            return bytes.length + " bytes";
        }
        try {
            String text = String.valueOf(value);
            return of(escaped(text.length() > longest ? text.substring(0, longest) + "…" : text), longest);
        } catch (RuntimeException | StackOverflowError e) { // an author's toString
            return "a " + (value == null ? "" : value.getClass().getSimpleName()) + " without text";
        }
    }

    /** What was thrown: class and message, nothing that could be endless or throw again. */
    public static String ofThrown(Throwable thrown) {
        return ofThrown(thrown, LONGEST);
    }

    public static String ofThrown(Throwable thrown, int longest) {
        String message;
        try {
            message = thrown.getMessage();
        } catch (RuntimeException | StackOverflowError e) {
            message = "(its message cannot be read)";
        }
        String type = thrown.getClass().getSimpleName();
        String head = message == null ? "" : message.substring(0, Math.min(message.length(), longest));
        return of(head.isEmpty() ? type : type + ": " + escaped(head), longest);
    }

    private static String escaped(CharSequence text) {
        StringBuilder plain = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c)) {
                if (plain == null) {
                    plain = new StringBuilder(text.length() + 16).append(text, 0, i);
                }
                plain.append(
                        switch (c) {
                            case '\n' -> "\\n";
                            case '\r' -> "\\r";
                            case '\t' -> "\\t";
                            default -> String.format("\\u%04x", (int) c);
                        });
            } else if (plain != null) {
                plain.append(c);
            }
        }
        return plain == null ? text.toString() : plain.toString();
    }
}
