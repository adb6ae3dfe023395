package dev.onrush.core.engine;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.eventlog.HeldPlace;

/**
 * How a run went, as far as the engine knows; the figures are in the log.
 *
 * @param stop why it stopped before all users were through; null if they were
 * @param endNanos when the last user ended, nanoseconds since the run began
 * @param stalls places that held a thread, and how long
 * @param warnings what was warned of while it ran, each text once
 * @param lostUsers users that an error of ours, or of a protocol, left without anything to wake them; they were ended
 */
public record RunOutcome(
        @Nullable RunStop stop,
        long endNanos,
        List<PopulationProgress> populations,
        List<StepFailure> stepFailures,
        List<HeldPlace> stalls,
        List<String> warnings,
        long lostUsers) {
    public RunOutcome {
        populations = List.copyOf(populations);
        stepFailures = List.copyOf(stepFailures);
        stalls = List.copyOf(stalls);
        warnings = List.copyOf(warnings);
    }

    public Optional<RunStop> stopped() {
        return Optional.ofNullable(stop);
    }

    /** Whether the exit code is 3. */
    public boolean crashed() {
        return stop != null && stop.crash();
    }
}
