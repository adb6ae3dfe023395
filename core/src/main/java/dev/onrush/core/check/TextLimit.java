package dev.onrush.core.check;

/** How much text one check may gather: elements that lie in one another have the same text again and again. */
final class TextLimit {
    private static final int MOST_CHARACTERS = 1 << 26;

    private long characters;

    /** @throws UnreadableBodyException if that is too much together with what was gathered before */
    void add(Object value) {
        if (value instanceof String text) {
            characters += text.length();
            if (characters > MOST_CHARACTERS) {
                throw new UnreadableBodyException("the texts found have more than " + MOST_CHARACTERS
                        + " characters together. Look for elements that do not lie in one another.");
            }
        }
    }
}
