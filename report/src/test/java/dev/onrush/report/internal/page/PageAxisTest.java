package dev.onrush.report.internal.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.onrush.core.measure.HealthStep;
import dev.onrush.core.measure.RunInfo;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.core.measure.TimeStep;
import dev.onrush.core.measure.Timeline;
import dev.onrush.core.measure.Times;
import dev.onrush.core.measure.TimesOf;
import dev.onrush.report.internal.model.ReportPercentiles;
import dev.onrush.report.testing.Runs;

/** Rates over time: no request is left out of them, and what is left of the last step neither looks like a drop nor like a peak. */
class PageAxisTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                // duration, requests by second, rates
                "3.0,  10 20 30,  10 20 30",
                "2.75, 10 20 30,  10 20 40",
                "2.5,  10 20 30,  10 20 60",
                "2.25, 10 20 30,  10 40 null",
                "2.0,  10 20 30,  10 50 null",
                "1.0,  30,        30",
                "0.75, 30,        40",
                "0.25, 30,        60"
            })
    void ratesCountEveryRequest(double duration, String requests, String rates) {
        List<TimeStep> steps = new ArrayList<>();
        for (String count : requests.strip().split(" ")) {
            long ok = Long.parseLong(count);
            steps.add(new TimeStep(steps.size(), ok, 0, micros(ok), 0, 0, List.of(0L), HealthStep.UNKNOWN));
        }
        RunInfo info = Runs.info(Map.of(), Map.of());
        RunStatistics run = Runs.with(
                Runs.with(
                        Runs.ofTimes(new long[] {1000}, new long[0]),
                        new Timeline(1, steps, List.of("all"), List.of())),
                new RunInfo(
                        info.simulation(),
                        info.description(),
                        info.start(),
                        duration,
                        duration,
                        info.seed(),
                        info.version(),
                        info.settings(),
                        info.header()));

        PageData.Axis axis = PageAxis.of(run, ReportPercentiles.of(Map.of()));

        assertThat(axis.ok().stream().map(PageAxisTest::text).toList())
                .containsExactly(rates.strip().split(" "));
        assertThat(axis.from()).hasSize(steps.size());
    }

    private static Times micros(long count) {
        return count == 0
                ? Times.EMPTY
                : TimesOf.micros(LongStream.range(0, count).map(i -> 1000).toArray());
    }

    private static String text(@Nullable Number rate) {
        return rate == null ? "null" : String.valueOf(rate.longValue());
    }
}
