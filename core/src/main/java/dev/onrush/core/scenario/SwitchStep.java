package dev.onrush.core.scenario;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.onrush.core.CallSite;
import dev.onrush.core.engine.Action;
import dev.onrush.core.session.Expression;

/**
 * The branch whose key a value equals.
 *
 * @param otherwise for a value that no key equals; may be empty
 */
public record SwitchStep(String word, Expression<?> value, List<Branch> branches, List<Step> otherwise, CallSite site)
        implements Step {
    public SwitchStep {
        branches = List.copyOf(branches);
        otherwise = List.copyOf(otherwise);
    }

    /** Steps and the key that leads to them. */
    public record Branch(Object key, List<Step> steps) {
        public Branch {
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
        compilation.reads(value);
        Map<Object, Action> firsts = new HashMap<>();
        for (Branch branch : branches) {
            Object key = branch.key();
            if (key instanceof String text) {
                compilation.fixedName(text);
            }
            Action first = compilation.inside(word + " case " + key, branch.steps(), next);
            if (firsts.putIfAbsent(key, first) != null) {
                compilation.problem("two cases have the key " + key + ". Give each case a key of its own.");
            }
        }
        Action rest = otherwise.isEmpty() ? next : compilation.inside("orElse", otherwise, next);
        return new StepAction(
                compilation.place(),
                (user, following) -> {
                    Object key = Values.required(value, user.session(), "the value to switch on");
                    Action found = firsts.get(key);
                    return found == null ? rest : found;
                },
                next);
    }
}
