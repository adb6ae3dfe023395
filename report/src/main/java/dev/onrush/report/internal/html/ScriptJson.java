package dev.onrush.report.internal.html;

import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON that may stand inside a {@code <script type="application/json">}: nothing in it can end the element, begin a comment
 * or, read as JavaScript, end a line. Half of a surrogate pair, which UTF-8 cannot hold, becomes U+FFFD.
 */
public final class ScriptJson {
    static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    private ScriptJson() {}

    public static String of(Object value) {
        return escape(MAPPER.writeValueAsString(value));
    }

    /** The same JSON: these characters occur inside of strings only, where an escape means the character. */
    static String escape(String json) {
        StringBuilder escaped = new StringBuilder(json.length() + 64);
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            switch (c) {
                case '<', '>', '&', '\u2028', '\u2029' -> unicode(escaped, c);
                default -> {
                    if (Character.isSurrogate(c) && !isPaired(json, i)) {
                        escaped.append('\uFFFD');
                    } else {
                        escaped.append(c);
                    }
                }
            }
        }
        return escaped.toString();
    }

    private static boolean isPaired(String text, int at) {
        char c = text.charAt(at);
        return Character.isHighSurrogate(c)
                ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
                : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
    }

    private static void unicode(StringBuilder to, char c) {
        to.append("\\u").append("0123456789abcdef".charAt(c >> 12));
        to.append("0123456789abcdef".charAt(c >> 8 & 15));
        to.append("0123456789abcdef".charAt(c >> 4 & 15));
        to.append("0123456789abcdef".charAt(c & 15));
    }
}
