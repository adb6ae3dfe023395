package dev.onrush;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import dev.onrush.core.assertion.AssertionResult;
import dev.onrush.core.measure.RunStatistics;

/**
 * What came of a run.
 *
 * @param exitCode as a process would end: 0 done and assertions hold, 1 not run, 2 an assertion failed, 3 crashed or
 *     interrupted, 4 not trustworthy
 * @param folder the run's own folder; empty with exit code 1
 * @param statistics the figures of the report; empty with exit code 1
 * @param assertions one result each, in order
 * @param problems why it was not run with exit code 1, what failed on our side or in {@code after()} with exit code 3; one line each
 */
public record RunResult(
        int exitCode,
        Optional<Path> folder,
        Optional<RunStatistics> statistics,
        List<AssertionResult> assertions,
        List<String> problems) {
    public RunResult {
        assertions = List.copyOf(assertions);
        problems = List.copyOf(problems);
    }
}
