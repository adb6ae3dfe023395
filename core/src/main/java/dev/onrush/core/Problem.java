package dev.onrush.core;

/**
 * One mistake in a definition.
 *
 * @param place where it stands, outermost first, as in {@code scenario "shop" > group "basket" > step 2 (pause), Shop.java:41};
 *     empty if it concerns the simulation as a whole
 * @param text what is wrong (with the value) and what to do
 */
public record Problem(String place, String text) {
    @Override
    public String toString() {
        return place.isEmpty() ? text : place + ": " + text;
    }
}
