package dev.onrush.core.session;

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
}
