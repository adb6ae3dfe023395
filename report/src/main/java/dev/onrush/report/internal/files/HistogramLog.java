package dev.onrush.report.internal.files;

import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

import dev.onrush.core.measure.RequestStatistics;
import dev.onrush.core.measure.RequestWindow;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.core.measure.StepSeries;
import dev.onrush.core.measure.TimeCounts;
import dev.onrush.core.measure.Times;
import dev.onrush.report.internal.model.RequestPath;

/**
 * {@code histograms.hlog}: the response times of each step in HdrHistogram's log format, which its reader and tools understand:
 * whole microseconds of 2 digits, intervals in seconds since the run began, tagged with the request, without a tag all requests.
 */
public final class HistogramLog {
    private static final int DIGITS = 2;
    /** The column Max is told in milliseconds. */
    private static final double MICROS_PER_MILLI = 1000;

    /** Of requests: each costs some 100 µs, for which nobody should wait at the end of a run. Steps double until they are so few. */
    private static final int MOST_INTERVALS = 5_000;

    private final RunStatistics statistics;
    private final Histogram histogram = new Histogram(DIGITS);

    public HistogramLog(RunStatistics statistics) {
        this.statistics = statistics;
        histogram.setAutoResize(true);
    }

    public void writeTo(OutputStream out) {
        // Not closed: who gave it closes it.
        PrintStream print = new PrintStream(out, false, StandardCharsets.UTF_8);
        HistogramLogWriter log = new HistogramLogWriter(print);
        log.outputComment(
                "[Response times of a run of Onrush " + statistics.run().version()
                        + ": microseconds, 2 digits, warm-up left out; tag: the request; no tag: all requests]");
        log.outputLogFormatVersion();
        // The library's own line for this depends on the time zone of the machine.
        Instant start = statistics.run().start();
        log.outputComment(String.format(
                Locale.ROOT, "[StartTime: %.3f (seconds since epoch), %s]", start.toEpochMilli() / 1000.0, start));
        log.outputLegend();
        series(log, "", statistics.total().series(), 1);
        int times = 1;
        while ((long) statistics.requests().size() * statistics.total().series().steps() / times > MOST_INTERVALS) {
            times *= 2;
        }
        for (RequestStatistics request : statistics.requests()) {
            series(log, tag(RequestPath.of(request.group(), request.name())), request.series(), times);
        }
        print.flush();
    }

    /** So many steps make an interval. */
    private void series(HistogramLogWriter log, String tag, StepSeries<RequestWindow> series, int times) {
        for (int step = 0; step < series.steps(); step += times) {
            histogram.reset(); // forgets the tag as well
            histogram.setTag(tag.isEmpty() ? null : tag);
            for (int each = step; each < Math.min(series.steps(), step + times); each++) {
                RequestWindow window = series.step(each);
                record(window.okResponseTime());
                record(window.koResponseTime());
            }
            if (histogram.getTotalCount() > 0) {
                long from = (long) step * series.stepSeconds();
                long to = from + (long) times * series.stepSeconds();
                log.outputIntervalHistogram(from, to, histogram, MICROS_PER_MILLI);
            }
        }
    }

    private void record(TimeCounts counts) {
        if (!counts.isEmpty()) {
            Times times = counts.times();
            for (int bucket = 0; bucket < times.buckets(); bucket++) {
                histogram.recordValueWithCount(times.bucketUpperMicros(bucket), times.bucketCount(bucket));
            }
        }
    }

    /** A tag may hold neither commas nor blanks: all but plain characters is written as in a URL. */
    private static String tag(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/");
    }
}
