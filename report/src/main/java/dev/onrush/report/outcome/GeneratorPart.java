package dev.onrush.report.outcome;

import java.time.Instant;

import dev.onrush.core.health.Verdict;
import dev.onrush.core.measure.GeneratorStatistics;
import dev.onrush.report.internal.text.Printed;

/**
 * One of the generators that made a load together.
 *
 * @param name which one: its number, and the folder of its log
 * @param segment the part of the run it made, as in {@code 0/2}; empty if its log does not say
 * @param start wall time at which it began, by its own clock
 * @param verdict on this generator alone
 */
public record GeneratorPart(
        String name, String segment, Instant start, long requests, Verdict verdict, GeneratorStatistics statistics) {
    String words() {
        return name + (segment.isEmpty() ? "" : ", segment " + segment) + ", " + verdict.level() + ", "
                + Printed.count(requests, "request", "requests")
                + (statistics.cpuMaxPercent() < 0
                        ? ""
                        : ", CPU at most " + statistics.cpuMaxPercent() + " % of a core");
    }
}
