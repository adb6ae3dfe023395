package dev.onrush.core.measure;

import static dev.onrush.core.measure.Samples.MILLI;
import static dev.onrush.core.measure.Samples.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import dev.onrush.core.eventlog.DropReason;
import dev.onrush.core.eventlog.ErrorClass;
import dev.onrush.core.eventlog.HealthSample;
import dev.onrush.core.eventlog.MarkKind;
import dev.onrush.core.eventlog.Names;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.core.eventlog.RunHeader;
import dev.onrush.core.eventlog.UserEnd;

class AggregateTest {
    private final Samples samples = new Samples();
    private final Aggregate aggregate = samples.aggregate();

    @Test
    void leavesFailuresWithoutDurationOutOfPercentiles() {
        for (int i = 0; i < 100; i++) {
            aggregate.request(samples.refused("home", i * MILLI));
            aggregate.request(samples.ended("home", i * MILLI + 100 * MILLI, 100 * MILLI));
        }

        RequestStatistics home =
                aggregate.statistics().request(List.of(), "home").orElseThrow();

        assertThat(home.ok()).isEqualTo(100);
        assertThat(home.ko()).isEqualTo(100);
        assertThat(home.responseTime().count()).isEqualTo(100);
        assertThat(home.responseTime().percentileMicros(1)).isBetween(100_000L, 100_100L);
        assertThat(home.koResponseTime()).isEqualTo(Times.EMPTY);
        assertThat(home.statusCodes()).isEqualTo(Map.of(200, 100L));
        assertThat(home.errors())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("series")
                .containsExactly(new ErrorCount("connect.refused", "127.0.0.1:1", 100, 0, 99_000, List.of()));
        assertThat(aggregate.statistics().errors().get(0).requests()).containsExactly("home");
    }

    @Test
    void keepsOkAndKoApart() {
        for (int i = 0; i < 900; i++) {
            aggregate.request(samples.failed("home", i * MILLI, MILLI, 500));
        }
        for (int i = 0; i < 100; i++) {
            aggregate.request(samples.ended("home", 2 * SECOND, SECOND));
        }

        RequestStatistics home = aggregate.statistics().total();

        assertThat(home.okResponseTime().percentileMicros(50)).isEqualTo(1_000_000);
        assertThat(home.koResponseTime().percentileMicros(95)).isEqualTo(1_000);
        assertThat(home.responseTime().percentileMicros(90)).isBetween(1_000L, 1_001L);
        assertThat(home.responseTime().percentileMicros(95)).isEqualTo(1_000_000);
        assertThat(home.koPercent()).isEqualTo(90.0);
        assertThat(home.throughput()).isCloseTo(500, within(1e-9));
    }

    @Test
    void leavesWarmUpAndLostFirstTriesOut() {
        RequestSample warm = samples.ended("home", SECOND, 10 * MILLI);
        warm.warmUp = true;
        aggregate.request(warm);
        aggregate.mark(MarkKind.WARM_UP_END, 2 * SECOND, "");
        RequestSample attempt = samples.failed("home", 3 * SECOND, 10 * MILLI, 0);
        attempt.attempt = true;
        aggregate.request(attempt);
        aggregate.request(samples.ended("home", 4 * SECOND, 10 * MILLI));

        RunStatistics statistics = aggregate.statistics();

        assertThat(statistics.total().ok()).isEqualTo(1);
        assertThat(statistics.total().ko()).isZero();
        assertThat(statistics.total().attempts()).isEqualTo(1);
        assertThat(statistics.total().throughput()).isEqualTo(0.5);
        assertThat(statistics.generator().staleRetries()).isEqualTo(1);
        assertThat(statistics.timeline().steps()).extracting(TimeStep::ok).containsExactly(0L, 1L, 0L, 1L);
    }

