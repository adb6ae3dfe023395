package dev.onrush.core.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.CallSite;
import dev.onrush.core.Require;
import dev.onrush.core.injection.AtOnceUsers;
import dev.onrush.core.injection.InjectionProfile;
import dev.onrush.core.injection.OpenProfile;
import dev.onrush.core.injection.ThrottleProfile;
import dev.onrush.core.protocol.Protocol;

/**
 * The users of one scenario: when they start, and what holds for them alone.
 *
 * @param protocols win over the plan's, by kind
 * @param pauseType null: the plan's
 * @param maxUsers most users at once, {@link Integer#MAX_VALUE} for no limit
 * @param followers those that begin when all users of this one have ended, then those that begin when all users of these have, and so on
 * @param throttle caps its requests; null: nothing does but the plan's
 * @param site where the author asked for it
 */
public record Population(
        Scenario scenario,
        InjectionProfile profile,
        List<Protocol> protocols,
        @Nullable PauseType pauseType,
        int maxUsers,
        List<List<Population>> followers,
        @Nullable ThrottleProfile throttle,
        CallSite site) {
    public Population {
        protocols = List.copyOf(protocols);
        followers = followers.stream().map(List::copyOf).toList();
    }

    public static Population of(Scenario scenario, InjectionProfile profile, CallSite site) {
        return new Population(scenario, profile, List.of(), null, Integer.MAX_VALUE, List.of(), null, site);
    }

    public String name() {
        return scenario.name();
    }

    /** With these protocols too; one takes the place of an earlier one of its kind. */
    public Population protocols(List<? extends Protocol> more) {
        return new Population(
                scenario, profile, merged(protocols, more), pauseType, maxUsers, followers, throttle, site);
    }

    public Population pauseType(PauseType type) {
        return new Population(scenario, profile, protocols, type, maxUsers, followers, throttle, site);
    }

    public Population maxUsers(int most) {
        return new Population(
                scenario,
                profile,
                protocols,
                pauseType,
                Require.atLeast("maxUsers", 1, most),
                followers,
                throttle,
                site);
    }

    public Population throttle(ThrottleProfile cap) {
        return new Population(scenario, profile, protocols, pauseType, maxUsers, followers, cap, site);
    }

    /** With these, too, that begin when all users have ended of those that were the last so far. */
    public Population andThen(List<Population> next) {
        List<List<Population>> more = new ArrayList<>(followers);
        more.add(next);
        return new Population(scenario, profile, protocols, pauseType, maxUsers, more, throttle, site);
    }

    /** The same with one user each, to show what it does. */
    public Population asTrial() {
        return new Population(
                scenario,
                new OpenProfile(List.of(new AtOnceUsers(1))),
                protocols,
                pauseType,
                Integer.MAX_VALUE,
                followers.stream()
                        .map(stage -> stage.stream().map(Population::asTrial).toList())
                        .toList(),
                null,
                site);
    }

    /** This one and all that follow it. */
    public Stream<Population> withFollowers() {
        return Stream.concat(
                Stream.of(this), followers.stream().flatMap(List::stream).flatMap(Population::withFollowers));
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
