package dev.onrush.core.measure;

import java.time.Instant;
import java.util.Map;

/**
 * What is known of a run besides its figures.
 *
 * @param simulation its name
 * @param description what the person who started it wrote; may be empty
 * @param start wall time at which it began
 * @param durationSeconds from its beginning to its end, or to the last record if its end is missing
 * @param measuredSeconds the same without the warm-up: what throughput is divided by
 * @param seed of everything random in it
 * @param version of Onrush
 * @param settings those that differ from their default
 * @param header everything else the head of the log tells
 */
public record RunInfo(
        String simulation,
        String description,
        Instant start,
        double durationSeconds,
        double measuredSeconds,
        long seed,
        String version,
        Map<String, String> settings,
        Map<String, String> header) {
    public RunInfo {
        settings = Map.copyOf(settings);
        header = Map.copyOf(header);
    }
}
