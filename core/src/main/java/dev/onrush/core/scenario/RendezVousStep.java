package dev.onrush.core.scenario;

import dev.onrush.core.CallSite;
import dev.onrush.core.engine.Action;

/**
 * Holds the first so many users who come here, lets them go together, and holds nobody after that.
 *
 * @param timeoutNanos those who wait are let go when the first of them has waited that long; {@link Long#MAX_VALUE}: never
 */
public record RendezVousStep(int users, long timeoutNanos, CallSite site) implements Step {
    @Override
    public String word() {
        return "rendezVous";
    }

    @Override
    public Action compile(Compilation compilation, Action next) {
        if (compilation.isTrial()) {
            return next;
        }
        long most = compilation.mostAtOnce();
        if (users > most) {
            compilation.problem("it waits for " + users + " users, and at most " + most
                    + " of this scenario are there at once: they would wait for ever. Wait for fewer, or inject more.");
        }
        Gate gate = new Gate(compilation.place(), users, timeoutNanos, compilation.environment());
        return new StepAction(compilation.place(), gate::arrive, next);
    }
}
