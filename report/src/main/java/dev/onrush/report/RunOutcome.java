package dev.onrush.report;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.assertion.AssertionResult;
import dev.onrush.core.health.Verdict;
import dev.onrush.core.measure.RunStatistics;

/**
 * What is known of a run when its statistics have been judged.
 *
 * @param assertions null if they were not evaluated or nobody kept their results
 * @param exitCode null if the run was killed
 */
public record RunOutcome(
        Verdict verdict,
        @Nullable List<AssertionResult> assertions,
        @Nullable Integer exitCode) {
    public RunOutcome {
        assertions = assertions == null ? null : List.copyOf(assertions);
    }

    /** Why there are no results of assertions. */
    static String whyNotEvaluated(RunStatistics statistics) {
        return statistics.generator().endMissing()
                ? "assertions were not evaluated: the run was killed"
                : "assertions are not known: the run left no summary.json";
    }
}
