package dev.onrush.report.internal.page;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.assertion.AssertionResult;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.report.internal.html.Statement;
import dev.onrush.report.internal.text.Printed;
import dev.onrush.report.outcome.RunOutcome;

/** What the page says of the assertions. */
final class AssertionRows {
    private final RunStatistics statistics;
    private final RunOutcome outcome;
    /** Null: nobody evaluated them. */
    private final @Nullable List<AssertionResult> assertions;

    AssertionRows(RunStatistics statistics, RunOutcome outcome) {
        this.statistics = statistics;
        this.outcome = outcome;
        this.assertions = outcome.assertions();
    }

    List<PageModel.AssertionRow> rows() {
        return assertions == null
                ? List.of()
                : assertions.stream().map(AssertionRows::row).toList();
    }

    Statement passed() {
        if (assertions == null) {
            return new Statement("warn", "Not known", Printed.sentence(outcome.whyNotEvaluated(statistics)));
        }
        if (assertions.isEmpty()) {
            return new Statement(
                    "none", "No assertions", "The simulation sets no limits, so failed requests do not fail the run.");
        }
        long failed = assertions.stream().filter(result -> !result.passed()).count();
        if (failed > 0) {
            return new Statement(
                    "bad",
                    assertions.size() == 1
                            ? "The assertion failed"
                            : Printed.count(failed) + " of " + Printed.count(assertions.size()) + " assertions failed",
                    "The limits and what was reached stand below.");
        }
        return new Statement("good", holding(assertions.size()), "The limits and what was reached stand below.");
    }

    String note() {
        if (assertions == null) {
            return Printed.sentence(outcome.whyNotEvaluated(statistics));
        }
        return "";
    }

    private static String holding(int assertions) {
        return switch (assertions) {
            case 1 -> "The assertion holds";
            case 2 -> "Both assertions hold";
            default -> "All " + Printed.count(assertions) + " assertions hold";
        };
    }

    private static PageModel.AssertionRow row(AssertionResult result) {
        String name = result.name();
        String limit = result.limit();
        String suffix = ", " + limit;
        if (limit.isEmpty() || !name.endsWith(suffix)) {
            return new PageModel.AssertionRow(result.passed(), result.text(), "", "", result.text());
        }
        String measured = name.substring(0, name.length() - suffix.length());
        return new PageModel.AssertionRow(
                result.passed(), measured, withoutWord(limit), actual(result, measured), result.text());
    }

    private static String withoutWord(String limit) {
        return limit.startsWith("limit ") ? limit.substring("limit ".length()) : limit;
    }

    /** The part of the text that tells the value, or why there is none. */
    private static String actual(AssertionResult result, String measured) {
        String text = result.text();
        int limitAt = text.lastIndexOf(", " + result.limit());
        if (limitAt < measured.length() || !text.startsWith(measured)) {
            return result.actual() == null ? Printed.NOTHING : result.actual().toString();
        }
        String said = text.substring(measured.length(), limitAt);
        return said.startsWith(" = ") ? said.substring(3) : said.startsWith(": ") ? said.substring(2) : said;
    }
}
