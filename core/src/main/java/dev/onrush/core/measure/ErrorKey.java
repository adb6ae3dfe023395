package dev.onrush.core.measure;

/** What tells one error from another. */
record ErrorKey(String errorClass, String message) {}
