package dev.onrush.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Generated messages of ten paragraphs, each with the label a classifier should find. */
final class Messages {
    private static final int PARAGRAPHS = 10;

    private static final String[] PLAIN = {
        "about", "after", "again", "answer", "arrived", "because", "before", "bring", "colleagues", "could", "draft",
        "evening", "figures", "forward", "from", "garden", "have", "house", "letter", "meeting", "morning", "notes",
        "office", "page", "please", "questions", "read", "report", "room", "school", "send", "should", "station",
        "table", "thanks", "their", "there", "tomorrow", "train", "until", "week", "with", "work", "yesterday"
    };
    private static final String[] TEMPTING = {
        "bonus", "cash", "click", "free", "guaranteed", "money", "offer", "prize", "urgent", "winner"
    };

    private Messages() {}

    /** Returns records with {@code message} and {@code label}; every third is spam. One seed gives the same ones. */
    static List<Map<String, Object>> generate(int count, long seed) {
        var random = new SplittableRandom(seed);
        List<Map<String, Object>> records = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            boolean spam = i % 3 == 2;
            records.add(Map.of("message", message(spam, random), "label", spam ? "spam" : "ham"));
        }
        return records;
    }

    private static String message(boolean spam, SplittableRandom random) {
        var text = new StringBuilder();
        for (int paragraph = 0; paragraph < PARAGRAPHS; paragraph++) {
            text.append(paragraph == 0 ? "" : "\n\n");
            int sentences = random.nextInt(3, 7);
            for (int sentence = 0; sentence < sentences; sentence++) {
                text.append(sentence == 0 ? "" : " ");
                appendSentence(text, spam, random);
            }
        }
        return text.toString();
    }

    private static void appendSentence(StringBuilder text, boolean spam, SplittableRandom random) {
        int start = text.length();
        int words = random.nextInt(6, 15);
        for (int word = 0; word < words; word++) {
            // every fifth word of spam tempts, on average
            String[] from = spam && random.nextInt(5) == 0 ? TEMPTING : PLAIN;
            text.append(word == 0 ? "" : " ").append(from[random.nextInt(from.length)]);
        }
        text.setCharAt(start, Character.toUpperCase(text.charAt(start)));
        text.append('.');
    }
}
