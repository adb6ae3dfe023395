package dev.onrush.core.scenario;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.CallSite;
import dev.onrush.core.engine.Action;

/**
 * Steps in turns.
 *
 * @param counter attribute that counts the turns from 0; null: none
 * @param exitAsap whether the test is also made before each step of the body
 * @param atLeastOnce whether the first turn is taken without asking
 */
public record LoopStep(
        String word,
        LoopTest test,
        @Nullable String counter,
        boolean exitAsap,
        boolean atLeastOnce,
        List<Step> steps,
        CallSite site)
        implements Step {
    public LoopStep {
        steps = List.copyOf(steps);
    }

    @Override
    public List<Step> children() {
        return steps;
    }

    @Override
    public Action compile(Compilation compilation, Action next) {
        test.check(compilation);
        if (counter != null) {
            compilation.fixedName(counter);
            compilation.sets(Set.of(counter));
        }
        LoopAction loop = new LoopAction(compilation.place(), this, next);
        loop.body(
                exitAsap ? compilation.insideInterruptible(word, steps, loop) : compilation.inside(word, steps, loop));
        return loop.entrance();
    }
}
