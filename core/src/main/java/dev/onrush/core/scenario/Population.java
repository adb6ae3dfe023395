package dev.onrush.core.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.CallSite;
import dev.onrush.core.Require;
import dev.onrush.core.injection.AtOnceUsers;
import dev.onrush.core.injection.InjectionProfile;
import dev.onrush.core.injection.OpenProfile;
import dev.onrush.core.injection.ThrottleProfile;
import dev.onrush.core.protocol.Protocol;

/** The users of one scenario: when they start, and what holds for them alone. An immutable value: each change gives a new one. */
public final class Population {
    private final Scenario scenario;
    private final CallSite site;
    /** The parts, changed only in a copy that nobody else has seen yet. */
    private InjectionProfile profile;

    private List<Protocol> protocols = List.of();
    private @Nullable PauseType pauseType;
    private int maxUsers = Integer.MAX_VALUE;
    private List<List<Population>> followers = List.of();
    private @Nullable ThrottleProfile throttle;
    private boolean whole;

    private Population(Scenario scenario, InjectionProfile profile, CallSite site) {
        this.scenario = scenario;
        this.profile = profile;
        this.site = site;
    }

    private Population(Population other) {
        this(other.scenario, other.profile, other.site);
        protocols = other.protocols;
        pauseType = other.pauseType;
        maxUsers = other.maxUsers;
        followers = other.followers;
        throttle = other.throttle;
        whole = other.whole;
    }

    /** @param site where the author asked for it */
    public static Population of(Scenario scenario, InjectionProfile profile, CallSite site) {
        return new Population(scenario, profile, site);
    }

    public String name() {
        return scenario.name();
    }

    public Scenario scenario() {
        return scenario;
    }

    public InjectionProfile profile() {
        return profile;
    }

    /** They win over the plan's, by kind. */
    public List<Protocol> protocols() {
        return protocols;
    }

    /** Null: the plan's. */
    public @Nullable PauseType pauseType() {
        return pauseType;
    }

    /** Most users at once, {@link Integer#MAX_VALUE} for no limit. */
    public int maxUsers() {
        return maxUsers;
    }

    /** Those that begin when all users of this one have ended, then those that begin when all users of these have, and so on. */
    public List<List<Population>> followers() {
        return followers;
    }

    /** Caps its requests; null: nothing does but the plan's. */
    public @Nullable ThrottleProfile throttle() {
        return throttle;
    }

    /** Whether each generator of a split run has it whole. */
    public boolean isWhole() {
        return whole;
    }

    public CallSite site() {
        return site;
    }

    /** With these protocols too; one takes the place of an earlier one of its kind. */
    public Population protocols(List<? extends Protocol> more) {
        return with(population -> population.protocols = merged(protocols, more));
    }

    public Population pauseType(PauseType type) {
        return with(population -> population.pauseType = type);
    }

    public Population maxUsers(int most) {
        Require.atLeast("maxUsers", 1, most);
        return with(population -> population.maxUsers = most);
    }

    public Population throttle(ThrottleProfile cap) {
        return with(population -> population.throttle = cap);
    }

    public Population whole() {
        return with(population -> population.whole = true);
    }

    /** With these, too, that begin when all users have ended of those that were the last so far. */
    public Population andThen(List<Population> next) {
        List<List<Population>> more = new ArrayList<>(followers);
        more.add(List.copyOf(next));
        return with(population -> population.followers = List.copyOf(more));
    }

    /** The same with one user each, to show what it does. */
    public Population asTrial() {
        return with(population -> {
            population.profile = new OpenProfile(List.of(new AtOnceUsers(1)));
            population.maxUsers = Integer.MAX_VALUE;
            population.throttle = null;
            population.followers = followers.stream()
                    .map(stage -> stage.stream().map(Population::asTrial).toList())
                    .toList();
        });
    }

    /** This one and all that follow it. */
    public Stream<Population> withFollowers() {
        return Stream.concat(
                Stream.of(this), followers.stream().flatMap(List::stream).flatMap(Population::withFollowers));
    }

    private Population with(Consumer<Population> change) {
        Population changed = new Population(this);
        change.accept(changed);
        return changed;
    }

    static List<Protocol> merged(List<Protocol> earlier, List<? extends Protocol> more) {
        List<Protocol> all = new ArrayList<>(earlier);
        for (Protocol protocol : more) {
            all.removeIf(other -> other.kind().equals(protocol.kind()));
            all.add(protocol);
        }
        return List.copyOf(all);
    }
}
