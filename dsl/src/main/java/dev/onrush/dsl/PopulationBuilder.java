package dev.onrush.dsl;

import java.util.Arrays;
import java.util.List;

import dev.onrush.core.CallSite;
import dev.onrush.core.Require;
import dev.onrush.core.scenario.Population;

/** The users of one scenario and when they start. Immutable. */
public final class PopulationBuilder implements PauseWords<PopulationBuilder> {
    private final Population population;

    PopulationBuilder(Population population) {
        this.population = population;
    }

    Population population() {
        return population;
    }

    /** For this population; wins over those of the set-up. One of a kind, a later one replaces the earlier. */
    public PopulationBuilder protocols(ProtocolBuilder... all) {
        return protocols(Arrays.asList(Require.notNull("protocols", all)));
    }

    /** As {@link #protocols(ProtocolBuilder...)}. */
    public PopulationBuilder protocols(List<? extends ProtocolBuilder> all) {
        CallSite.of("protocols");
        return new PopulationBuilder(population.protocols(Arguments.protocols(all)));
    }

    @Override
    public PopulationBuilder pauses(PauseType type) {
        return new PopulationBuilder(population.pauseType(PauseType.given(type)));
    }

    /**
     * Never more than so many users at once. One that is due above the cap is dropped: counted and shown, not started later.
     *
     * @param users 1 or more
     */
    public PopulationBuilder maxUsers(int users) {
        return new PopulationBuilder(population.maxUsers(users));
    }

    /** In a run that is split over several generators, each of them runs this population whole. */
    public PopulationBuilder noShard() {
        return new PopulationBuilder(population.whole());
    }

    /** Caps its requests per second, from the start of the run on; with a throttle of the set-up, the lower limit wins. When the throttle is over, so is the run. */
    public PopulationBuilder throttle(ThrottleStep... steps) {
        return throttle(Arrays.asList(Require.notNull("throttle: steps", steps)));
    }

    /** As {@link #throttle(ThrottleStep...)}. */
    public PopulationBuilder throttle(List<ThrottleStep> steps) {
        return new PopulationBuilder(population.throttle(Arguments.throttle(steps)));
    }

    /**
     * Their profiles begin when all users of this population have ended. In {@code a.andThen(b).andThen(c)} c waits for b and for what follows
     * b.
     */
    public PopulationBuilder andThen(PopulationBuilder... next) {
        return andThen(Arrays.asList(Require.notNull("andThen: populations", next)));
    }

    /** As {@link #andThen(PopulationBuilder...)}. */
    public PopulationBuilder andThen(List<PopulationBuilder> next) {
        CallSite.of("andThen");
        return new PopulationBuilder(population.andThen(Arguments.all("andThen: population", next).stream()
                .map(PopulationBuilder::population)
                .toList()));
    }
}
