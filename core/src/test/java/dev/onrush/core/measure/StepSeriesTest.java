package dev.onrush.core.measure;

import static dev.onrush.core.measure.Samples.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.LongPredicate;

import org.junit.jupiter.api.Test;

import dev.onrush.core.eventlog.ErrorClass;
import dev.onrush.core.eventlog.Names;
import dev.onrush.core.eventlog.RequestSample;

class StepSeriesTest {
    private static final String[] CLASSES = {ErrorClass.CHECK_FAILED, ErrorClass.CONNECT_REFUSED};

    /** One request, or one user leaving a group. */
    private record Event(
            String name,
            long endMicros,
            boolean ok,
            boolean hasDuration,
            long responseMicros,
            long delayMicros,
            long received,
            int status,
            String errorClass,
            boolean warmUp) {
        void tell(Aggregate aggregate, Names names) {
            RequestSample sample = new RequestSample();
            sample.request = names.request(Names.NO_GROUP, name);
            sample.scenario = names.scenario("shop");
            sample.outcome = ok ? RequestSample.OK : RequestSample.KO;
            sample.error = ok ? RequestSample.NO_ERROR : names.error(errorClass, "any");
            sample.status = status;
            sample.endNanos = endMicros * 1000;
            sample.intendedStartNanos = (endMicros - responseMicros) * 1000;
            sample.actualStartNanos = hasDuration ? sample.intendedStartNanos + delayMicros * 1000 : RequestSample.NONE;
            sample.bytesReceived = received;
            sample.bytesSent = 10;
            sample.warmUp = warmUp;
            aggregate.request(sample);
            aggregate.groupEnd(
                    1,
                    sample.scenario,
                    names.group(Names.NO_GROUP, "group of " + name),
                    sample.intendedStartNanos,
                    sample.endNanos,
                    delayMicros * 1000,
                    ok,
                    warmUp);
        }
    }

    private static Event event(Random random, long seconds) {
        boolean ok = random.nextInt(4) != 0;
        long end = (random.nextInt(3) == 0
                        ? random.nextInt((int) seconds + 1) * 1_000_000L
                        : (long) (random.nextDouble() * 1.1 * seconds * 1_000_000))
                + 1_000_000;
        long response = (long) Math.exp(random.nextDouble() * Math.log(1_000_000));
        return new Event(
                "request " + (int) Math.abs(random.nextGaussian() * 3),
                end,
                ok,
                ok || random.nextBoolean(),
                response,
                random.nextInt((int) response + 1),
                random.nextInt(100_000),
                ok ? 200 + random.nextInt(3) : random.nextInt(2) * 503,
                CLASSES[random.nextInt(CLASSES.length)],
                random.nextInt(20) == 0);
    }

    private static Aggregate read(List<Event> events, long seconds, long bytes) {
        Samples samples = new Samples();
        Aggregate aggregate = new Aggregate(new MeasureOptions(100_000, bytes, 10));
        aggregate.run(samples.header, samples.names);
        events.forEach(event -> event.tell(aggregate, samples.names));
        aggregate.runEnd(seconds * SECOND, null, 0);
        return aggregate;
    }

