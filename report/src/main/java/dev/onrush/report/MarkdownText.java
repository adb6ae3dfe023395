package dev.onrush.report;

/**
 * Texts from outside in Markdown, as text: what could be markup, a cell's end, a link or somebody's name to be called becomes a
 * character reference, which no reader of Markdown takes for markup.
 */
final class MarkdownText {
    private static final String MARKUP = "\\`*_{}[]()<>#+!|~^&$:@=";

    private MarkdownText() {}

    /** The text, on one line, cut to so many characters. */
    static String of(String text, int length) {
        String plain = PlainText.cut(PlainText.of(text), length);
        StringBuilder escaped = new StringBuilder(plain.length() + 16);
        plain.codePoints().forEach(c -> {
            // A sign that begins a list does so only there.
            boolean isListMark = escaped.isEmpty() && (c == '-' || Character.isDigit(c));
            if (isListMark || MARKUP.indexOf(c) >= 0) {
                escaped.append("&#").append(c).append(';');
            } else {
                escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }
}
