package dev.onrush.core.health;

/**
 * Why a verdict is not better, or what goes with it.
 *
 * @param level what this reason alone makes of the run; {@link VerdictLevel#TRUSTWORTHY} for what only explains others
 * @param text what happened, with the value, and what to do
 * @param fromSecond first second of the run it concerns
 * @param toSecond last second it concerns, included
 */
public record VerdictReason(VerdictLevel level, String text, long fromSecond, long toSecond) {}
