package dev.onrush.core.check;

/**
 * A validation did not hold.
 *
 * @param expectation what was expected, as it goes on after "expected": {@code 200}, {@code one of [1, 2]}
 * @param reason what else is to be said, empty if nothing
 */
public record Refusal(String expectation, String reason) {
    public Refusal(String expectation) {
        this(expectation, "");
    }
}
