package dev.onrush.report.internal.findings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.health.VerdictLevel;
import dev.onrush.core.health.VerdictReason;
import dev.onrush.core.measure.RunInfo;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.report.compare.Comparison;
import dev.onrush.report.compare.Difference;
import dev.onrush.report.compare.Figure;
import dev.onrush.report.compare.Judgement;
import dev.onrush.report.compare.Overlay;
import dev.onrush.report.compare.RequestComparison;
import dev.onrush.report.internal.html.PageFile;
import dev.onrush.report.internal.html.Statement;
import dev.onrush.report.internal.text.Printed;

/** The page of a comparison: one file that asks nothing of anybody, as that of a run is. */
public final class ComparisonPage {
    /** Most failures of the gate that stand on the first screen; all are in the file. */
    private static final int MOST_FAILURES = 6;

    /** Made when the first page is. */
    private static final class Own {
        static final PageFile FILE =
                new PageFile("compare.ftlh", List.of("page/page.css", "page/compare.css"), "compare.js");
    }

    private final ComparisonFindings findings;

    private ComparisonPage(ComparisonFindings findings) {
        this.findings = findings;
    }

    public static String of(ComparisonFindings findings) {
        ComparisonPage page = new ComparisonPage(findings);
        return Own.FILE.render(page.model(), Map.of("data", page.data()));
    }

    private ComparisonModel model() {
        List<RequestComparison> requests = findings.compared().requests();
        List<ComparisonModel.Line> lines = new ArrayList<>();
        List<ComparisonModel.Row> rows = new ArrayList<>();
        for (int at = 0; at < requests.size(); at++) {
            RequestComparison request = requests.get(at);
            String name = findings.label(request.name());
            lines.add(new ComparisonModel.Line(
                    at,
                    name,
                    Printed.count(request.baselineCount()) + " → " + Printed.count(request.candidateCount()),
                    Printed.perSecond(request.baselineThroughput()) + " → "
                            + Printed.perSecond(request.candidateThroughput()),
                    request.differences().stream().map(ComparisonPage::cell).toList()));
            for (Difference difference : request.differences()) {
                rows.add(row(at, name, difference));
            }
        }
        Double limit = findings.how().failIfWorseBy();
        return new ComparisonModel(
                simulation(),
                sides(),
                trust(),
                untrusted(),
                found(),
                failures(),
                limit == null
                        ? ""
                        : findings.gateFailures().isEmpty()
                                ? "The gate holds: no time was shown worse by " + plain(limit)
                                        + " % or more, and no more requests failed."
                                : "The gate failed: a time was shown worse by " + plain(limit)
                                        + " % or more, or more requests failed.",
                remarks(),
                runs(),
                findings.changes(),
                Arrays.stream(Figure.values()).map(Figure::label).toList(),
                lines,
                rows,
                findings.compared().notCompared().stream()
                        .map(each -> new ComparisonModel.Omitted(each.name().toString(), each.reason()))
                        .toList(),
                method(),
                findings.candidates().get(0).statistics().run().version());
    }

    private ComparisonModel.Data data() {
        return new ComparisonModel.Data(
                Overlay.SPECTRUM,
                findings.compared().requests().stream()
                        .map(request -> new ComparisonModel.Chart(
                                findings.label(request.name()),
                                request.overlay().baseline(),
                                request.overlay().candidate()))
                        .toList());
    }

    private String simulation() {
        String before = findings.baselines().get(0).statistics().run().simulation();
        String after = findings.candidates().get(0).statistics().run().simulation();
        return before.equals(after) ? after : before + " → " + after;
    }

    private String sides() {
        return Printed.count(findings.baselines().size(), "baseline run", "baseline runs") + " against "
                + Printed.count(findings.candidates().size(), "candidate run", "candidate runs");
    }

    private Statement trust() {
        VerdictLevel worst = findings.worstVerdict();
        if (worst != VerdictLevel.TRUSTWORTHY) {
            return new Statement(
                    worst == VerdictLevel.DEGRADED ? "warn" : "bad",
                    "A run is not to be trusted",
                    "What differs may be the generator's doing, not the target's.");
        }
        return findings.withinRunOnly()
                ? new Statement(
                        "good",
                        "The generator can be trusted",
                        "In all runs. Within-run only: with one run on a side nobody knows how much"
                                + " figures vary from run to run. Compare several runs to know.")
                : new Statement(
                        "good",
                        "The generator can be trusted",
                        "In all runs. Intervals hold what varies within a run and from run to run.");
    }

    private List<ComparisonModel.UntrustedRun> untrusted() {
        return Stream.concat(
                        findings.baselines().stream().map(run -> untrusted("baseline", run)),
                        findings.candidates().stream().map(run -> untrusted("candidate", run)))
                .filter(run -> !run.verdict().equals(VerdictLevel.TRUSTWORTHY.name()))
                .toList();
    }

    private static ComparisonModel.UntrustedRun untrusted(String side, ComparedRun run) {
        return new ComparisonModel.UntrustedRun(
                side,
                run.label(),
                run.verdict().level().name(),
                run.verdict().reasons().stream().map(VerdictReason::text).toList());
    }

