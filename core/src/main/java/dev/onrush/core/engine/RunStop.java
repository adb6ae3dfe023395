package dev.onrush.core.engine;

/**
 * Why a run stops before all users are through.
 *
 * @param crash whether the exit code is 3
 */
public record RunStop(String reason, boolean crash) {}