    @Test
    void aWindowHoldsWhatEndedInItAndAllTogetherTheWholeRun() {
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            long seconds = 1 + random.nextInt(300);
            long bytes = 1000L << random.nextInt(12);
            List<Event> events = new ArrayList<>();
            int count = random.nextInt(800);
            for (int i = 0; i < count; i++) {
                events.add(event(random, seconds));
            }
            RunStatistics whole = read(events, seconds, bytes).statistics();

            List<Event> shuffled = new ArrayList<>(events);
            Collections.shuffle(shuffled, random);
            Aggregate merged = read(List.of(), seconds, bytes);
            for (int from = 0; from < shuffled.size(); ) {
                int until = Math.min(shuffled.size(), from + 1 + random.nextInt(400));
                merged.merge(read(shuffled.subList(from, until), seconds, bytes));
                from = until;
            }
            RunStatistics parts = merged.statistics();

            assertThat(parts.total()).as("seed %d", seed).isEqualTo(whole.total());
            assertThat(parts.requests()).as("seed %d", seed).hasSameElementsAs(whole.requests());
            assertThat(parts.groups()).as("seed %d", seed).hasSameElementsAs(whole.groups());
            assertThat(parts.errors()).as("seed %d", seed).isEqualTo(whole.errors());
            judge("seed " + seed, whole, events, seconds, random);
            assertThat(merged.statistics().total())
                    .as("asked twice, seed %d", seed)
                    .isEqualTo(parts.total());
        }
    }

    private static void judge(String seed, RunStatistics run, List<Event> events, long seconds, Random random) {
        StepSeries<RequestWindow> all = run.total().series();
        assertThat(Integer.bitCount(all.stepSeconds())).as(seed).isEqualTo(1);
        assertThat((long) all.steps() * all.stepSeconds()).as(seed).isBetween(seconds, seconds + all.stepSeconds() - 1);

        // Windows of the run, its ends among them.
        List<int[]> windows = new ArrayList<>(List.of(new int[] {0, all.steps()}, new int[] {0, 0}));
        for (int i = 0; i < 8; i++) {
            int from = random.nextInt(all.steps());
            windows.add(new int[] {from, from + random.nextInt(all.steps() - from + 1)});
        }
        for (int[] window : windows) {
            LongPredicate isIn = micros -> {
                long step = Math.min(all.steps() - 1, micros / 1_000_000 / all.stepSeconds());
                return step >= window[0] && step < window[1];
            };
            List<Event> inside = events.stream()
                    .filter(event -> !event.warmUp() && isIn.test(event.endMicros()))
                    .toList();
            equal(seed, all.window(window[0], window[1]), inside, true);
            for (RequestStatistics request : run.requests()) {
                List<Event> ofName = inside.stream()
                        .filter(event -> event.name().equals(request.name()))
                        .toList();
                equal(seed, request.series().window(window[0], window[1]), ofName, false);
                equal(
                        seed,
                        run.group(List.of(), "group of " + request.name())
                                .orElseThrow()
                                .series()
                                .window(window[0], window[1]),
                        ofName);
                errors(request.errors(), window, ofName);
            }
            errors(run.errors(), window, inside);
        }
        whole(seed, run.total());
        run.requests().forEach(request -> whole(seed, request));
    }

    private static void errors(List<ErrorCount> errors, int[] window, List<Event> inside) {
        for (ErrorCount error : errors) {
            long sum = 0;
            for (int step = window[0]; step < window[1]; step++) {
                sum += error.series().step(step);
            }
            assertThat(sum)
                    .isEqualTo(error.series().window(window[0], window[1]))
                    .isEqualTo(inside.stream()
                            .filter(event -> !event.ok() && event.errorClass().equals(error.errorClass()))
                            .count());
        }
    }

    private static void equal(String seed, RequestWindow window, List<Event> events, boolean isTotal) {
        assertThat(window.ok())
                .as(seed)
                .isEqualTo(events.stream().filter(Event::ok).count());
        assertThat(window.total()).as(seed).isEqualTo(events.size());
        assertThat(window.bytesReceived())
                .isEqualTo(events.stream().mapToLong(Event::received).sum());
        assertThat(window.bytesSent()).isEqualTo(10L * events.size());
        Map<Integer, Long> codes = new TreeMap<>();
        events.stream()
                .filter(event -> event.status() != 0)
                .forEach(event -> codes.merge(event.status(), 1L, Long::sum));
        assertThat(window.statusCodes()).as(seed).isEqualTo(codes);
        List<Event> timed = events.stream().filter(Event::hasDuration).toList();
        times(
                seed,
                window.responseTime(),
                timed.stream().map(Event::responseMicros).toList());
        times(
                seed,
                window.okResponseTime(),
                timed.stream().filter(Event::ok).map(Event::responseMicros).toList());
        times(
                seed,
                window.serviceTime(),
                timed.stream()
                        .map(event -> event.responseMicros() - event.delayMicros())
                        .toList());
        times(
                seed,
                window.startDelay(),
                isTotal ? timed.stream().map(Event::delayMicros).toList() : List.of());
    }

    private static void equal(String seed, GroupWindow window, List<Event> events) {
        assertThat(window.ok())
                .as(seed)
                .isEqualTo(events.stream().filter(Event::ok).count());
        assertThat(window.total()).as(seed).isEqualTo(events.size());
        times(
                seed,
                window.duration(),
                events.stream().map(Event::responseMicros).toList());
        times(seed, window.cumulated(), events.stream().map(Event::delayMicros).toList());
    }

    private static void times(String seed, TimeCounts counts, List<Long> exact) {
        Times times = counts.times();
        assertThat(times.count()).as(seed).isEqualTo(exact.size()).isEqualTo(counts.count());
        if (!exact.isEmpty()) {
            List<Long> sorted = exact.stream().sorted().toList();
            for (double percentile : new double[] {50, 95, 100}) {
                long value = sorted.get((int) Math.ceil(percentile / 100 * sorted.size()) - 1);
                assertThat(times.percentileMicros(percentile)).as(seed).isBetween(value, value + value / 100);
            }
        }
    }

    /** The sum over the steps is what the whole run says. */
    private static void whole(String seed, RequestStatistics request) {
        RequestWindow all = request.series().window(0, request.series().steps());
        assertThat(all.ok()).as(seed).isEqualTo(request.ok());
        assertThat(all.ko()).as(seed).isEqualTo(request.ko());
        assertThat(all.bytesReceived()).as(seed).isEqualTo(request.bytesReceived());
        assertThat(all.bytesSent()).as(seed).isEqualTo(request.bytesSent());
        assertThat(all.statusCodes()).as(seed).isEqualTo(request.statusCodes());
        assertThat(all.okResponseTime().count())
                .as(seed)
                .isEqualTo(request.okResponseTime().count());
        assertThat(all.koResponseTime().count())
                .as(seed)
                .isEqualTo(request.koResponseTime().count());
        assertThat(all.serviceTime().count())
                .as(seed)
                .isEqualTo(request.serviceTime().count());
    }

    @Test
    void coarserStepsHoldTheSame() {
        Random random = new Random(3);
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            events.add(event(random, 90));
        }
        StepSeries<RequestWindow> fine =
                read(events, 90, 1 << 20).statistics().total().series();

        StepSeries<RequestWindow> coarse = fine.coarser(7);

        assertThat(fine.stepSeconds()).isEqualTo(1);
        assertThat(coarse.stepSeconds()).isEqualTo(7);
        assertThat(coarse.steps()).isEqualTo(13);
        for (int step = 0; step < coarse.steps(); step++) {
            assertThat(coarse.step(step)).isEqualTo(fine.window(step * 7, Math.min(90, step * 7 + 7)));
        }
    }

    @Test
    void staysWithinItsBytesHoweverLongTheRunIs() {
        SeriesBudget budget = new SeriesBudget(100_000);
        List<SeriesFold> names = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            names.add(budget.newSeries(StepSum.KINDS));
        }
        Random random = new Random(5);
        for (long second = 0; second < 20_000; second++) {
            for (SeriesFold name : names) {
                name.at(second * 1_000_000 + random.nextInt(1_000_000));
                name.outcome(true);
                name.time(RequestWindow.OK_RESPONSE, 1000 + random.nextInt(100_000));
            }
        }
        budget.settle(20_000_000_000L);

        assertThat(budget.bytes()).isBetween(30_000L, 100_000L);
        assertThat(budget.stepSeconds()).isGreaterThan(16);
        long sum = 0;
        for (SeriesFold name : names) {
            StepSeries<RequestWindow> series = name.series(budget.stepsUntil(20_000_000_000L), RequestWindow::of);
            sum += series.window(0, series.steps()).ok();
        }
        assertThat(sum).isEqualTo(200_000);
    }

    @Test
    void aRecordFromFarAwayDoesNotTakeMemory() {
        Samples samples = new Samples();
        Aggregate aggregate = samples.aggregate();
        aggregate.request(samples.ended("home", SECOND, 1000));
        aggregate.request(samples.ended("home", Long.MAX_VALUE / 2, 1000));

        StepSeries<RequestWindow> series = aggregate.statistics().total().series();

        assertThat(series.steps()).isLessThanOrEqualTo(5001);
        assertThat(series.window(0, series.steps()).ok()).isEqualTo(2);
    }

    @Test
    void timesOfMinutesAndThoseThatAreNoneCountInTheirStepAndInTheWholeRun() {
        SeriesBudget budget = new SeriesBudget(1 << 20);
        TimesFold whole = new TimesFold(new HistogramBudget(1));
        SeriesFold series = budget.newSeries(1, whole);
        long[] micros = {5, -1, Long.MIN_VALUE, (1 << 28) - 1, 1 << 28, 3_600_000_000L, 1L << 42, Long.MAX_VALUE};
        for (int i = 0; i < 1000; i++) {
            series.at(i * 10_000L);
            series.outcome(true);
            series.time(0, micros[i % micros.length]);
        }
        budget.settle(10_000_000);

        TimeCounts counts = series.series(10, RequestWindow::of).window(0, 10).okResponseTime();
        Times times = whole.times();

        assertThat(counts.count()).isEqualTo(1000).isEqualTo(times.count());
        assertThat(whole.clamped()).isEqualTo(375);
        for (double percentile : new double[] {10, 30, 40, 55, 70, 100}) {
            long exact = times.percentileMicros(percentile);
            assertThat(counts.times().percentileMicros(percentile)).isBetween(exact, exact + exact / 100);
        }
    }

    @Test
    void refusesAWindowThatIsNotThere() {
        StepSeries<RequestWindow> series =
                read(List.of(), 10, 1000).statistics().total().series();

        assertThat(series.steps()).isEqualTo(10);
        assertThatThrownBy(() -> series.window(3, 11))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("there are 10 steps, asked for was the window from 3 to 11.");
    }
}
