package dev.onrush.examples.target;

import java.util.Locale;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonProperty;
import tools.jackson.databind.JsonNode;

/**
 * Says whether a text is spam, by the share of its words that spam likes: more than 5 % make it spam. The same text
 * always gets the same answer.
 */
final class SpamClassifier {
    private static final Set<String> SPAM_WORDS = Set.of(
            "bonus",
            "cash",
            "click",
            "credit",
            "discount",
            "free",
            "guaranteed",
            "money",
            "offer",
            "prize",
            "urgent",
            "winner");

    private static final double SPAM_SHARE = 0.05;

    /** The answer: the label and how sure it is, 0.5 to 1. */
    record Verdict(
            String label, @JsonProperty("label_probability") double labelProbability) {}

    private SpamClassifier() {}

    static Route.Door requiring(String token) {
        String expected = "Bearer " + token;
        return call -> {
            String given = call.header("Authorization");
            if (expected.equals(given)) {
                return null;
            }
            String message = given == null
                    ? "no Authorization header: send 'Authorization: Bearer <token>'"
                    : "the bearer token is not the one of this target";
            return Answer.error(401, message).with("WWW-Authenticate", "Bearer");
        };
    }

    static Answer answer(Call call) {
        JsonNode message = Answer.JSON.readTree(call.body()).get("message");
        if (message == null || !message.isString()) {
            return Answer.error(400, "a JSON object with the text field 'message' is expected");
        }
        return Answer.json(200, classify(message.stringValue()));
    }

    static Verdict classify(String text) {
        int words = 0;
        int hits = 0;
        int start = -1;
        for (int i = 0; i <= text.length(); i++) {
            if (i < text.length() && Character.isLetter(text.charAt(i))) {
                start = start < 0 ? i : start;
            } else if (start >= 0) {
                words++;
                hits += SPAM_WORDS.contains(text.substring(start, i).toLowerCase(Locale.ROOT)) ? 1 : 0;
                start = -1;
            }
        }
        double share = words == 0 ? 0 : (double) hits / words;
        // a logistic curve through one half at SPAM_SHARE: no such word gives ham with 0.982
        double spam = 1 / (1 + Math.exp(4 - 4 * share / SPAM_SHARE));
        boolean isSpam = share > SPAM_SHARE;
        double probability = isSpam ? spam : 1 - spam;
        return new Verdict(isSpam ? "spam" : "ham", Math.round(probability * 10_000) / 10_000.0);
    }
}
