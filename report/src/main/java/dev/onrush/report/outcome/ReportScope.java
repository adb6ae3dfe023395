package dev.onrush.report.outcome;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.eventlog.RunHeader;
import dev.onrush.core.measure.RunStatistics;

/**
 * What a report is about, if not one whole run as one generator recorded it.
 *
 * @param window the part of the run that is in the figures; null: the whole run
 * @param generators whose logs were merged, in their order; empty: one alone
 * @param remarks on how the logs go together, one sentence or two each
 */
public record ReportScope(@Nullable ReportWindow window, List<GeneratorPart> generators, List<String> remarks) {
    /** One whole run. */
    public static final ReportScope WHOLE_RUN = new ReportScope(null, List.of(), List.of());

    public ReportScope {
        generators = List.copyOf(generators);
        remarks = List.copyOf(remarks);
    }

    /** Of a run as its own log tells it: one that was split says which part of it this is. */
    public static ReportScope of(RunStatistics statistics) {
        String segment = statistics.run().header().getOrDefault(RunHeader.SEGMENT, "");
        return segment.isEmpty()
                ? WHOLE_RUN
                : new ReportScope(
                        null,
                        List.of(),
                        List.of("This is segment " + segment
                                + " of a run on several generators, counted from 0: the load of"
                                + " the others is in no figure here. Merge their logs to see them together."));
    }

    /** All of it in words; empty for a whole run. */
    public List<String> words() {
        List<String> words = new ArrayList<>();
        if (window != null) {
            words.add(window.words());
        }
        if (!generators.isEmpty()) {
            words.add(generators.size() + " generators made this load, and their logs were merged: "
                    + String.join(
                            "; ", generators.stream().map(GeneratorPart::words).toList()) + ".");
        }
        words.addAll(remarks);
        return words;
    }

    /** Why assertions are not in such a report; null if nothing speaks against them. */
    public @Nullable String withoutAssertions() {
        if (window != null) {
            return "assertions are judged on a whole run, and this report is of a window of it";
        }
        return generators.isEmpty() ? null : "assertions were judged by each generator on its own part of the run";
    }
}
