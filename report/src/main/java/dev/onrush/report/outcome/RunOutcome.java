package dev.onrush.report.outcome;

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
 * @param scope what the statistics are about
 */
public record RunOutcome(
        Verdict verdict,
        @Nullable List<AssertionResult> assertions,
        @Nullable Integer exitCode,
        ReportScope scope) {
    public RunOutcome {
        assertions = assertions == null ? null : List.copyOf(assertions);
    }

    /** Of a whole run. */
    public RunOutcome(Verdict verdict, @Nullable List<AssertionResult> assertions, @Nullable Integer exitCode) {
        this(verdict, assertions, exitCode, ReportScope.WHOLE_RUN);
    }

    /** Why there are no results of assertions. */
    public String whyNotEvaluated(RunStatistics statistics) {
        String why = scope.withoutAssertions();
        if (why != null) {
            return why;
        }
        return statistics.generator().endMissing()
                ? "assertions were not evaluated: the run was killed"
                : "assertions are not known: the run left no summary.json";
    }
}
