package dev.onrush.report.internal.model;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.eventlog.RunHeader;
import dev.onrush.core.measure.Compensated;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.report.internal.text.Printed;
import dev.onrush.report.outcome.RunFacts;

/** What page and console say of a run whose users waited for the target before they asked again. */
public final class WorkloadWords {
    private WorkloadWords() {}

    /** What the times of closed scenarios are; null if there is none. */
    public static @Nullable String closed(RunStatistics statistics) {
        String words =
                ": a user waits for its answer before it asks again, so a slow target lowered the load, and the times"
                        + " are service times.";
        String model = statistics.run().header().getOrDefault(RunFacts.WORKLOAD_MODEL, "");
        if (RunHeader.CLOSED.equals(model)) {
            return "Closed model" + words;
        }
        List<String> names = new ArrayList<>();
        new TreeSet<>(statistics.run().header().keySet()).forEach(key -> {
            if (key.startsWith(RunHeader.MODEL_PREFIX)
                    && RunHeader.CLOSED.equals(statistics.run().header().get(key))) {
                names.add(key.substring(RunHeader.MODEL_PREFIX.length()));
            }
        });
        return names.isEmpty() ? null : "Closed model in " + String.join(", ", names) + words;
    }

    /** The name of the compensated series: it says where it comes from, as it must never be taken for the times themselves. */
    public static String compensatedName(RunStatistics statistics) {
        return RunHeader.CLOSED.equals(statistics.run().header().get(RunFacts.WORKLOAD_MODEL))
                ? "All requests, compensated"
                : "Requests of closed scenarios, compensated";
    }

    /** How it was made. */
    public static String compensation(Compensated compensated) {
        return "an estimate: "
                + Printed.count(compensated.added(), "request was", "requests were")
                + " put back that users held up by the target did not ask"
                + (compensated.intervalMicros() > 0
                        ? ", one per " + Printed.time(compensated.intervalMicros() / 1000.0)
                        : "");
    }
}
