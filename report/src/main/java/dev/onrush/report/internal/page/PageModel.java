package dev.onrush.report.internal.page;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.onrush.report.internal.html.Statement;
import dev.onrush.report.internal.model.Remark;

/**
 * What the page shows, in its order. Plain data: texts are as they came and are escaped where they are written; figures for
 * people are texts already, figures for the scripts stand in {@link PageData}.
 */
record PageModel(
        String simulation,
        String description,
        String start,
        String duration,
        String version,
        Verdict verdict,
        Statement passed,
        List<Fact> honesty,
        List<Remark> remarks,
        List<Headline> headlines,
        List<Headline> times,
        List<AssertionRow> assertions,
        String assertionsNote,
        boolean tlsOff,
        List<Fact> facts,
        List<Fact> profiles,
        List<SettingRow> settings,
        List<String> warnings,
        String plan,
        List<StepFailureRow> stepFailures,
        List<String> timeColumns,
        List<Row> rows,
        boolean anyTooFew,
        boolean compensated,
        List<ErrorRow> errors,
        String samplesNote,
        boolean hasRequests,
        boolean hasTimeline) {

    /** {@code level} as in the files, {@code tone} for the style. */
    record Verdict(String level, String tone, String title, String meaning, List<Reason> reasons) {}

    record Reason(String text, String when) {}

    /** {@code value} for machines, {@code text} for people. */
    record Fact(String key, String label, String value, String text) {}

    record Headline(String key, String label, String value, String unit, String note, String tone) {}

    /** {@code limit} and {@code actual} are empty if only the text is known. */
    record AssertionRow(boolean passed, String name, String limit, String actual, String text) {}

    record SettingRow(String key, String value, String source) {}

    record StepFailureRow(String errorClass, String message, String count) {}

    /** One line of the table. {@code kind} is {@code total}, {@code group} or {@code request}. */
    record Row(
            String kind,
            int depth,
            String name,
            String note,
            List<String> counts,
            boolean failures,
            List<TimeCell> times) {}

    record TimeCell(String text, boolean tooFew) {}

    /** A failed exchange; {@code request} and {@code response} are several lines each. */
    record SampleRow(String name, String when, String request, String response) {}

    record ErrorRow(
            String errorClass,
            String message,
            String count,
            String share,
            String first,
            String last,
            @Nullable String requests,
            List<SampleRow> samples) {}
}
