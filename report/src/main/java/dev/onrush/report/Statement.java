package dev.onrush.report;

/** What a page says on its first screen; {@code tone} for the style. */
record Statement(String tone, String title, String meaning) {}
