package dev.onrush.report.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import dev.onrush.core.eventlog.MarkKind;
import dev.onrush.core.eventlog.RunHeader;
import dev.onrush.core.injection.LoadLevel;
import dev.onrush.core.measure.HealthStep;
import dev.onrush.core.measure.Mark;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.core.measure.TimeStep;
import dev.onrush.core.measure.Timeline;
import dev.onrush.core.measure.Times;
import dev.onrush.report.outcome.ReportScope;
import dev.onrush.report.outcome.RunFacts;
import dev.onrush.report.testing.Runs;

class RunRemarksTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void saysThatThereIsNoSteadyState() {
        assertThat(remarks(Map.of("browse", levels(0, 60, 0, 50)), "open", 25))
                .containsExactly("No steady state in browse: its load changes until the end of its profile, so"
                        + " percentiles mix load levels. Let a constant rate follow the ramp.");
    }

    @Test
    void saysThatPercentilesMixLoadLevels() {
        assertThat(remarks(Map.of("browse", levels(0, 30, 10, 10, 30, 60, 20, 20)), "open", 20))
                .containsExactly("Percentiles of the whole run mix the load levels of browse: 10, 20 users/s. Choose a"
                        + " window of one level to see its own.");
    }

    @Test
    void saysThatPercentilesIncludeARamp() {
        assertThat(remarks(Map.of("browse", levels(0, 15, 0, 20, 15, 60, 20, 20)), "open", 20))
                .containsExactly("Percentiles of the whole run include the ramps of browse, 25 % of its profile. Choose"
                        + " a window without them, or call them warm-up.");
    }

    @Test
    void isSilentAboutOneSteadyLevel() {
        assertThat(remarks(Map.of("browse", levels(0, 60, 20, 20)), "open", 20)).isEmpty();
    }

    @Test
    void saysThatARateWasNeverReachedBecauseTheRunEndedBefore() {
        assertThat(remarks(Map.of("browse", levels(0, 70, 10, 10, 70, 90, 500, 500)), "open", 10))
                .contains("The highest rate asked for, 500 users/s, was never reached: it begins at 70.0 s and the run"
                        + " ended at 60.3 s.");
    }

    @Test
    void saysThatARateWasNeverReachedThoughItWasAskedFor() {
        assertThat(remarks(Map.of("a", levels(0, 60, 40, 40), "b", levels(0, 60, 60, 60)), "open", 70))
                .containsExactly(
                        "The rate of 100 users/s was never reached: 70.0 users/s started on average while it was"
                                + " asked for, at most 70.0 in a second.");
        assertThat(remarks(Map.of("a", levels(0, 60, 40, 40), "b", levels(0, 60, 60, 60)), "open", 99.5))
                .isEmpty();
    }

    @Test
    void ofAClosedProfileItSaysWhatItsLevelsDo() {
        assertThat(remarks(Map.of("poll", levels(0, 60, 1, 9)), "closed", 5))
                .hasSize(2)
                .anyMatch(text -> text.startsWith("Closed model"))
                .anyMatch(text -> text.startsWith("No steady state in poll"));
    }

    @Test
    void tellsWhatWasToldOnTheWayButForWhoHeldAThread() {
        List<Mark> marks = List.of(
                new Mark(MarkKind.NOTE, 500_000, "feeder x: had no record left"),
                new Mark(MarkKind.STALL, 1_000_000, "step 1 held thread loop-0 for 99 ms"),
                new Mark(MarkKind.STOP, 2_500_000, "stop asked for"));

        assertThat(RunRemarks.of(run(Map.of(), new Timeline(1, List.of(), List.of(), marks)), ReportScope.WHOLE_RUN))
                .filteredOn(remark -> remark.place() == Remark.Place.RUN)
                .extracting(Remark::text)
                .containsExactly("feeder x: had no record left.", "At 2.5 s: stop asked for.");
    }

    private static List<String> remarks(Map<String, List<LoadLevel>> levels, String model, double started) {
        Map<String, String> header = new TreeMap<>();
        levels.forEach((scenario, its) -> {
            header.put(RunHeader.LEVELS_PREFIX + scenario, LoadLevel.text(its));
            header.put(RunHeader.MODEL_PREFIX + scenario, model);
        });
        header.put(RunFacts.WORKLOAD_MODEL, model);
        List<TimeStep> steps = new ArrayList<>();
        for (int second = 0; second < 60; second += 2) {
            steps.add(
                    new TimeStep(second, 1, 0, Times.EMPTY, Math.round(2 * started), 0, List.of(), HealthStep.UNKNOWN));
        }
        return RunRemarks.of(run(header, new Timeline(2, steps, List.of(), List.of())), ReportScope.WHOLE_RUN).stream()
                .map(Remark::text)
                .toList();
    }

    private static RunStatistics run(Map<String, String> header, Timeline timeline) {
        long[] times = new long[1000];
        for (int i = 0; i < times.length; i++) {
            times[i] = 1000 + i;
        }
        return Runs.with(Runs.with(Runs.ofTimes(times, new long[0]), Runs.info(Map.of(), header)), timeline);
    }

    /** Begin and end in seconds, then what is asked for at both. */
    private static List<LoadLevel> levels(int... numbers) {
        List<LoadLevel> levels = new ArrayList<>();
        for (int i = 0; i < numbers.length; i += 4) {
            levels.add(new LoadLevel(numbers[i] * SECOND, numbers[i + 1] * SECOND, numbers[i + 2], numbers[i + 3]));
        }
        return levels;
    }
}
