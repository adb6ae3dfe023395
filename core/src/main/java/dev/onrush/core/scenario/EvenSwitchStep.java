package dev.onrush.core.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import dev.onrush.core.CallSite;
import dev.onrush.core.engine.Action;

/**
 * One of several branches, each as often as the others: by chance, or in turn.
 *
 * @param inTurn one after the other, counted over all users
 */
public record EvenSwitchStep(String word, boolean inTurn, List<List<Step>> branches, CallSite site) implements Step {
    public EvenSwitchStep {
        branches = branches.stream().map(List::copyOf).toList();
    }

    @Override
    public List<Step> children() {
        return branches.stream().flatMap(List::stream).toList();
    }

    @Override
    public Action compile(Compilation compilation, Action next) {
        List<Action> firsts = new ArrayList<>();
        for (int i = 0; i < branches.size(); i++) {
            firsts.add(compilation.inside(word + " branch " + (i + 1), branches.get(i), next));
        }
        AtomicLong turns = new AtomicLong();
        return new StepAction(
                compilation.place(),
                (user, following) -> firsts.get(
                        inTurn
                                ? Math.floorMod(turns.getAndIncrement(), firsts.size())
                                : user.session().identity().random().nextInt(firsts.size())),
                next);
    }
}
