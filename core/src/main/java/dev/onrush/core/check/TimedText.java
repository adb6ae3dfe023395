package dev.onrush.core.check;

/**
 * The text a regular expression runs over, with a time budget: a pattern that runs away looks at characters without end, so
 * looking at one is where it can be stopped.
 */
final class TimedText implements CharSequence {
    /** So many characters between two looks at the clock. */
    private static final int STRIDE = 4096;

    private final String text;
    private final TimeBudget budget;
    private int untilLook = STRIDE;

    TimedText(String text, TimeBudget budget) {
        this.text = text;
        this.budget = budget;
    }

    @Override
    public char charAt(int index) {
        if (--untilLook < 0) {
            look();
        }
        return text.charAt(index);
    }

    private void look() {
        untilLook = STRIDE;
        budget.look(" on a text of " + text.length()
                + " characters. Write a pattern that does not go back, or raise the setting check.timeout.");
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
