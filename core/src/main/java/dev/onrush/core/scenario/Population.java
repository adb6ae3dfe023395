package dev.onrush.core.scenario;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.CallSite;
import dev.onrush.core.Require;
import dev.onrush.core.injection.InjectionProfile;
import dev.onrush.core.protocol.Protocol;

/**
 * The users of one scenario: when they start, and what holds for them alone.
 *
 * @param protocols win over the plan's, by kind
 * @param pauseType null: the plan's
 * @param maxUsers most users at once, {@link Integer#MAX_VALUE} for no limit
 * @param site where the author asked for it
 */
public record Population(
        Scenario scenario,
        InjectionProfile profile,
        List<Protocol> protocols,
        @Nullable PauseType pauseType,
        int maxUsers,
        CallSite site) {
    public Population {
        protocols = List.copyOf(protocols);
    }

    public static Population of(Scenario scenario, InjectionProfile profile, CallSite site) {
        return new Population(scenario, profile, List.of(), null, Integer.MAX_VALUE, site);
    }

    public String name() {
        return scenario.name();
    }

    /** With these protocols too; one takes the place of an earlier one of its kind. */
    public Population protocols(List<? extends Protocol> more) {
        return new Population(scenario, profile, merged(protocols, more), pauseType, maxUsers, site);
    }

    public Population pauseType(PauseType type) {
        return new Population(scenario, profile, protocols, type, maxUsers, site);
    }

    public Population maxUsers(int most) {
        return new Population(scenario, profile, protocols, pauseType, Require.atLeast("maxUsers", 1, most), site);
    }

    static List<Protocol> merged(List<Protocol> earlier, List<? extends Protocol> more) {
        List<Protocol> all = new ArrayList<>(earlier);
        for (Protocol protocol : more) {
            all.removeIf(other -> other.kind().equals(protocol.kind()));
            all.add(protocol);
        }
        return all;
    }
}
