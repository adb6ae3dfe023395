package dev.onrush.report.internal.findings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;

import dev.onrush.core.health.VerdictLevel;
import dev.onrush.core.health.VerdictReason;
import dev.onrush.core.measure.RunInfo;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.report.compare.Comparison;
import dev.onrush.report.compare.Figure;
import dev.onrush.report.compare.Judgement;
import dev.onrush.report.compare.Overlay;
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
        return new ComparisonModel(
                simulation(),
                sides(),
                trust(),
                untrusted(),
                found(),
                failures(),
                gate(),
                remarks(),
                runs(),
                findings.changes(),
                Arrays.stream(Figure.values()).map(Figure::label).toList(),
                ComparisonTable.lines(findings),
                ComparisonTable.rows(findings),
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
                    Statement.tone(worst),
                    "A run is not to be trusted",
                    "What differs may be the generator's doing, not the target's.");
        }
        return new Statement(
                Statement.tone(worst),
                "The generator can be trusted",
                findings.withinRunOnly()
                        ? "In all runs. " + ComparisonFindings.WITHIN_RUN_ONLY + " Compare several runs to know."
                        : "In all runs. Intervals hold what varies within a run and from run to run.");
    }

    private List<ComparisonModel.UntrustedRun> untrusted() {
        return ofEach(ComparisonPage::untrusted)
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

    private String gate() {
        Double limit = findings.how().failIfWorseBy();
        if (limit == null) {
            return "";
        }
        return findings.gateFailures().isEmpty()
                ? "The gate holds: no time was shown worse by " + DifferenceWords.plain(limit)
                        + " % or more, and no more requests failed."
                : "The gate failed: a time was shown worse by " + DifferenceWords.plain(limit)
                        + " % or more, or more requests failed.";
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
            remarks.add(ComparisonFindings.WITHIN_RUN_ONLY);
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
        return ofEach(ComparisonPage::run).toList();
    }

    /** Of each run, with the name of its side. */
    private <T> Stream<T> ofEach(BiFunction<String, ComparedRun, T> made) {
        return Stream.concat(
                findings.baselines().stream().map(run -> made.apply("baseline", run)),
                findings.candidates().stream().map(run -> made.apply("candidate", run)));
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
                Statement.tone(level),
                level.name(),
                info.description());
    }

    private String method() {
        return "Two sides of the same thing are called different on at most 5 % of pages: "
                + Printed.count(findings.compared().tests(), "figure was tested", "figures were tested")
                + " together (Holm), from " + Printed.count(findings.how().replications())
                + " resamplings of blocks of time (circular block bootstrap, seed "
                + findings.how().seed() + "). A difference of less than "
                + DifferenceWords.plain(findings.how().practicalPercent()) + " %, of KO % less than "
                + DifferenceWords.plain(Comparison.PRACTICAL_KO_POINTS)
                + " points, does not matter and is never called better or worse. A smallest shift is one that would have been found nine times in ten.";
    }
}
