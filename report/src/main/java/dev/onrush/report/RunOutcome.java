package dev.onrush.report;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.assertion.AssertionResult;

/**
 * What is known of a run when its statistics have been judged.
 *
 * @param assertions null if they were not evaluated, because the run was killed
 * @param exitCode null if the run was killed
 */
public record RunOutcome(
        ReportVerdict verdict,
        @Nullable List<AssertionResult> assertions,
        @Nullable Integer exitCode) {
    static final String NOT_EVALUATED = "assertions were not evaluated: the run was killed";

    public RunOutcome {
        assertions = assertions == null ? null : List.copyOf(assertions);
    }
}
