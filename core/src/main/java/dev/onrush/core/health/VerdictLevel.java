package dev.onrush.core.health;

/** How far the numbers of a run can be believed; the worst wins, in this order from the best. */
public enum VerdictLevel {
    TRUSTWORTHY,
    /** Something disturbed the generator. */
    DEGRADED,
    /** The generator could not do what was asked. */
    SATURATED,
    /** Records are missing. */
    INCOMPLETE
}