    @Test
    void countsWhatIsInFlightAndWhatWasNotSentApart() {
        RequestSample flying = samples.ended("home", SECOND, 10 * MILLI);
        flying.outcome = RequestSample.UNFINISHED;
        flying.error = samples.names.error(ErrorClass.STOP_UNFINISHED, "");
        aggregate.request(flying);
        RequestSample held = samples.ended("home", SECOND, 10 * MILLI);
        held.outcome = RequestSample.NOT_SENT;
        held.error = samples.names.error(ErrorClass.THROTTLE_QUEUE_FULL, "");
        aggregate.request(held);

        RequestStatistics home = aggregate.statistics().total();

        assertThat(home.total()).isZero();
        assertThat(home.unfinished()).isEqualTo(1);
        assertThat(home.notSent()).isEqualTo(Map.of("throttle.queue_full", 1L));
        assertThat(home.errors()).isEmpty();
    }

    @Test
    void endsTheCurveOfActiveUsersAtZero() {
        samples.user(aggregate, 1, "shop", 0, 3 * SECOND);
        samples.user(aggregate, 2, "shop", SECOND, 2 * SECOND + 1);
        samples.user(aggregate, 3, "search", 1500 * MILLI, 3 * SECOND - 1);
        aggregate.runEnd(3 * SECOND, null, 0);

        Timeline timeline = aggregate.statistics().timeline();

        assertThat(timeline.scenarios()).containsExactly("shop", "search");
        assertThat(timeline.steps()).extracting(TimeStep::activeUsers).containsExactly(1L, 3L, 0L);
        assertThat(timeline.steps())
                .extracting(TimeStep::activeByScenario)
                .containsExactly(List.of(1L, 0L), List.of(2L, 1L), List.of(0L, 0L));
        assertThat(timeline.steps()).extracting(TimeStep::usersStarted).containsExactly(1L, 2L, 0L);
    }

    @Test
    void putsEveryRequestIntoExactlyOneStep() {
        for (long seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            Aggregate run = samples.aggregate();
            int count = random.nextInt(300);
            long length = (1 + random.nextInt(100)) * SECOND;
            for (int i = 0; i < count; i++) {
                long end = random.nextInt(3) == 0
                        ? random.nextInt(120) * SECOND
                        : (long) (random.nextDouble() * 1.2 * length);
                run.request(
                        random.nextBoolean()
                                ? samples.ended("home", end, Math.min(end, MILLI))
                                : samples.refused("home", end));
            }
            run.runEnd(length, null, 0);

            RunStatistics statistics = run.statistics();

            List<TimeStep> steps = statistics.timeline().steps();
            assertThat(steps).as("seed %d", seed).hasSize((int) (length / SECOND));
            assertThat(steps.stream().mapToLong(TimeStep::ok).sum())
                    .isEqualTo(statistics.total().ok());
            assertThat(steps.stream().mapToLong(TimeStep::ko).sum())
                    .isEqualTo(statistics.total().ko());
            assertThat(steps.stream()
                            .mapToLong(step -> step.responseTime().count())
                            .sum())
                    .isEqualTo(statistics.total().responseTime().count());
        }
    }

    @Test
    void putsWhatLiesOnAnEdgeIntoTheStepThatBeginsThere() {
        aggregate.request(samples.ended("home", SECOND - 1000, MILLI));
        aggregate.request(samples.ended("home", SECOND, MILLI));
        aggregate.request(samples.ended("home", 2 * SECOND, MILLI));
        aggregate.runEnd(2 * SECOND, null, 0);

        assertThat(aggregate.statistics().timeline().steps())
                .extracting(TimeStep::ok)
                .containsExactly(1L, 2L);
    }

