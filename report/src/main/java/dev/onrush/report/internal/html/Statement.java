package dev.onrush.report.internal.html;

/** What a page says on its first screen; {@code tone} for the style. */
public record Statement(String tone, String title, String meaning) {}
