package dev.onrush.report.internal.page;

import java.util.List;

import dev.onrush.core.eventlog.ExchangeText;
import dev.onrush.core.measure.ErrorCount;
import dev.onrush.core.measure.ExchangeSample;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.report.internal.model.RequestPath;
import dev.onrush.report.internal.text.Printed;

/** What failed: one line for each class and message, each with samples of what went over the wire. */
final class ErrorRows {
    /** Of one line. */
    private static final int MOST_SAMPLES = 5;
    /** A page stays small: each is up to 10 KiB. */
    static final int MOST_SAMPLES_IN_ALL = 100;

    private final RunStatistics statistics;
    private int samplesShown;

    ErrorRows(RunStatistics statistics) {
        this.statistics = statistics;
    }

    List<PageModel.ErrorRow> rows() {
        samplesShown = 0;
        return statistics.errors().stream().map(this::row).toList();
    }

    /** How many samples the rows left out, in words; empty if none. After the rows. */
    String samplesNote() {
        int more = statistics.samples().size() - samplesShown;
        return more <= 0 || statistics.errors().isEmpty()
                ? ""
                : "and " + Printed.count(more) + " more in the event log";
    }

    private PageModel.ErrorRow row(ErrorCount error) {
        long ko = statistics.total().ko();
        return new PageModel.ErrorRow(
                error.errorClass(),
                error.message(),
                Printed.count(error.count()),
                ko == 0 ? Printed.NOTHING : Printed.percent(100.0 * error.count() / ko),
                Printed.seconds(error.firstMicros() / 1e6),
                Printed.seconds(error.lastMicros() / 1e6),
                error.requests().isEmpty() ? null : String.join(", ", error.requests()),
                samples(error));
    }

    private List<PageModel.SampleRow> samples(ErrorCount error) {
        List<PageModel.SampleRow> samples = statistics.samples().stream()
                .filter(sample -> sample.errorClass().equals(error.errorClass())
                        && sample.message().equals(error.message()))
                .limit(Math.min(MOST_SAMPLES, MOST_SAMPLES_IN_ALL - samplesShown))
                .map(ErrorRows::sample)
                .toList();
        samplesShown += samples.size();
        return samples;
    }

    private static PageModel.SampleRow sample(ExchangeSample sample) {
        ExchangeText text = sample.text();
        String line = text.method().isEmpty() ? "(no request came to be)" : text.method() + " " + text.target();
        return new PageModel.SampleRow(
                RequestPath.words(sample.group(), sample.name()),
                Printed.seconds(sample.atMicros() / 1e6),
                lines(line, text.requestHead(), text.requestBody()),
                text.responseHead().isEmpty() ? "(no answer)" : lines(text.responseHead(), "", text.responseBody()));
    }

    private static String lines(String first, String head, String body) {
        return first + (head.isEmpty() ? "" : "\n" + head) + (body.isEmpty() ? "" : "\n\n" + body);
    }
}
