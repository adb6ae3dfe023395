package dev.onrush.core.engine;

import java.util.List;

/**
 * A live look at a run.
 *
 * @param elapsedNanos since the run began
 * @param stopping whether no more users are started
 * @param inFlight requests begun and not ended
 */
public record RunProgress(
        long elapsedNanos, boolean stopping, long ok, long ko, long inFlight, List<PopulationProgress> populations) {
    public RunProgress {
        populations = List.copyOf(populations);
    }
}
