package dev.onrush.core.engine;

import static dev.onrush.core.engine.TestRun.exec;
import static dev.onrush.core.engine.TestRun.forever;
import static dev.onrush.core.engine.TestRun.group;
import static dev.onrush.core.engine.TestRun.open;
import static dev.onrush.core.engine.TestRun.pause;
import static dev.onrush.core.engine.TestRun.repeat;
import static dev.onrush.core.engine.TestRun.request;
import static dev.onrush.core.engine.TestRun.users;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import dev.onrush.core.eventlog.DropReason;
import dev.onrush.core.eventlog.HealthSample;
import dev.onrush.core.eventlog.MarkKind;
import dev.onrush.core.eventlog.Names;
import dev.onrush.core.eventlog.Recorder;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.core.eventlog.RunHeader;
import dev.onrush.core.eventlog.UserEnd;
import dev.onrush.core.injection.AtOnceUsers;
import dev.onrush.core.measure.Aggregate;
import dev.onrush.core.measure.MeasureOptions;
import dev.onrush.core.scenario.LoadPlan;
import dev.onrush.core.scenario.RunRules;
import dev.onrush.core.setting.Settings;
import dev.onrush.core.time.ManualClock;

/** Engine and statistics over very many virtual requests: memory depends on names and users, not on requests (G28). */
class LongVirtualRunTest {
    private static final int USERS = 100;
    private static final int LOOKS = 10;
    private static final Duration REQUEST = ofMillis(10);

    @Test
    @Tag("slow")
    void aMillionRequestsTakeNoMoreMemoryThanTheFirst() {
        run(1_000_000);
    }

    @Test
    @Tag("nightly")
    void aHundredMillionRequestsTakeNoMoreMemoryThanTheFirst() {
        run(Long.getLong("soak.requests", 100_000_000));
    }

    private static void run(long requests) {
        Names names = Names.withLimit(100);
        Aggregate aggregate = new Aggregate(MeasureOptions.DEFAULT);
        aggregate.run(RunHeader.of("Soak", "", Instant.EPOCH, 1, "test"), names);
        Engine engine = new Engine(EngineOptions.of(Settings.defaults(), names, thread -> new Folding(aggregate))
                .clock(new ManualClock()));
        Duration length = REQUEST.multipliedBy(requests / USERS);
        List<Long> held = new ArrayList<>();
        RunPlan plan = new LoadPlan(
                        "Soak",
                        List.of(
                                users(
                                        "shop",
                                        open(new AtOnceUsers(USERS)),
                                        forever(group("basket", request("item", REQUEST)))),
                                users(
                                        "looking",
                                        open(new AtOnceUsers(1)),
                                        repeat(LOOKS, pause(length.dividedBy(LOOKS + 1)), exec(session -> {
                                            held.add(usedBytes());
                                            return session;
                                        })))),
                        List.of(),
                        List.of(),
                        RunRules.standard().seed(1).maxDuration(length.plus(ofSeconds(1))))
                .compile(engine.environment());
        long beginNanos = System.nanoTime();

        RunOutcome outcome = engine.run(plan);

        double seconds = (System.nanoTime() - beginNanos) / 1e9;
        long counted = aggregate.statistics().total().ok();
        System.out.println(String.format(
                Locale.ROOT,
                "FIGURE G28 %d virtual requests of %d users in %s of virtual time: counted %d, heap after collection %.2f MiB"
                        + " after a fifth, %.2f at the end, %.0f s, %.0f requests/s",
                requests,
                USERS,
                length,
                counted,
                held.get(1) / 1048576.0,
                held.get(LOOKS - 1) / 1048576.0,
                seconds,
                counted / seconds));
        assertThat(outcome.populations().get(0).unfinished()).isEqualTo(USERS);
        assertThat(counted).isBetween(requests, requests + 200L * USERS);
        assertThat(held).hasSize(LOOKS);
        assertThat(held.get(LOOKS - 1) - held.get(1)).as("growth of the heap").isLessThan(1 << 20);
    }

    private static long usedBytes() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(
                    least,
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least;
    }

    /** Straight into the statistics. */
    private record Folding(Aggregate aggregate) implements Recorder {
        @Override
        public void userStart(long userId, int scenario, long intendedStartNanos, long actualStartNanos) {
            aggregate.userStart(userId, scenario, intendedStartNanos, actualStartNanos);
        }

        @Override
        public void userEnd(long userId, int scenario, long endNanos, UserEnd reason) {
            aggregate.userEnd(userId, scenario, endNanos, reason);
        }

        @Override
        public void usersDropped(int scenario, long atNanos, long count, DropReason reason) {
            aggregate.usersDropped(scenario, atNanos, count, reason);
        }

        @Override
        public void request(RequestSample sample) {
            aggregate.request(sample);
        }

        @Override
        public void groupEnd(
                long userId,
                int scenario,
                int group,
                long startNanos,
                long endNanos,
                long cumulatedNanos,
                boolean ok,
                boolean warmUp) {
            aggregate.groupEnd(userId, scenario, group, startNanos, endNanos, cumulatedNanos, ok, warmUp);
        }

        @Override
        public void stepFailure(long userId, int scenario, long atNanos, int error) {
            aggregate.stepFailure(userId, scenario, atNanos, error);
        }

        @Override
        public void health(HealthSample sample) {
            aggregate.health(sample);
        }

        @Override
        public void mark(MarkKind kind, long atNanos, String text) {
            aggregate.mark(kind, atNanos, text);
        }
    }
}
