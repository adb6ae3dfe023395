package dev.onrush.report.internal.files;

import java.util.regex.Pattern;

import dev.onrush.report.internal.text.PlainText;

/**
 * Texts from outside in Markdown, as text: what could be markup, a cell's end, a link or somebody's name to be called becomes a
 * character reference, which no reader of Markdown takes for markup.
 */
final class MarkdownText {
    private static final String MARKUP = "\\`*_[]<>#!|~^&$@";
    /** What begins a list, or underlines a title, at the beginning of a text. */
    private static final Pattern BLOCK = Pattern.compile("^(?:[-+]|\\d+[.)]|=+$)(?: |$)");

    private MarkdownText() {}

    /** The text, on one line, cut to so many characters. */
    static String of(String text, int length) {
        String plain = PlainText.cut(PlainText.of(text), length);
        boolean isBlock = BLOCK.matcher(plain).find();
        StringBuilder escaped = new StringBuilder(plain.length() + 16);
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            // A colon before a blank ends nothing but a sentence; elsewhere it may make a link, or a picture of a word.
            boolean isColon = c == ':' && i + 1 < plain.length() && plain.charAt(i + 1) != ' ';
            if (i == 0 && isBlock || isColon || MARKUP.indexOf(c) >= 0) {
                escaped.append("&#").append((int) c).append(';');
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
