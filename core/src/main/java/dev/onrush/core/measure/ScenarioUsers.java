package dev.onrush.core.measure;

/** Users of one scenario. */
public record ScenarioUsers(String scenario, UserCounts users) {}
