package dev.onrush.core.eventlog;

/** Why a user ended. The order is part of the log format. */
public enum UserEnd {
    /** Its scenario was through. */
    THROUGH,
    /** A feeder with {@code stopUserWhenEmpty} was empty. */
    FEEDER_EMPTY,
    /** The run stopped. */
    STOPPED,
    /** It could not be driven on: user code held its thread, or nothing would have woken it any more. */
    BLOCKED
}
