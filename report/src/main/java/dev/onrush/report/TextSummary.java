package dev.onrush.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.assertion.AssertionResult;
import dev.onrush.core.health.Verdict;
import dev.onrush.core.health.VerdictReason;
import dev.onrush.core.measure.Compensated;
import dev.onrush.core.measure.ErrorCount;
import dev.onrush.core.measure.GroupStatistics;
import dev.onrush.core.measure.RequestStatistics;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.core.measure.StepFailure;
import dev.onrush.core.measure.Times;
import dev.onrush.report.internal.model.GroupFigures;
import dev.onrush.report.internal.model.TableTree;
import dev.onrush.report.internal.model.TimeFigure;
import dev.onrush.report.internal.model.VerdictWords;
import dev.onrush.report.internal.model.WorkloadWords;
import dev.onrush.report.internal.text.PlainText;
import dev.onrush.report.internal.text.Printed;
import dev.onrush.report.internal.text.TextTable;
import dev.onrush.report.outcome.RunOutcome;

/** The end of a run in plain text: what the console prints. No colours; control characters of names are escaped. */
public final class TextSummary {
    private static final List<String> COLUMNS =
            List.of("count", "OK", "KO", "KO %", "per s", "p50 ms", "p95 ms", "p99 ms", "max ms");
    private static final List<TimeFigure> TIMES =
            List.of(TimeFigure.P50, TimeFigure.P95, TimeFigure.P99, TimeFigure.MAX);
    private static final int MOST_ERRORS = 20;
    /** A reason that is cut tells nothing; a terminal breaks lines by itself. */
    private static final int FEWEST_OF_ERROR = 200;

    private final RunStatistics statistics;
    private final RunOutcome outcome;
    private final int width;
    private final StringBuilder text = new StringBuilder();
    private boolean anyTooFew;

    private TextSummary(RunStatistics statistics, RunOutcome outcome, int width) {
        this.statistics = statistics;
        this.outcome = outcome;
        this.width = width;
    }

    /**
     * The summary, several lines, with {@code \n} after each.
     *
     * @param page the report, or null if none was written
     * @param width of the terminal in characters: names and messages are cut so that the table fits, if it can
     */
    public static String of(RunStatistics statistics, RunOutcome outcome, @Nullable Path page, int width) {
        return new TextSummary(statistics, outcome, width).summary(page);
    }

    private String summary(@Nullable Path page) {
        line(PlainText.of(statistics.run().simulation()) + ", "
                + Printed.seconds(statistics.run().durationSeconds()) + ", "
                + digits(statistics.users().started())
                + (statistics.users().started() == 1 ? " user started" : " users started"));
        line("");
        table();
        errors();
        stepFailures();
        assertions();
        verdict();
        if (page != null) {
            line("");
            line("Report: " + PlainText.of(page.toAbsolutePath().normalize().toString()));
        }
        return text.toString();
    }

    private void table() {
        if (statistics.total().total() == 0) {
            line("No request was completed.");
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("Requests"));
        head.addAll(COLUMNS);
        rows.add(head);
        rows.add(row(PlainText.of(statistics.total().name()), statistics.total()));
        for (TableTree.Line entry : TableTree.of(statistics)) {
            String name = "  ".repeat(entry.depth()) + PlainText.of(entry.name());
            RequestStatistics request = entry.request();
            GroupStatistics group = entry.statistics();
            if (request != null) {
                rows.add(row(name, request));
            } else if (group != null) {
                Times times = GroupFigures.times(group, statistics);
                rows.add(row(
                        name + " (group)",
                        group.total(),
                        group.ok(),
                        group.ko(),
                        GroupFigures.throughput(group, statistics),
                        times));
            } else {
                rows.add(List.of(name + " (group)", "", "", "", "", "", "", "", "", ""));
            }
        }
        TextTable.lines(rows, width).forEach(this::line);
        if (anyTooFew) {
            line("* too few requests for this percentile");
        }
        if (!statistics.groups().isEmpty()) {
            line(
                    GroupFigures.usesDuration(statistics)
                            ? "Times of groups: duration, with pauses. The report has the response times in them as well."
                            : "Times of groups: the response times in them, without pauses. The report has their duration as well.");
        }
        String closed = WorkloadWords.closed(statistics);
        if (closed != null) {
            line("");
            line(PlainText.of(closed));
        }
        Compensated compensated = statistics.total().compensated();
        if (compensated != null) {
            compensated(compensated);
        }
    }

