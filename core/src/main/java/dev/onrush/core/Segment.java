package dev.onrush.core;

/**
 * A generator's part of what all generators of a run share: of things that are numbered from 0, those whose number is {@code index}
 * modulo {@code of}.
 *
 * @param index which of them it is, from 0
 * @param of how many there are
 */
public record Segment(int index, int of) {
    /** Of the only generator of a run. */
    public static final Segment WHOLE = new Segment(0, 1);

    public Segment {
        if (of < 1 || index < 0 || index >= of) {
            throw new IllegalArgumentException("segment " + index + " of " + of + " does not exist");
        }
    }

    /**
     * As in {@code 0/3}, the first of three.
     *
     * @throws IllegalArgumentException if it is not written so, or there is no such part
     */
    public static Segment parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("there is no / in \"" + text + "\"");
        }
        return new Segment(Integer.parseInt(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }

    public boolean isWhole() {
        return of == 1;
    }

    /** Its part of a number: how many of the first so many are its own. */
    public int share(int number) {
        return (int) share((long) number);
    }

    /** As {@link #share(int)}; also which of its own is the first that is not below that number. */
    public long share(long number) {
        return Math.max(0, (number - index + of - 1) / of);
    }

    public boolean isOurs(long ordinal) {
        return ordinal % of == index;
    }

    /** The place among those of all generators of what is the k-th of this one. */
    public long ordinal(long own) {
        return own * of + index;
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return index + "/" + of;
    }
}
