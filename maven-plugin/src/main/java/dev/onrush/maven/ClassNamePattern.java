package dev.onrush.maven;

import java.util.regex.Pattern;

/**
 * A pattern of class names: {@code *} stands for any characters but a dot, {@code **} for any characters.
 *
 * <p>A pattern without a dot is compared with the name without its package, any other with the whole name.
 */
record ClassNamePattern(String text) {
    boolean matches(String className) {
        boolean simple = text.indexOf('.') < 0 && !text.contains("**");
        String name = simple ? className.substring(className.lastIndexOf('.') + 1) : className;
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.startsWith("**", i)) {
                regex.append(".*");
                i++;
            } else if (text.charAt(i) == '*') {
                regex.append("[^.]*");
            } else {
                regex.append(Pattern.quote(text.substring(i, i + 1)));
            }
        }
        return Pattern.matches(regex.toString(), name);
    }
}
