package dev.onrush.core.scenario;

import java.util.ArrayList;
import java.util.List;

import dev.onrush.core.DefinitionException;
import dev.onrush.core.Problem;
import dev.onrush.core.assertion.Assertion;
import dev.onrush.core.assertion.KnownNames;
import dev.onrush.core.engine.RunPlan;
import dev.onrush.core.protocol.Protocol;
import dev.onrush.core.protocol.ProtocolEnvironment;

/**
 * A simulation whole, as the author set it up. Nothing in it has been looked at together yet: {@link #compile} does that.
 *
 * @param simulation its name
 * @param protocols hold for populations that have none of that kind
 * @param assertions judged after the run; here only their paths are looked at
 */
public record LoadPlan(
        String simulation,
        List<Population> populations,
        List<Protocol> protocols,
        List<Assertion> assertions,
        RunRules rules) {
    public LoadPlan {
        populations = List.copyOf(populations);
        protocols = List.copyOf(protocols);
        assertions = List.copyOf(assertions);
    }

    /**
     * Compiles it for the engine of that environment, and opens its feeders. Sends nothing.
     *
     * @throws DefinitionException with all mistakes found, in the order of the scenarios
     */
    public RunPlan compile(ProtocolEnvironment environment) {
        return compile(environment, List.of());
    }

    /** As {@link #compile(ProtocolEnvironment)}, with mistakes that were found elsewhere in the same simulation. */
    public RunPlan compile(ProtocolEnvironment environment, List<Problem> foundElsewhere) {
        PlanCompiler compiler = new PlanCompiler(this, environment);
        RunPlan plan = compiler.compile();
        List<Problem> problems = new ArrayList<>(foundElsewhere);
        problems.addAll(compiler.problems());
        KnownNames known = plan.knownNames();
        assertions.forEach(assertion -> problems.addAll(assertion.problems(known)));
        if (!problems.isEmpty()) {
            plan.feeders().forEach(dev.onrush.core.feeder.Feeder::close);
            throw new DefinitionException(problems);
        }
        return plan;
    }
}
