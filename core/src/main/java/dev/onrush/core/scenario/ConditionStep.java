package dev.onrush.core.scenario;

import java.util.List;
import java.util.stream.Stream;

import dev.onrush.core.CallSite;
import dev.onrush.core.engine.Action;
import dev.onrush.core.session.Expression;

/**
 * Steps for users of whom a condition holds, and others for the rest.
 *
 * @param word as in {@code doIf}
 * @param otherwise may be empty
 */
public record ConditionStep(
        String word, Expression<Boolean> condition, List<Step> then, List<Step> otherwise, CallSite site)
        implements Step {
    public ConditionStep {
        then = List.copyOf(then);
        otherwise = List.copyOf(otherwise);
    }

    @Override
    public List<Step> children() {
        return Stream.concat(then.stream(), otherwise.stream()).toList();
    }

    @Override
    public Action compile(Compilation compilation, Action next) {
        compilation.reads(condition);
        Action held = compilation.inside(word, then, next);
        Action not = otherwise.isEmpty() ? next : compilation.inside("orElse", otherwise, next);
        return new StepAction(
                compilation.place(),
                (user, following) -> Values.required(condition, user.session(), "the condition") ? held : not,
                next);
    }
}
