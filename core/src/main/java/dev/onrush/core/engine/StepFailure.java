package dev.onrush.core.engine;

/**
 * All failures of one step.
 *
 * @param errorClass of the first
 * @param message of the first, at most 200 characters
 * @param stack of the first, a few lines; empty if there was no exception
 */
public record StepFailure(String place, long count, String errorClass, String message, String stack) {}
