package dev.onrush.core.check;

/** What part of a response a check looks at. Checks run in this order, and within a scope in the order written. */
public enum CheckScope {
    LOCATION,
    STATUS,
    HEADER,
    BODY,
    TIME
}
