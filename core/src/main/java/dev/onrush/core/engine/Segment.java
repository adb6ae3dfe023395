package dev.onrush.core.engine;

/**
 * A generator's part of what all generators of a run share.
 *
 * @param index which of them it is, from 0
 * @param of how many there are
 */
record Segment(int index, int of) {
    static final Segment WHOLE = new Segment(0, 1);

    /** Its part of a number. */
    int share(int number) {
        return (int) share((long) number);
    }

    long share(long number) {
        return Math.max(0, (number - index + of - 1) / of);
    }

    boolean isOurs(long ordinal) {
        return ordinal % of == index;
    }

    /** The place among those of all generators of what is the k-th of this one. */
    long ordinal(long own) {
        return own * of + index;
    }
}
