package dev.onrush.core.assertion;

import java.util.List;
import java.util.OptionalDouble;

import dev.onrush.core.measure.RunStatistics;
import dev.onrush.core.setting.Settings;

/** Judges assertions on the statistics that the report prints. */
public final class Assertions {
    private Assertions() {}

    /** As {@link #evaluate(List, RunStatistics, KnownNames, Settings)} when the plan's names are not at hand. */
    public static List<AssertionResult> evaluate(List<Assertion> assertions, RunStatistics run, Settings settings) {
        return evaluate(assertions, run, KnownNames.NONE, settings);
    }

    /**
     * One result for each assertion, in their order; {@code forAll()} gives one for each request.
     *
     * @param known the plan's names: a path among them that was never reached counts as no request at all
     */
    public static List<AssertionResult> evaluate(
            List<Assertion> assertions, RunStatistics run, KnownNames known, Settings settings) {
        return assertions.stream()
                .flatMap(assertion -> evaluate(assertion, run, known, settings).stream())
                .toList();
    }

    private static List<AssertionResult> evaluate(
            Assertion assertion, RunStatistics run, KnownNames known, Settings settings) {
        List<Subject> subjects = assertion.path().subjects(run, known, settings);
        if (!subjects.isEmpty()) {
            return subjects.stream()
                    .map(subject -> judge(assertion, subject, settings))
                    .toList();
        }
        String reason = assertion.path() instanceof AssertionPath.ForAll
                ? "no request was recorded"
                : "no request and no group has that path; " + KnownNames.of(run).words();
        return List.of(missing(assertion, assertion.path().words(), reason, 0, settings));
    }

    private static AssertionResult judge(Assertion assertion, Subject subject, Settings settings) {
        Measure measure = assertion.measure();
        if (subject.isGroup() && !measure.isOfGroups()) {
            return missing(assertion, subject.name(), "a group has no such time", subject.total(), settings);
        }
        OptionalDouble actual = measure.of(subject, settings);
        if (actual.isEmpty()) {
            String reason = subject.total() == 0
                    ? "no request was recorded"
                    : "none of " + requests(subject.total()) + " has a duration";
            return missing(assertion, subject.name(), reason, subject.total(), settings);
        }
        double value = actual.getAsDouble();
        String name = subject.name() + ": " + measure.words(settings);
        String limit = assertion.condition().words(measure.unit());
        String counted = subject.isGroup()
                ? subject.total() + (subject.total() == 1 ? " pass" : " passes")
                : requests(subject.total());
        String text = name + " = " + measure.unit().text(value) + ", " + limit + " (" + counted + ", " + subject.ko()
                + " KO).";
        return new AssertionResult(
                name + ", " + limit, text, assertion.condition().holds(value), value, limit, subject.total());
    }

    private static AssertionResult missing(
            Assertion assertion, String path, String reason, long requests, Settings settings) {
        String name = path + ": " + assertion.measure().words(settings);
        String limit = assertion.condition().words(assertion.measure().unit());
        return new AssertionResult(
                name + ", " + limit, name + ": " + reason + ", " + limit + ".", false, null, limit, requests);
    }

    private static String requests(long count) {
        return count + (count == 1 ? " request" : " requests");
    }
}
