package dev.onrush.core.eventlog;

/** Texts as the log keeps them: of bounded length, and such that UTF-8 can hold them. */
final class LogText {
    /** Names of requests, groups and scenarios, texts of marks: characters kept. */
    static final int NAME_LENGTH = 1000;
    /** Messages of errors: characters kept. */
    static final int MESSAGE_LENGTH = 200;
    /** Texts in the head of the log: characters kept. */
    static final int HEADER_LENGTH = 20_000;

    private LogText() {}

    /**
     * The text itself if it fits. A longer one is cut and ends in {@code …}; half of a surrogate pair becomes U+FFFD, because
     * UTF-8 has no place for it.
     */
    static String of(String text, int length) {
        int end = text.length();
        boolean cut = end > length;
        if (cut) {
            end = length - 1;
            if (Character.isHighSurrogate(text.charAt(end - 1))) {
                end--;
            }
        }
        int broken = brokenFrom(text, 0, end);
        if (!cut && broken == end) {
            return text;
        }
        StringBuilder kept = new StringBuilder(end + 1);
        int from = 0;
        while (broken < end) {
            kept.append(text, from, broken).append('\uFFFD');
            from = broken + 1;
            broken = brokenFrom(text, from, end);
        }
        kept.append(text, from, end);
        return cut ? kept.append('…').toString() : kept.toString();
    }

    /** Where the first lone surrogate is, or {@code end}. */
    private static int brokenFrom(String text, int from, int end) {
        for (int i = from; i < end; i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (Character.isHighSurrogate(c) && i + 1 < end && Character.isLowSurrogate(text.charAt(i + 1))) {
                    i++;
                } else {
                    return i;
                }
            }
        }
        return end;
    }
}
