package dev.onrush.core.measure;

/** A failure that belongs to no request, such as a session function that threw, and how often. */
public record StepFailure(String errorClass, String message, long count) {}
