package dev.onrush.core.measure;

import dev.onrush.core.eventlog.MarkKind;

/** Something to be seen on the time axis, microseconds since the run began. */
public record Mark(MarkKind kind, long atMicros, String text) {}