    @Test
    void doublesTheStepWhenTheRunIsLong() {
        Aggregate small = new Aggregate(new MeasureOptions(32 * 60, 1 << 20, 10));
        small.run(samples.header, samples.names);
        for (int second = 0; second < 3600; second++) {
            small.request(samples.ended("home", second * SECOND + 500 * MILLI, (1 + second % 100) * MILLI));
        }
        samples.user(small, 1, "shop", 0, 1800 * SECOND);
        small.runEnd(3600 * SECOND, null, 0);

        Timeline timeline = small.statistics().timeline();

        assertThat(timeline.stepSeconds()).isEqualTo(64);
        assertThat(timeline.steps()).hasSize(57);
        assertThat(timeline.steps().stream().mapToLong(TimeStep::ok).sum()).isEqualTo(3600);
        assertThat(timeline.steps().get(0).ok()).isEqualTo(64);
        assertThat(timeline.steps().get(0).responseTime().percentileMicros(50)).isBetween(32_000L, 32_320L);
        assertThat(timeline.steps().get(0).responseTime().maxMicros()).isEqualTo(64_000);
        assertThat(timeline.steps().get(27).activeUsers()).isEqualTo(1);
        assertThat(timeline.steps().get(28).activeUsers()).isZero();
    }

    @Test
    void holdsThirtyDays() {
        long month = 30L * 24 * 3600 * SECOND;
        for (long at = SECOND; at <= month; at += 3600 * SECOND) {
            aggregate.request(samples.ended("home", at, MILLI));
        }
        aggregate.request(samples.ended("poll", month, month));
        aggregate.runEnd(month, null, 0);

        RunStatistics statistics = aggregate.statistics();

        assertThat(statistics.run().durationSeconds()).isEqualTo(2_592_000.0);
        assertThat(statistics
                        .request(List.of(), "poll")
                        .orElseThrow()
                        .responseTime()
                        .maxMicros())
                .isEqualTo(2_592_000_000_000L);
        assertThat(statistics.timeline().steps().size()).isLessThan(5000);
        assertThat(statistics.timeline().steps().stream()
                        .mapToLong(TimeStep::ok)
                        .sum())
                .isEqualTo(721);
    }

    @Test
    void givesTheSameWhenPartsAreMergedInAnyOrder() {
        List<Consumer<Aggregate>> records = someRecords();
        Aggregate whole = samples.aggregate();
        records.forEach(record -> record.accept(whole));
        RunStatistics expected = whole.statistics();
        for (int parts = 1; parts <= 16; parts++) {
            Random random = new Random(parts);
            List<Aggregate> split = new ArrayList<>();
            for (int i = 0; i < parts; i++) {
                split.add(samples.aggregate());
            }
            for (Consumer<Aggregate> record : records) {
                record.accept(split.get(random.nextInt(parts)));
            }
            Collections.shuffle(split, random);
            Aggregate merged = split.get(0);
            split.subList(1, parts).forEach(merged::merge);

            assertThat(merged.statistics()).as("%d parts", parts).isEqualTo(expected);
        }
    }

    /** Asks every 10 ms, of which 1 ms is the answer; is held up for 2 s once. */
    private void asksEveryTenMillis(Aggregate into, String scenario, long userId) {
        long at = 0;
        for (int i = 0; i < 1000; i++) {
            long waited = i == 500 ? 2 * SECOND : MILLI;
            RequestSample asked = samples.ended("home", at + waited, waited);
            asked.scenario = samples.names.scenario(scenario);
            into.request(asked);
            at += waited + 9 * MILLI;
        }
        samples.user(into, userId, scenario, 0, at);
    }

    private Aggregate closed(String... scenarios) {
        Aggregate closed = new Aggregate(MeasureOptions.DEFAULT);
        RunHeader header = samples.header;
        for (String scenario : scenarios) {
            header = header.with(RunHeader.MODEL_PREFIX + scenario, RunHeader.CLOSED);
        }
        closed.run(header, samples.names);
        return closed;
    }

