package dev.onrush.core.assertion;

import java.util.ArrayList;
import java.util.List;

import dev.onrush.core.CallSite;
import dev.onrush.core.Problem;
import dev.onrush.core.session.ExpressionCompiler;
import dev.onrush.core.setting.Settings;

/**
 * A test of the whole run's statistics; decides the exit code.
 *
 * @param site where the author wrote it
 */
public record Assertion(AssertionPath path, Measure measure, Condition condition, CallSite site) {
    /** What is wrong with it by definition, given the names of the plan. */
    public List<Problem> problems(KnownNames known) {
        List<Problem> problems = new ArrayList<>();
        if (path instanceof AssertionPath.Details details) {
            List<String> names = details.names();
            names.stream()
                    .flatMap(name -> ExpressionCompiler.problemsOfFixed(name).stream())
                    .forEach(text -> problems.add(problem(text)));
            if (problems.isEmpty() && known.complete() && !known.contains(names) && !known.mayFollow(names)) {
                problems.add(problem("no request and no group of the simulation has that path; " + known.words()
                        + ". A path is groups, then request; a scenario is not part of it."));
            } else if (known.groups().contains(names)
                    && !known.requests().contains(names)
                    && !measure.isOfGroups()
                    && measure instanceof Measure.Time time) {
                problems.add(problem("a group has no "
                        + (time.kind() == Measure.TimeKind.START_DELAY ? "start delay" : "service time")
                        + ". Use responseTime(), or the path of a request in it."));
            }
        }
        return problems;
    }

    /** In words, as in {@code All requests: response time p95, limit below 800 ms}. */
    public String describe(Settings settings) {
        return path.words() + ": " + measure.words(settings) + ", " + condition.words(measure.unit());
    }

    private Problem problem(String text) {
        return new Problem("assertion on \"" + path.words() + "\", " + site, text);
    }
}
