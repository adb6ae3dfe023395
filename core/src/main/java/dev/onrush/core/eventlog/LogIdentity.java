package dev.onrush.core.eventlog;

/**
 * What the head of a log tells.
 *
 * @param syncMark random, of this log alone, as hexadecimal digits: two files that have it in common are copies of one log
 */
public record LogIdentity(String syncMark, RunHeader run) {}
