package dev.onrush.report;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

import dev.onrush.core.measure.RunStatistics;
import dev.onrush.core.measure.TimeStep;
import dev.onrush.core.measure.Times;

/**
 * {@code histograms.hlog}: the response times of each step in HdrHistogram's log format, which its reader and tools understand:
 * whole microseconds of 2 digits, intervals in seconds since the run began, without a tag those of all requests.
 */
final class HistogramLog {
    private static final int DIGITS = 2;
    /** The column Max is told in milliseconds. */
    private static final double MICROS_PER_MILLI = 1000;

    private final RunStatistics statistics;
    private final Histogram histogram = new Histogram(DIGITS);

    HistogramLog(RunStatistics statistics) {
        this.statistics = statistics;
        histogram.setAutoResize(true);
    }

    void writeTo(OutputStream out) {
        // Not closed: who gave it closes it.
        PrintStream print = new PrintStream(out, false, StandardCharsets.UTF_8);
        HistogramLogWriter log = new HistogramLogWriter(print);
        log.outputComment("[Response times of a run of Onrush "
                + statistics.run().version() + ": microseconds, 2 digits; untagged: all requests]");
        log.outputLogFormatVersion();
        // The library's own line for this depends on the time zone of the machine.
        Instant start = statistics.run().start();
        log.outputComment(String.format(
                Locale.ROOT, "[StartTime: %.3f (seconds since epoch), %s]", start.toEpochMilli() / 1000.0, start));
        log.outputLegend();
        for (TimeStep step : statistics.timeline().steps()) {
            interval(log, step.fromSeconds(), statistics.timeline().stepSeconds(), step.responseTime());
        }
        print.flush();
    }

    private void interval(HistogramLogWriter log, long fromSeconds, int seconds, Times times) {
        histogram.reset();
        for (int bucket = 0; bucket < times.buckets(); bucket++) {
            histogram.recordValueWithCount(times.bucketUpperMicros(bucket), times.bucketCount(bucket));
        }
        log.outputIntervalHistogram(fromSeconds, fromSeconds + seconds, histogram, MICROS_PER_MILLI);
    }
}
