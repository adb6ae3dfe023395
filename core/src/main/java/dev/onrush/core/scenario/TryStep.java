package dev.onrush.core.scenario;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.CallSite;
import dev.onrush.core.engine.Action;
import dev.onrush.core.session.Expression;

/**
 * Steps that are given up at the first failure in them, and begun anew as long as there are attempts left.
 *
 * @param attempts in total, 1 or more; read when the user comes to the block
 * @param counter attribute that counts the attempts from 0; null: none
 */
public record TryStep(
        String word, Expression<Integer> attempts, @Nullable String counter, List<Step> steps, CallSite site)
        implements Step {
    public TryStep {
        steps = List.copyOf(steps);
    }

    @Override
    public List<Step> children() {
        return steps;
    }

    @Override
    public Action compile(Compilation compilation, Action next) {
        compilation.reads(attempts);
        if (counter != null) {
            compilation.fixedName(counter);
            compilation.sets(Set.of(counter));
        }
        TryAction attempt = new TryAction(compilation.place(), this, next);
        attempt.body(compilation.insideInterruptible(word, steps, attempt));
        return attempt.entrance();
    }
}
