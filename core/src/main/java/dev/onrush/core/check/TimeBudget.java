package dev.onrush.core.check;

/** The time one check may take on one response, from its making on. */
final class TimeBudget {
    private final long nanos;
    private final long deadlineNanos;

    TimeBudget(long nanos) {
        this.nanos = nanos;
        this.deadlineNanos = System.nanoTime() + nanos;
    }

    /**
     * @param words what it was used up on, and what to do, as they go on after "took more than 100 ms"
     * @throws CheckTimeoutException if it is used up
     */
    void look(String words) {
        if (System.nanoTime() - deadlineNanos > 0) {
            throw new CheckTimeoutException("took more than " + nanos / 1_000_000 + " ms" + words);
        }
    }
}
