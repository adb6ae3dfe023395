package dev.onrush.dsl;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.onrush.core.CallSite;
import dev.onrush.core.Require;
import dev.onrush.core.injection.ClosedProfile;
import dev.onrush.core.injection.ClosedStep;
import dev.onrush.core.injection.InjectionProfile;
import dev.onrush.core.injection.OpenProfile;
import dev.onrush.core.scenario.Population;
import dev.onrush.core.scenario.Scenario;
import dev.onrush.core.scenario.Step;

/** What one user does, under a name. Immutable: each word returns a new scenario. */
public final class ScenarioBuilder extends StructureBuilder<ScenarioBuilder> {
    private final String name;
    private final CallSite site;

    ScenarioBuilder(String name, CallSite site, List<Step> steps) {
        super(steps);
        this.name = name;
        this.site = site;
    }

    String name() {
        return name;
    }

    @Override
    ScenarioBuilder with(List<Step> steps) {
        return new ScenarioBuilder(name, site, steps);
    }

    /** Users keep arriving, however slowly the target answers: steps, one after the other. */
    public PopulationBuilder injectOpen(OpenInjectionStep... steps) {
        return injectOpen(Arrays.asList(Require.notNull("injectOpen: steps", steps)));
    }

    /** As {@link #injectOpen(OpenInjectionStep...)}. */
    public PopulationBuilder injectOpen(List<OpenInjectionStep> steps) {
        return inject(
                "injectOpen",
                new OpenProfile(Arguments.all("injectOpen: step", steps).stream()
                        .map(OpenInjectionStep::step)
                        .toList()));
    }

    /** So many users are present, one who ends is replaced: steps, one after the other. */
    public PopulationBuilder injectClosed(ClosedInjectionStep... steps) {
        return injectClosed(Arrays.asList(Require.notNull("injectClosed: steps", steps)));
    }

    /** As {@link #injectClosed(ClosedInjectionStep...)}. */
    public PopulationBuilder injectClosed(List<ClosedInjectionStep> steps) {
        List<ClosedStep> all = new ArrayList<>();
        Arguments.all("injectClosed: step", steps).forEach(step -> all.addAll(step.steps()));
        return inject("injectClosed", new ClosedProfile(all));
    }

    private PopulationBuilder inject(String word, InjectionProfile profile) {
        return new PopulationBuilder(Population.of(new Scenario(name, steps(), site), profile, CallSite.of(word)));
    }
}