    @Test
    void compensatesAClosedScenarioByHowOftenItsUsersUsuallyAsk() {
        Aggregate closed = closed("loop");
        asksEveryTenMillis(closed, "loop", 1);

        RequestStatistics home = closed.statistics().request(List.of(), "home").orElseThrow();
        Compensated compensated = home.compensated();

        assertThat(home.responseTime().count()).as("the series itself").isEqualTo(1000);
        assertThat(home.responseTime().percentileMicros(99.9)).isEqualTo(1_000);
        assertThat(compensated).isNotNull();
        assertThat(compensated.intervalMicros()).isEqualTo(10_000);
        assertThat(compensated.added()).isEqualTo(199);
        assertThat(compensated.responseTime().count()).isEqualTo(1199);
        assertThat(closed.statistics().total().compensated()).isEqualTo(compensated);
    }

    @Test
    void compensatesClosedScenariosOnly() {
        Aggregate mixed = closed("loop");
        asksEveryTenMillis(mixed, "loop", 1);
        asksEveryTenMillis(mixed, "arrivals", 2);
        asksEveryTenMillis(aggregate, "loop", 1);

        Compensated compensated = mixed.statistics().total().compensated();

        assertThat(compensated).isNotNull();
        assertThat(compensated.responseTime().count()).isEqualTo(1199);
        assertThat(mixed.statistics().total().total()).isEqualTo(2000);
        assertThat(aggregate.statistics().total().compensated()).isNull();
    }

    @Test
    void doesNotCompensateUsersWhoKeepAPace() {
        Aggregate closed = closed("loop");
        asksEveryTenMillis(closed, "loop", 1);
        RequestSample late = samples.ended("home", SECOND, 2 * MILLI);
        late.scenario = samples.names.scenario("loop");
        late.paceOverrunNanos = MILLI;
        closed.request(late);

        assertThat(closed.statistics().total().compensated()).isNull();
    }

    @Test
    void compensatesEachNameByItsOwnIntervalAndLeavesTheWarmUpOut() {
        Aggregate closed = closed("loop");
        long at = 0;
        for (int i = 0; i < 900; i++) {
            // Twice as often as the other; the first 100 passes are warm-up and slow throughout.
            boolean warm = i < 300;
            long waited = warm ? 5 * MILLI : 2 * MILLI;
            RequestSample asked = samples.ended(i % 3 == 0 ? "rare" : "often", at + waited, waited);
            asked.scenario = samples.names.scenario("loop");
            asked.warmUp = warm;
            closed.request(asked);
            at += waited + 8 * MILLI;
        }
        closed.userStart(1, samples.names.scenario("loop"), 0, 0);
        closed.runEnd(at, null, 0);

        RunStatistics statistics = closed.statistics();
        Compensated often = statistics.request(List.of(), "often").orElseThrow().compensated();
        Compensated rare = statistics.request(List.of(), "rare").orElseThrow().compensated();

        assertThat(often).isNotNull();
        assertThat(rare).isNotNull();
        assertThat(often.intervalMicros()).isEqualTo(15_000);
        assertThat(rare.intervalMicros()).isEqualTo(30_000);
        assertThat(often.responseTime().count()).isEqualTo(400);
        assertThat(statistics.total().compensated()).isNotNull();
        assertThat(statistics.total().compensated().intervalMicros()).isZero();
    }

    private List<Consumer<Aggregate>> someRecords() {
        Random random = new Random(11);
        List<Consumer<Aggregate>> records = new ArrayList<>();
        int failure = samples.names.error(ErrorClass.USER_EXCEPTION, "no");
        int group = samples.names.group(Names.NO_GROUP, "checkout");
        for (int i = 0; i < 20_000; i++) {
            long end = SECOND + (long) (random.nextDouble() * 100 * SECOND);
            long duration = random.nextInt(900_000_000);
            String name = "request " + random.nextInt(5);
            int kind = random.nextInt(20);
            records.add(into -> {
                switch (kind) {
                    case 0 -> into.request(samples.failed(name, end, duration, 500));
                    case 1 -> into.request(samples.refused(name, end));
                    case 2 -> into.userStart(1, samples.names.scenario("a " + name), end, end);
                    case 3 -> into.userEnd(1, samples.names.scenario("a " + name), end, UserEnd.THROUGH);
                    case 4 -> into.usersDropped(samples.names.scenario(name), end, 2, DropReason.USER_CAP);
                    case 5 -> into.stepFailure(1, 0, end, failure);
                    case 6 -> into.groupEnd(1, 0, group, end - duration, end, duration / 2, true, false);
                    case 7 -> into.mark(MarkKind.NOTE, end, name);
                    case 8 -> {
                        HealthSample health = new HealthSample();
                        health.atNanos = end;
                        health.hiccupNanos = duration / 4;
                        health.gcPauseMillis = 3;
                        health.stealPercent = duration % 11 == 0 ? 7 : 1;
                        into.health(health);
                    }
                    default -> into.request(samples.ended(name, end, duration));
                }
            });
        }
        records.add(into -> into.runEnd(102 * SECOND, null, 3));
        return records;
    }