    private Statement found() {
        boolean worse = findings.compared().anyShown(Judgement.WORSE);
        boolean better = findings.compared().anyShown(Judgement.BETTER);
        String tone = !findings.gateFailures().isEmpty() || worse ? "bad" : better ? "good" : "none";
        String title =
                worse && better ? "Better and worse" : worse ? "Worse" : better ? "Better" : "No difference shown";
        if (findings.compared().tests() == 0) {
            title = "Too few to say";
        }
        return new Statement(tone, title, findings.summary());
    }

    private List<String> failures() {
        List<String> failures = findings.gateFailures();
        if (failures.size() <= MOST_FAILURES) {
            return failures;
        }
        List<String> shown = new ArrayList<>(failures.subList(0, MOST_FAILURES));
        shown.add("and " + (failures.size() - MOST_FAILURES) + " more.");
        return shown;
    }

    private List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        if (findings.withinRunOnly() && findings.worstVerdict() != VerdictLevel.TRUSTWORTHY) {
            remarks.add("Within-run only: with one run on a side nobody knows how much figures vary from run to run.");
        }
        long few = ComparisonFindings.count(findings.compared(), Judgement.TOO_FEW);
        if (few > 0) {
            remarks.add(
                    "Too few samples for " + Printed.count(few, "figure", "figures")
                            + ": a percentile needs 20 samples beyond it on each side, a mean 50, and a run at least a second.");
        }
        int omitted = findings.compared().notCompared().size();
        if (omitted > 0) {
            remarks.add(Printed.count(omitted, "request", "requests")
                    + " could not be compared; they stand at the end of the page.");
        }
        if (!findings.changes().isEmpty()) {
            remarks.add("More than the target may have changed: see “What else changed”.");
        }
        return remarks;
    }

    private List<ComparisonModel.Run> runs() {
        return Stream.concat(
                        findings.baselines().stream().map(run -> run("baseline", run)),
                        findings.candidates().stream().map(run -> run("candidate", run)))
                .toList();
    }

    private static ComparisonModel.Run run(String side, ComparedRun run) {
        RunStatistics statistics = run.statistics();
        RunInfo info = statistics.run();
        VerdictLevel level = run.verdict().level();
        return new ComparisonModel.Run(
                side,
                run.label(),
                Printed.start(info.start()),
                Printed.seconds(info.measuredSeconds()),
                Printed.count(statistics.total().total()),
                Printed.percent(statistics.total().koPercent()) + " %",
                level == VerdictLevel.TRUSTWORTHY ? "good" : level == VerdictLevel.DEGRADED ? "warn" : "bad",
                level.name(),
                info.description());
    }

    private static ComparisonModel.Cell cell(Difference difference) {
        Judgement judgement = difference.judgement();
        return new ComparisonModel.Cell(
                tone(judgement),
                ComparisonFindings.signed(difference.figure(), difference.difference())
                        .replace(" points", ""),
                judgement.words());
    }

    private static String tone(Judgement judgement) {
        return switch (judgement) {
            case BETTER -> "better";
            case WORSE -> "worse";
            case EQUAL -> "equal";
            case NOT_SHOWN -> "unshown";
            case TOO_FEW -> "toofew";
        };
    }

    private static ComparisonModel.Row row(int at, String name, Difference difference) {
        Figure figure = difference.figure();
        List<@Nullable Double> order = new ArrayList<>();
        order.add((double) at);
        order.add((double) figure.ordinal());
        order.add(difference.baseline());
        order.add(difference.candidate());
        order.add(difference.difference());
        order.add(difference.lower());
        order.add((double) rank(difference.judgement()));
        order.add(difference.smallestShift());
        return new ComparisonModel.Row(
                at,
                name,
                figure.label(),
                ComparisonFindings.value(figure, difference.baseline()),
                ComparisonFindings.value(figure, difference.candidate()),
                ComparisonFindings.signed(figure, difference.difference()),
                difference.lower() == null
                        ? Printed.NOTHING
                        : ComparisonFindings.signed(figure, difference.lower()) + " to "
                                + ComparisonFindings.signed(figure, difference.upper()),
                difference.judgement().words(),
                tone(difference.judgement()),
                ComparisonFindings.signless(figure, difference.smallestShift()),
                order);
    }

    /** Worse first. */
    private static int rank(Judgement judgement) {
        return switch (judgement) {
            case WORSE -> 4;
            case BETTER -> 3;
            case NOT_SHOWN -> 2;
            case EQUAL -> 1;
            case TOO_FEW -> 0;
        };
    }

    private String method() {
        return "Two sides of the same thing are called different on at most 5 % of pages: "
                + Printed.count(findings.compared().tests(), "figure was tested", "figures were tested")
                + " together (Holm), from " + Printed.count(findings.how().replications())
                + " resamplings of blocks of time (circular block bootstrap, seed "
                + findings.how().seed() + "). A difference of less than "
                + plain(findings.how().practicalPercent()) + " %, of KO % less than "
                + plain(Comparison.PRACTICAL_KO_POINTS)
                + " points, does not matter and is never called better or worse. A smallest shift is one that would have been found nine times in ten.";
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
