package dev.onrush.core.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.onrush.core.CallSite;
import dev.onrush.core.Require;
import dev.onrush.core.engine.Action;

/**
 * One of several branches, by chance.
 *
 * @param otherwise for the rest up to 100 %; empty: the rest is skipped
 */
public record RandomSwitchStep(String word, List<Branch> branches, List<Step> otherwise, CallSite site)
        implements Step {
    /** Adding up percentages such as 33.3 thrice leaves dust. */
    private static final double DUST = 1e-9;

    public RandomSwitchStep {
        branches = List.copyOf(branches);
        otherwise = List.copyOf(otherwise);
    }

    /** Steps and how many percent of the users take them. */
    public record Branch(double percent, List<Step> steps) {
        public Branch {
            Require.notNegative("percent", percent);
            steps = List.copyOf(steps);
        }
    }

    @Override
    public List<Step> children() {
        return Stream.concat(branches.stream().flatMap(branch -> branch.steps().stream()), otherwise.stream())
                .toList();
    }

    @Override
    public Action compile(Compilation compilation, Action next) {
        double[] upTo = new double[branches.size()];
        List<Action> firsts = new ArrayList<>();
        double sum = 0;
        for (int i = 0; i < upTo.length; i++) {
            sum += branches.get(i).percent();
            upTo[i] = sum;
            firsts.add(compilation.inside(word, branches.get(i).steps(), next));
        }
        if (sum > 100 + DUST) {
            compilation.problem("the branches add up to " + sum + " %. Make them at most 100 % together.");
        }
        Action rest = otherwise.isEmpty() ? next : compilation.inside("orElse", otherwise, next);
        boolean full = sum >= 100 - DUST;
        return new StepAction(
                compilation.place(),
                (user, following) -> {
                    double drawn = user.session().identity().random().nextDouble() * 100;
                    for (int i = 0; i < upTo.length; i++) {
                        if (drawn < upTo[i] || full && i == upTo.length - 1) {
                            return firsts.get(i);
                        }
                    }
                    return rest;
                },
                next);
    }
}
