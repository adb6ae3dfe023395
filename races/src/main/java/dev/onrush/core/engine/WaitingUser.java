package dev.onrush.core.engine;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.eventlog.DropReason;
import dev.onrush.core.eventlog.HealthSample;
import dev.onrush.core.eventlog.MarkKind;
import dev.onrush.core.eventlog.Names;
import dev.onrush.core.eventlog.Recorder;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.core.eventlog.UserEnd;
import dev.onrush.core.injection.AtOnceUsers;
import dev.onrush.core.injection.OpenProfile;
import dev.onrush.core.setting.Settings;
import dev.onrush.core.time.ManualClock;

/** A user that has started and waits for mail, on a loop of its own that nobody drives but the test. */
class WaitingUser {
    static final LoadRun RUN;
    private static final PopulationRun POPULATION;

    static {
        Names names = Names.withLimit(10);
        RUN = new LoadRun(EngineOptions.of(Settings.defaults(), names, thread -> new Unrecorded())
                .clock(new ManualClock()));
        PlannedPopulation planned = new PlannedPopulation(
                "races",
                names.scenario("races"),
                new Waiting(),
                new OpenProfile(List.of(new AtOnceUsers(1))),
                Integer.MAX_VALUE,
                List.of(),
                false,
                null);
        RUN.prepare(new RunPlan(
                "races",
                List.of(planned),
                List.of(),
                List.of(),
                1,
                0,
                Long.MAX_VALUE,
                null,
                null,
                List.of(),
                List.of(),
                true,
                List.of()));
        POPULATION = RUN.populations().get(0);
    }

    final EventLoop loop = new EventLoop(RUN, 0, 1_000_000);
    final Carrier carrier = new Carrier(RUN, "loop-0", loop);
    final VirtualUser user = new VirtualUser(POPULATION, loop, 1, 0);
    private final AtomicInteger inside = new AtomicInteger();
    /** Two threads ran the user at once so often. */
    final AtomicInteger overlaps = new AtomicInteger();
    /** Written by whoever runs the user: a lost update would show that two do. */
    int received;

    WaitingUser() {
        user.timerFired(carrier);
    }

    /** A letter that counts itself. */
    final Message letter = new Notice() {
        @Override
        public @Nullable Action receive(VirtualUser receiver) {
            if (inside.incrementAndGet() != 1) {
                overlaps.incrementAndGet();
            }
            received++;
            inside.decrementAndGet();
            return null;
        }
    };

    /** Runs what is due, as the loop's thread does. */
    void drive() {
        loop.driveDue(carrier, 0);
    }

    /** The scenario: nothing but waiting. */
    private static final class Waiting extends Action {
        Waiting() {
            super("races");
        }

        @Override
        public @Nullable Action execute(VirtualUser who) {
            return null;
        }

        @Override
        public Action next() {
            return this;
        }
    }

    /** Records nothing. */
    private static final class Unrecorded implements Recorder {
        @Override
        public void userStart(long userId, int scenario, long intendedStartNanos, long actualStartNanos) {}

        @Override
        public void userEnd(long userId, int scenario, long endNanos, UserEnd reason) {}

        @Override
        public void usersDropped(int scenario, long atNanos, long count, DropReason reason) {}

        @Override
        public void request(RequestSample sample) {}

        @Override
        public void groupEnd(
                long userId,
                int scenario,
                int group,
                long startNanos,
                long endNanos,
                long cumulatedNanos,
                boolean ok,
                boolean warmUp) {}

        @Override
        public void stepFailure(long userId, int scenario, long atNanos, int error) {}

        @Override
        public void health(HealthSample sample) {}

        @Override
        public void mark(MarkKind kind, long atNanos, String text) {}
    }
}