    private void compensated(Compensated compensated) {
        List<String> times = new ArrayList<>();
        for (TimeFigure figure : TIMES) {
            times.add(figure.label() + " " + ascii(Printed.time(figure.millis(compensated.responseTime()))));
        }
        line(WorkloadWords.compensatedName(statistics) + ": " + String.join(", ", times) + " ("
                + ascii(WorkloadWords.compensation(compensated)) + ").");
    }

    private List<String> row(String name, RequestStatistics request) {
        return row(name, request.total(), request.ok(), request.ko(), request.throughput(), request.responseTime());
    }

    private List<String> row(String name, long total, long ok, long ko, double perSecond, Times times) {
        List<String> row = new ArrayList<>();
        row.add(name);
        row.add(digits(total));
        row.add(digits(ok));
        row.add(digits(ko));
        row.add(total == 0 ? "-" : ascii(Printed.percent(100.0 * ko / total)));
        row.add(ascii(Printed.perSecond(perSecond)));
        for (TimeFigure figure : TIMES) {
            boolean tooFew = figure.tooFew(times);
            anyTooFew |= tooFew;
            row.add(ascii(Printed.millis(figure.millis(times))) + (tooFew ? "*" : ""));
        }
        return row;
    }

    private void errors() {
        if (statistics.errors().isEmpty()) {
            return;
        }
        line("");
        line("Errors");
        List<ErrorCount> errors = statistics.errors();
        for (ErrorCount error : errors.subList(0, Math.min(MOST_ERRORS, errors.size()))) {
            counted(error.count(), error.errorClass(), error.message());
        }
        if (errors.size() > MOST_ERRORS) {
            line("  and " + (errors.size() - MOST_ERRORS) + " more kinds; the report has them all");
        }
    }

    private void stepFailures() {
        if (statistics.stepFailures().isEmpty()) {
            return;
        }
        line("");
        line("Step failures");
        for (StepFailure failure : statistics.stepFailures()) {
            counted(failure.count(), failure.errorClass(), failure.message());
        }
    }

    private void counted(long count, String errorClass, String message) {
        String digits = digits(count);
        String padded = " ".repeat(Math.max(0, 8 - digits.length())) + digits;
        line(PlainText.cut(
                padded + "  " + PlainText.of(errorClass) + "  " + PlainText.of(message),
                Math.max(width, FEWEST_OF_ERROR)));
    }

    private void assertions() {
        line("");
        List<AssertionResult> assertions = outcome.assertions();
        if (assertions == null) {
            String why = outcome.whyNotEvaluated(statistics);
            line(Character.toUpperCase(why.charAt(0)) + why.substring(1) + ".");
            return;
        }
        if (assertions.isEmpty()) {
            line(
                    statistics.total().ko() == 0
                            ? "Assertions: none"
                            : "Assertions: none, so failed requests do not fail the run");
            return;
        }
        line("Assertions");
        for (AssertionResult assertion : assertions) {
            line((assertion.passed() ? "  holds   " : "  FAILED  ") + PlainText.of(assertion.text()));
        }
    }

    private void verdict() {
        line("");
        Verdict verdict = outcome.verdict();
        line("Verdict: " + verdict.level() + ". " + VerdictWords.title(verdict.level()) + ".");
        for (VerdictReason reason : verdict.reasons()) {
            line("  - " + PlainText.of(reason.text()) + " (" + VerdictWords.when(reason, statistics) + ")");
        }
    }

    private void line(String line) {
        text.append(line.stripTrailing()).append('\n');
    }

    private static String digits(long value) {
        return Long.toString(value);
    }

    /** As it is printed on the page, in characters that every terminal has. */
    private static String ascii(String printed) {
        return printed.replace("\u202F", "").replace(Printed.NOTHING, "-");
    }
}
