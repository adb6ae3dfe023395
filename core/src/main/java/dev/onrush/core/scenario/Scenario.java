package dev.onrush.core.scenario;

import java.util.List;

import dev.onrush.core.CallSite;

/** What one user does. */
public record Scenario(String name, List<Step> steps, CallSite site) {
    public Scenario {
        steps = List.copyOf(steps);
    }
}
