package dev.onrush.core.scenario;

import java.util.List;

import dev.onrush.core.CallSite;
import dev.onrush.core.engine.Action;
import dev.onrush.core.session.Expression;

/** A named span of steps, recorded with its duration and the time its requests took. */
public record GroupStep(Expression<String> name, List<Step> steps, CallSite site) implements Step {
    public GroupStep {
        steps = List.copyOf(steps);
    }

    @Override
    public String word() {
        return "group";
    }

    @Override
    public List<Step> children() {
        return steps;
    }

    @Override
    public Action compile(Compilation compilation, Action next) {
        compilation.reads(name);
        String place = compilation.place();
        Action leave = new StepAction(
                place,
                (user, following) -> {
                    UserBlock.leaveInnermost(user);
                    return following;
                },
                next);
        String fixed = name.isConstant() ? name.source() : null;
        Action body = compilation.insideGroup(fixed, steps, leave);
        return new GroupAction(place, name, body, next, compilation.names());
    }
}
