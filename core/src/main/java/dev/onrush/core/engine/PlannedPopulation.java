package dev.onrush.core.engine;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.injection.ClosedProfile;
import dev.onrush.core.injection.InjectionProfile;
import dev.onrush.core.injection.OpenProfile;
import dev.onrush.core.injection.ThrottleProfile;

/**
 * A scenario compiled for one population, and when its users start.
 *
 * @param scenario its number in the log
 * @param first the first action; the last one ends the user
 * @param maxUsers most users at once, {@link Integer#MAX_VALUE} for no limit
 * @param after names of those whose users must have ended before this one begins; empty: it begins with the run
 * @param isWhole whether each generator of a split run has it whole
 * @param throttle caps its requests; null: nothing does but the plan's
 */
public record PlannedPopulation(
        String name,
        int scenario,
        Action first,
        InjectionProfile profile,
        int maxUsers,
        List<String> after,
        boolean isWhole,
        @Nullable ThrottleProfile throttle) {
    public PlannedPopulation {
        after = List.copyOf(after);
    }

    /** When its users start, in words. */
    public String describeProfile() {
        return (after.isEmpty() ? "" : "after " + String.join(", ", after) + ": ") + profile.describe();
    }

    /** −1 if it depends on the target. */
    long expectedUsers(long seed) {
        return profile instanceof OpenProfile open ? users(name, open, seed) : -1;
    }

    /** How many users a population of that name starts in a run of that seed. */
    public static long users(String name, OpenProfile profile, long seed) {
        return profile.users(scheduleSeed(name, seed));
    }

    /** Seed of this population's arrivals. */
    long scheduleSeed(long seed) {
        return scheduleSeed(name, seed);
    }

    private static long scheduleSeed(String name, long seed) {
        return seed * 0x9E3779B97F4A7C15L + name.hashCode();
    }

    List<String> describe(long seed) {
        List<String> lines = new ArrayList<>();
        String users = profile instanceof ClosedProfile closed
                ? "at most " + closed.peak() + " at once"
                : expectedUsers(seed) + " users";
        String cap = maxUsers == Integer.MAX_VALUE ? "" : ", at most " + maxUsers + " at once";
        lines.add(name + ": " + describeProfile() + " (" + users + cap + ")");
        profile.remark().ifPresent(remark -> lines.add(name + ": " + remark));
        return lines;
    }
}
