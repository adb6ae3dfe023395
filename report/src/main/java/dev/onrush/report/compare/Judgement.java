package dev.onrush.report.compare;

/** What can be said of one difference. */
public enum Judgement {
    BETTER("better"),
    WORSE("worse"),
    /** The interval lies within the practical floor: whatever difference there is does not matter. */
    EQUAL("equal for practical purposes"),
    /** No difference that this much data could show. */
    NOT_SHOWN("no difference shown"),
    TOO_FEW("too few to say");

    private final String words;

    Judgement(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
