package dev.onrush.report.internal.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;

import dev.onrush.core.eventlog.ErrorClass;
import dev.onrush.core.eventlog.Names;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.core.eventlog.RunHeader;
import dev.onrush.core.measure.Aggregate;
import dev.onrush.core.measure.MeasureOptions;
import dev.onrush.core.measure.RequestStatistics;
import dev.onrush.core.measure.RequestWindow;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.core.measure.StepSeries;
import dev.onrush.core.measure.TimeCounts;
import dev.onrush.report.testing.Runs;

/** Each interval is, for the library, the histogram that the library would have made. */
class HistogramLogTest {
    @Test
    void theLibraryFindsInEachIntervalTheTimesOfItsSteps() throws Exception {
        assertReadBack(200, 3, 1);
    }

    @Test
    void stepsOfManyRequestsAreTakenTogether() throws Exception {
        assertReadBack(400, 30, 4);
    }

    private void assertReadBack(int seconds, int names, int times) throws Exception {
        RunStatistics run = run(seconds, names);
        List<Histogram> expected = new ArrayList<>(intervals(null, run.total().series(), 1));
        for (RequestStatistics request : run.requests()) {
            expected.addAll(intervals(request.name().replace(" ", "%20"), request.series(), times));
        }

        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new HistogramLog(run).writeTo(bytes);

        HistogramLogReader reader = new HistogramLogReader(new ByteArrayInputStream(bytes.toByteArray()));
        for (Histogram histogram : expected) {
            Histogram found = (Histogram) reader.nextIntervalHistogram();
            assertThat(found).isEqualTo(histogram);
            assertThat(found.getTag()).isEqualTo(histogram.getTag());
            assertThat(found.getStartTimeStamp()).isEqualTo(histogram.getStartTimeStamp());
            assertThat(found.getEndTimeStamp()).isEqualTo(histogram.getEndTimeStamp());
        }
        assertThat(reader.nextIntervalHistogram()).isNull();
    }

    /** Times from microseconds to a day, one in eight KO. */
    private static RunStatistics run(int seconds, int requestNames) {
        Names names = Names.withLimit(100);
        Aggregate aggregate = new Aggregate(MeasureOptions.DEFAULT);
        aggregate.run(RunHeader.of("S", "", Runs.START, 1, "0.1.0"), names);
        Random random = new Random(8);
        RequestSample sample = new RequestSample();
        for (int i = 0; i < 20_000; i++) {
            sample.clear();
            sample.scenario = names.scenario("shop");
            sample.request = names.request(Names.NO_GROUP, "request " + random.nextInt(requestNames));
            sample.endNanos = (long) (random.nextDouble() * seconds * 1e9);
            sample.intendedStartNanos = sample.endNanos - (long) (1000 * Math.exp(25 * random.nextDouble()));
            sample.actualStartNanos = sample.intendedStartNanos;
            if (random.nextInt(8) == 0) {
                sample.outcome = RequestSample.KO;
                sample.error = names.error(ErrorClass.CHECK_FAILED, "no");
            }
            aggregate.request(sample);
        }
        aggregate.runEnd(seconds * 1_000_000_000L, null, 0);
        return aggregate.statistics();
    }

    private static List<Histogram> intervals(String tag, StepSeries<RequestWindow> series, int times) {
        List<Histogram> intervals = new ArrayList<>();
        for (int step = 0; step < series.steps(); step += times) {
            Histogram histogram = new Histogram(2);
            histogram.setAutoResize(true);
            histogram.setTag(tag);
            RequestWindow window = series.window(step, Math.min(series.steps(), step + times));
            record(window.okResponseTime(), histogram);
            record(window.koResponseTime(), histogram);
            if (histogram.getTotalCount() > 0) {
                long start = Runs.START.toEpochMilli();
                long length = series.stepSeconds() * 1000L;
                histogram.setStartTimeStamp(start + step * length);
                histogram.setEndTimeStamp(start + (step + times) * length);
                intervals.add(histogram);
            }
        }
        return intervals;
    }

    private static void record(TimeCounts counts, Histogram histogram) {
        var times = counts.times();
        for (int bucket = 0; bucket < times.buckets(); bucket++) {
            histogram.recordValueWithCount(times.bucketUpperMicros(bucket), times.bucketCount(bucket));
        }
    }
}
