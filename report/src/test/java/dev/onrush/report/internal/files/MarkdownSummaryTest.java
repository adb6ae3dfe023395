package dev.onrush.report.internal.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.onrush.core.assertion.AssertionResult;
import dev.onrush.core.health.Verdict;
import dev.onrush.core.health.VerdictLevel;
import dev.onrush.core.health.VerdictReason;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.report.outcome.ReportScope;
import dev.onrush.report.outcome.ReportWindow;
import dev.onrush.report.outcome.RunOutcome;
import dev.onrush.report.testing.Hostile;
import dev.onrush.report.testing.Runs;

class MarkdownSummaryTest {
    private static String pageOf(RunStatistics statistics, RunOutcome outcome) {
        return MarkdownSummary.of(statistics, outcome);
    }

    @Test
    void tellsWhatMattersOfARun() {
        List<String> lines =
                pageOf(Runs.realistic(), Runs.realisticOutcome()).lines().toList();

        assertThat(lines.get(0)).isEqualTo("## shop.ShopSimulation: failed");
        assertThat(lines.get(2)).startsWith("**DEGRADED**: The generator was disturbed.");
        assertThat(lines)
                .anyMatch(line -> line.startsWith("- 2 users were due and did not start: maxUsers was reached."));
        int failed = indexOf(lines, "| **FAILED** | browse / search: response time p99");
        assertThat(indexOf(lines, "| holds | ")).isGreaterThan(failed);
        assertThat(indexOf(lines, "| requests | KO | KO % |")).isGreaterThan(failed);
        int first = indexOf(lines, "| failing and slowest requests |") + 2;
        assertThat(lines.get(first)).contains("checkout").doesNotContain("| 0 |");
        assertThat(lines).hasSizeLessThanOrEqualTo(MarkdownSummary.MOST_LINES);
    }

    private static int indexOf(List<String> lines, String begin) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(begin)) {
                return i;
            }
        }
        throw new AssertionError("no line begins with " + begin + " in\n" + String.join("\n", lines));
    }

    @Test
    void staysShortWhateverThereIs() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            names.add("request " + i + " x".repeat(2000));
        }
        List<AssertionResult> assertions = new ArrayList<>();
        List<VerdictReason> reasons = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            String text = "assertion " + i + " = 7, limit below 3 (4 requests, 0 KO).";
            assertions.add(new AssertionResult(text, text, i % 2 == 0, 7.0, "", 4));
            reasons.add(new VerdictReason(VerdictLevel.DEGRADED, "reason " + i + " y".repeat(2000), 0, 1));
        }
        ReportScope scope = new ReportScope(
                new ReportWindow(1, 2, 3, 4), List.of(), List.of("one", "two", "three", "four", "five"));

        String page = pageOf(
                Runs.named(names), new RunOutcome(new Verdict(VerdictLevel.DEGRADED, reasons), assertions, 2, scope));

        assertThat(page.lines()).hasSizeLessThanOrEqualTo(MarkdownSummary.MOST_LINES);
        assertThat(page.length()).isLessThan(16_000);
        assertThat(page).contains("and 40 more assertions", "and 490 more requests", "and 45 more reasons");
    }

    @Test
    void showsNamesAsTextAndNothingElse() {
        List<String> names = new ArrayList<>(List.of(
                "| cell | break",
                "`code`",
                "**bold**",
                "[link](http://evil.example)",
                "![x](//evil)",
                "@everybody",
                "# heading",
                "- list",
                "1. list",
                "a\nb",
                "<b>html</b>",
                "~~gone~~",
                "&amp;",
                "$x^2$",
                "\\| back"));
        for (String name : names) {
            String line = pageOf(Runs.named(List.of(name, "other")), Runs.passed())
                    .lines()
                    .filter(each -> each.startsWith("| ") && each.endsWith(" |") && !each.contains("other"))
                    .filter(each -> !each.contains("requests |") && !each.contains("count |"))
                    .skip(1)
                    .findFirst()
                    .orElseThrow();
            String cell = line.substring(2, line.indexOf(" | "));

            assertThat(cell.replaceAll("&#\\d+;", ""))
                    .as(name)
                    .doesNotContainPattern("[|`*\\[\\]<>@#~$^\\\\]|^[-+] |^\\d+\\. ");
            assertThat(line.chars().filter(c -> c == '|').count()).as(line).isEqualTo(8);
        }
        String hostile = pageOf(Runs.named(Hostile.payloads().subList(0, 20)), Runs.passed());
        assertThat(hostile).doesNotContain("<script", "<img", "javascript:");
    }

    @Test
    void saysWhatARunDidNotDo() {
        String empty = pageOf(Runs.ofTimes(new long[0], new long[0]), new RunOutcome(Runs.TRUSTWORTHY, null, null));

        assertThat(empty)
                .contains("BrowseSimulation: not judged", "No request was completed.")
                .contains("Assertions are not known: the run left no summary.json.");
        assertThat(pageOf(
                        Runs.with(Runs.ofTimes(new long[] {5}, new long[0]), Runs.info(Map.of(), Map.of())),
                        Runs.passed()))
                .contains("The simulation sets no assertions.");
    }
}