    @Test
    void tellsOfTheGenerator() {
        HealthSample health = new HealthSample();
        health.atNanos = SECOND;
        health.processCpuPercent = 90;
        health.gcPauseMillis = 12;
        health.stealPercent = 6;
        health.recordsLost = 4;
        aggregate.health(health);
        health.atNanos = 2 * SECOND;
        health.processCpuPercent = 120;
        health.longestSilenceNanos = 200 * MILLI;
        health.stealPercent = 5;
        health.wallClockJumpMillis = -1000;
        aggregate.health(health);
        for (int i = 0; i < 10; i++) {
            aggregate.request(samples.ended("home", SECOND + i * MILLI, MILLI));
        }
        RequestSample late = samples.ended("home", 3 * SECOND, 100 * MILLI);
        late.actualStartNanos += 20 * MILLI;
        aggregate.request(late);
        aggregate.stepFailure(1, 0, SECOND, samples.names.error(ErrorClass.USER_EXCEPTION, "no"));

        GeneratorStatistics generator = aggregate.statistics().generator();

        assertThat(generator.cpuMaxPercent()).isEqualTo(120);
        assertThat(generator.gcPauseMillis()).isEqualTo(24);
        assertThat(generator.stealMaxPercent()).isEqualTo(6);
        assertThat(generator.stealSeconds()).containsExactly(0L);
        assertThat(generator.stalls()).isEqualTo(1);
        assertThat(generator.stallMillis()).isEqualTo(200);
        assertThat(generator.stallSeconds()).containsExactly(1L);
        assertThat(generator.samplesTouchedByStalls()).isCloseTo(2.0, within(1e-9));
        assertThat(generator.clockJumps()).isEqualTo(1);
        assertThat(generator.logRecordsLost()).isEqualTo(4);
        assertThat(generator.startDelay().maxMicros()).isEqualTo(20_000);
        assertThat(generator.steadyStartDelay().count()).isEqualTo(1);
        assertThat(generator.stepFailures()).isEqualTo(1);
        assertThat(generator.endMissing()).isTrue();
    }

    @Test
    void countsUsers() {
        int shop = samples.names.scenario("shop");
        samples.user(aggregate, 1, "shop", 0, SECOND);
        aggregate.userStart(2, shop, 0, 0);
        aggregate.userEnd(2, shop, SECOND, UserEnd.STOPPED);
        aggregate.userStart(3, shop, 0, 0);
        aggregate.usersDropped(shop, SECOND, 5, DropReason.USER_CAP);

        UserCounts users = aggregate.statistics().users();

        assertThat(users).isEqualTo(new UserCounts(3, Map.of(DropReason.USER_CAP, 5L), 1, 2));
        assertThat(users.scheduled()).isEqualTo(8);
    }

    @Test
    void givesAValidAnswerWithoutAnyRecord() {
        RunStatistics statistics = aggregate.statistics();

        assertThat(statistics.total().total()).isZero();
        assertThat(statistics.total().throughput()).isZero();
        assertThat(statistics.requests()).isEmpty();
        assertThat(statistics.timeline().steps()).hasSize(1);
    }
}
