package dev.onrush.core.health;

/** The first and the last second of a run in which something was so, counted from its beginning. Immutable. */
public record Seconds(long first, long last) {
    public static final Seconds NONE = new Seconds(-1, -1);

    public boolean isEmpty() {
        return first < 0;
    }

    /** With that second as well. */
    public Seconds with(long second) {
        return and(new Seconds(second, second));
    }

    /** Of both. */
    public Seconds and(Seconds other) {
        if (isEmpty() || other.isEmpty()) {
            return isEmpty() ? other : this;
        }
        return new Seconds(Math.min(first, other.first), Math.max(last, other.last));
    }
}
