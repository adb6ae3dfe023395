package dev.onrush.report.internal.page;

import java.util.List;

import dev.onrush.core.eventlog.RunHeader;
import dev.onrush.core.health.VerdictLevel;
import dev.onrush.core.measure.RunInfo;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.report.internal.html.Statement;
import dev.onrush.report.internal.model.HeaderTexts;
import dev.onrush.report.internal.model.RunRemarks;
import dev.onrush.report.internal.model.TableTree;
import dev.onrush.report.internal.model.TimeFigure;
import dev.onrush.report.internal.model.VerdictWords;
import dev.onrush.report.internal.text.Printed;
import dev.onrush.report.outcome.RunFacts;
import dev.onrush.report.outcome.RunOutcome;

/** Puts the words and figures of one run in the page's order. */
final class PageComposer {
    private PageComposer() {}

    static PageModel compose(RunStatistics statistics, RunOutcome outcome, List<TableTree.Line> lines) {
        RunInfo run = statistics.run();
        List<PageModel.Row> rows = RequestRows.of(statistics, lines);
        AssertionRows assertions = new AssertionRows(statistics, outcome);
        RunDescription description = new RunDescription(statistics, outcome.exitCode());
        ErrorRows errors = new ErrorRows(statistics);
        return new PageModel(
                run.simulation(),
                run.description(),
                Printed.start(run.start()),
                Printed.seconds(run.durationSeconds()),
                run.version(),
                verdict(statistics, outcome),
                assertions.passed(),
                HonestyBlock.of(statistics),
                RunRemarks.of(statistics, outcome.scope()),
                Headlines.of(statistics),
                Headlines.times(statistics),
                assertions.rows(),
                assertions.note(),
                !statistics.generator().tlsVerification(),
                description.facts(),
                description.profiles(),
                description.settings(),
                List.copyOf(
                        HeaderTexts.of(run.header(), RunFacts.WARNING_PREFIX).values()),
                run.header().getOrDefault(RunHeader.PLAN, ""),
                statistics.stepFailures().stream()
                        .map(failure -> new PageModel.StepFailureRow(
                                failure.errorClass(), failure.message(), Printed.count(failure.count())))
                        .toList(),
                PageFigures.COLUMNS.stream().map(TimeFigure::label).toList(),
                rows,
                rows.stream().flatMap(row -> row.times().stream()).anyMatch(PageModel.TimeCell::tooFew),
                statistics.total().compensated() != null,
                errors.rows(),
                errors.samplesNote(),
                statistics.total().total() > 0,
                !statistics.timeline().steps().isEmpty());
    }

    private static PageModel.Verdict verdict(RunStatistics statistics, RunOutcome outcome) {
        VerdictLevel level = outcome.verdict().level();
        return new PageModel.Verdict(
                level.name(),
                Statement.tone(level),
                VerdictWords.title(level),
                VerdictWords.meaning(level),
                outcome.verdict().reasons().stream()
                        .map(reason -> new PageModel.Reason(reason.text(), VerdictWords.when(reason, statistics)))
                        .toList());
    }
}
