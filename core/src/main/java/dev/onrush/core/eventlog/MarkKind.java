package dev.onrush.core.eventlog;

/** What a mark on the time axis means. The order is part of the log format. */
public enum MarkKind {
    LOAD_CHANGE,
    STOP,
    WARM_UP_END,
    STALL,
    NOTE
}
