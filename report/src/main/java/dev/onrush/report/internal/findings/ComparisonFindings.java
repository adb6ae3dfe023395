package dev.onrush.report.internal.findings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.health.VerdictLevel;
import dev.onrush.report.compare.ComparedRuns;
import dev.onrush.report.compare.Comparison;
import dev.onrush.report.compare.Difference;
import dev.onrush.report.compare.Judgement;
import dev.onrush.report.compare.RequestComparison;
import dev.onrush.report.compare.RequestName;
import dev.onrush.report.internal.text.Printed;

/** What a comparison found, in the words that page, file and console share. */
public record ComparisonFindings(
        Comparison how,
        List<ComparedRun> baselines,
        List<ComparedRun> candidates,
        ComparedRuns compared,
        List<OtherChanges.Change> changes,
        String summary,
        List<String> gateFailures) {
    static final String ALL_REQUESTS = "All requests";
    static final String WITHIN_RUN_ONLY =
            "Within-run only: with one run on a side nobody knows how much figures vary from run to run.";

    private static final int MOST_LINES = 12;

    public static ComparisonFindings of(
            Comparison how, List<ComparedRun> baselines, List<ComparedRun> candidates, ComparedRuns compared) {
        return new ComparisonFindings(
                how,
                baselines,
                candidates,
                compared,
                OtherChanges.between(baselines, candidates),
                summary(compared),
                gate(how.failIfWorseBy(), compared));
    }

    /** Nothing is known of how a figure varies from run to run. */
    boolean withinRunOnly() {
        return baselines.size() == 1 || candidates.size() == 1;
    }

    private Stream<ComparedRun> runs() {
        return Stream.concat(baselines.stream(), candidates.stream());
    }

    /** The worst of all runs. */
    VerdictLevel worstVerdict() {
        return runs().map(run -> run.verdict().level())
                .max(Comparator.naturalOrder())
                .orElse(VerdictLevel.TRUSTWORTHY);
    }

    /** A request as people read it; all if there is no name. */
    String label(@Nullable RequestName name) {
        if (name != null) {
            return name.toString();
        }
        return compared.notCompared().isEmpty() ? ALL_REQUESTS : "All requests compared";
    }

    static long count(ComparedRuns compared, Judgement judgement) {
        return compared.requests().stream()
                .flatMap(request -> request.differences().stream())
                .filter(difference -> difference.judgement() == judgement)
                .count();
    }

    /** The findings for a console, what matters first. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        runs().filter(run -> run.verdict().level() != VerdictLevel.TRUSTWORTHY)
                .forEach(run -> lines.add("Not to be trusted: " + run.label() + " is "
                        + run.verdict().level() + "."));
        lines.add(summary);
        int shown = 0;
        for (RequestComparison request : compared.requests()) {
            for (Difference difference : request.differences()) {
                Judgement judgement = difference.judgement();
                if ((judgement == Judgement.WORSE || judgement == Judgement.BETTER) && ++shown <= MOST_LINES) {
                    lines.add("  " + label(request.name()) + ": "
                            + difference.figure().label() + " "
                            + DifferenceWords.signed(difference.figure(), difference.difference()) + ", "
                            + judgement.words());
                }
            }
        }
        if (shown > MOST_LINES) {
            lines.add("  and " + (shown - MOST_LINES) + " more, on the page");
        }
        if (withinRunOnly()) {
            lines.add(WITHIN_RUN_ONLY);
        }
        return lines;
    }

    private static String summary(ComparedRuns compared) {
        long worse = count(compared, Judgement.WORSE);
        long better = count(compared, Judgement.BETTER);
        if (compared.tests() == 0) {
            return "There is too little in these runs to say anything.";
        }
        if (worse == 0 && better == 0) {
            return "No difference that this much data could show, among "
                    + Printed.count(compared.tests(), "figure", "figures") + ".";
        }
        List<String> parts = new ArrayList<>();
        if (worse > 0) {
            parts.add(Printed.count(worse, "figure is worse", "figures are worse"));
        }
        if (better > 0) {
            parts.add(Printed.count(better, "figure is better", "figures are better"));
        }
        return String.join(" and ", parts) + ", of " + Printed.count(compared.tests()) + " compared.";
    }

    private static List<String> gate(@Nullable Double percent, ComparedRuns compared) {
        List<String> failures = new ArrayList<>();
        if (percent == null) {
            return failures;
        }
        for (RequestComparison request : compared.requests()) {
            for (Difference difference : request.differences()) {
                Double by = difference.difference();
                if (difference.judgement() == Judgement.WORSE
                        && by != null
                        && (!difference.figure().isTime() || by >= percent)) {
                    RequestName name = request.name();
                    failures.add(
                            (name == null ? ALL_REQUESTS : name.toString()) + ": " + gateLine(difference, by, percent));
                }
            }
        }
        return failures;
    }

    private static String gateLine(Difference difference, double by, double percent) {
        String from = DifferenceWords.value(difference.figure(), difference.baseline());
        String to = DifferenceWords.value(difference.figure(), difference.candidate());
        return difference.figure().label() + " is worse by "
                + DifferenceWords.signless(difference.figure(), by) + " (" + from + " to " + to + ", interval "
                + DifferenceWords.signed(difference.figure(), difference.lower()) + " to "
                + DifferenceWords.signed(difference.figure(), difference.upper())
                + (difference.figure().isTime()
                        ? "), limit " + DifferenceWords.plain(percent) + " %."
                        : "); more failures than before always fail the gate.");
    }
}
