package dev.onrush.report.internal.files;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import dev.onrush.core.assertion.AssertionResult;
import dev.onrush.core.health.VerdictLevel;
import dev.onrush.core.health.VerdictReason;
import dev.onrush.core.measure.ErrorCount;
import dev.onrush.core.measure.RequestStatistics;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.report.internal.model.RequestPath;
import dev.onrush.report.internal.model.TimeFigure;
import dev.onrush.report.internal.model.VerdictWords;
import dev.onrush.report.internal.text.Printed;
import dev.onrush.report.outcome.RunOutcome;

/**
 * {@code summary.md}: what fits into a comment on a change, at most {@link #MOST_LINES} lines: whether it passed, whether the
 * generator can be believed, the headline numbers, which requests failed or were slow. Texts of the run are shown as text.
 */
public final class MarkdownSummary {
    static final int MOST_LINES = 60;

    private static final int REASONS = 5;
    private static final int ASSERTIONS = 10;
    private static final int REQUESTS = 10;
    private static final int ERRORS = 5;
    private static final int REMARKS = 4;
    private static final List<TimeFigure> TIMES =
            List.of(TimeFigure.P50, TimeFigure.P95, TimeFigure.P99, TimeFigure.MAX);

    private final RunStatistics statistics;
    private final RunOutcome outcome;
    private final StringBuilder text = new StringBuilder();

    private MarkdownSummary(RunStatistics statistics, RunOutcome outcome) {
        this.statistics = statistics;
        this.outcome = outcome;
    }

    public static String of(RunStatistics statistics, RunOutcome outcome) {
        return new MarkdownSummary(statistics, outcome).summary();
    }

    private String summary() {
        line("## " + MarkdownText.of(statistics.run().simulation(), 100) + ": " + passed());
        line("");
        verdict();
        outcome.scope().words().stream().limit(REMARKS).forEach(words -> line("- " + MarkdownText.of(words, 300)));
        assertions();
        numbers();
        requests();
        errors();
        line("");
        line("<sub>" + facts() + "</sub>");
        return text.toString();
    }

    private String passed() {
        List<AssertionResult> assertions = outcome.assertions();
        if (assertions == null) {
            return "not judged";
        }
        long failed = assertions.stream().filter(result -> !result.passed()).count();
        if (failed > 0) {
            return "failed";
        }
        return assertions.isEmpty() ? "no assertions" : "passed";
    }

    private void verdict() {
        VerdictLevel level = outcome.verdict().level();
        line("**" + level.name() + "**: " + VerdictWords.title(level) + ". " + VerdictWords.meaning(level));
        List<VerdictReason> reasons = outcome.verdict().reasons();
        if (!reasons.isEmpty() || !outcome.scope().words().isEmpty()) {
            line("");
        }
        reasons.stream()
                .limit(REASONS)
                .forEach(reason -> line("- " + MarkdownText.of(reason.text(), 300) + " ("
                        + VerdictWords.when(reason, statistics) + ")"));
        more(reasons.size() - REASONS, "- ", "reason", "reasons");
    }

    private void assertions() {
        List<AssertionResult> assertions = outcome.assertions();
        line("");
        if (assertions == null) {
            line(Printed.sentence(outcome.whyNotEvaluated(statistics)));
            return;
        }
        if (assertions.isEmpty()) {
            line("The simulation sets no assertions.");
            return;
        }
        line("| | assertion |");
        line("|---|---|");
        assertions.stream()
                .sorted(Comparator.comparing(AssertionResult::passed))
                .limit(ASSERTIONS)
                .forEach(result -> line("| " + (result.passed() ? "holds" : "**FAILED**") + " | "
                        + MarkdownText.of(result.text(), 200) + " |"));
        long hidden = assertions.size() - ASSERTIONS;
        if (hidden > 0) {
            line("");
            more(hidden, "", "assertion", "assertions");
        }
    }

    private void numbers() {
        RequestStatistics total = statistics.total();
        line("");
        if (total.total() == 0) {
            line("No request was completed.");
            return;
        }
        line("| requests | KO | KO % | per s | users | p50 ms | p95 ms | p99 ms | max ms |");
        line("|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        line("| " + Printed.count(total.total()) + " | " + Printed.count(total.ko()) + " | "
                + Printed.percent(total.koPercent()) + " | " + Printed.perSecond(total.throughput()) + " | "
                + Printed.count(statistics.users().started()) + times(total));
    }

    private String times(RequestStatistics request) {
        StringBuilder cells = new StringBuilder();
        for (TimeFigure figure : TIMES) {
            cells.append(" | ").append(Printed.millis(figure.millis(request.responseTime())));
            cells.append(figure.tooFew(request.responseTime()) ? "\\*" : "");
        }
        return cells.append(" |").toString();
    }

    /** Those that failed most often, then the slowest. */
    private void requests() {
        List<RequestStatistics> all = new ArrayList<>(statistics.requests());
        if (all.size() < 2) {
            return;
        }
        all.sort(Comparator.comparingDouble(RequestStatistics::koPercent)
                .thenComparingDouble(request -> request.responseTime().percentileMicros(95))
                .reversed()
                .thenComparing(request -> RequestPath.of(request.group()))
                .thenComparing(RequestStatistics::name));
        line("");
        line("| failing and slowest requests | count | KO % | p50 ms | p95 ms | p99 ms | max ms |");
        line("|---|--:|--:|--:|--:|--:|--:|");
        for (RequestStatistics request : all.subList(0, Math.min(REQUESTS, all.size()))) {
            line("| " + MarkdownText.of(RequestPath.words(request.group(), request.name()), 100) + " | "
                    + Printed.count(request.total()) + " | "
                    + (request.total() == 0 ? Printed.NOTHING : Printed.percent(request.koPercent()))
                    + times(request));
        }
        if (all.size() > REQUESTS) {
            line("");
            more(all.size() - REQUESTS, "", "request", "requests");
        }
    }

    private void errors() {
        List<ErrorCount> errors = statistics.errors();
        if (errors.isEmpty()) {
            return;
        }
        line("");
        line("| errors | count |");
        line("|---|--:|");
        errors.stream()
                .limit(ERRORS)
                .forEach(error -> line("| " + MarkdownText.of(error.errorClass() + ": " + error.message(), 200) + " | "
                        + Printed.count(error.count()) + " |"));
        if (errors.size() > ERRORS) {
            line("");
            more(errors.size() - ERRORS, "", "kind", "kinds");
        }
    }

    private void more(long count, String begin, String one, String many) {
        if (count > 0) {
            line(begin + "and " + Printed.count(count) + " more " + (count == 1 ? one : many));
        }
    }

    private String facts() {
        String description = statistics.run().description();
        return (description.isEmpty() ? "" : MarkdownText.of(description, 200) + " · ")
                + Printed.start(statistics.run().start()) + " · "
                + Printed.seconds(statistics.run().durationSeconds()) + " · seed "
                + statistics.run().seed() + " · Onrush "
                + MarkdownText.of(statistics.run().version(), 40);
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
