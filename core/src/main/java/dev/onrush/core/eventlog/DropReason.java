package dev.onrush.core.eventlog;

/** Why a user that was due did not start. The order is part of the log format. */
public enum DropReason {
    /** The population's {@code maxUsers} were present. */
    USER_CAP,
    /** The run stopped before its time came. */
    STOPPED
}
