package dev.onrush.core.engine;

import static dev.onrush.core.engine.TestRun.exec;
import static dev.onrush.core.engine.TestRun.open;
import static dev.onrush.core.engine.TestRun.pause;
import static dev.onrush.core.engine.TestRun.users;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.onrush.core.eventlog.DropReason;
import dev.onrush.core.eventlog.HealthSample;
import dev.onrush.core.eventlog.MarkKind;
import dev.onrush.core.eventlog.Names;
import dev.onrush.core.eventlog.Recorder;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.core.eventlog.UserEnd;
import dev.onrush.core.injection.AtOnceUsers;
import dev.onrush.core.scenario.LoadPlan;
import dev.onrush.core.scenario.RunRules;
import dev.onrush.core.setting.Setting;
import dev.onrush.core.setting.Settings;

/** A program of its own: so many users wait in a pause; prints the bytes of heap each takes, then lets the run end. */
final class WaitingUsers {
    private WaitingUsers() {}

    public static void main(String[] arguments) throws InterruptedException {
        int number = Integer.parseInt(arguments[0]);
        Names names = Names.withLimit(100);
        Engine engine = new Engine(
                EngineOptions.of(Settings.of(Map.of(Setting.LOOP_THREADS, "2")), names, thread -> new Nothing()));
        RunPlan plan = new LoadPlan(
                        "Wait",
                        List.of(users(
                                "wait",
                                open(new AtOnceUsers(number)),
                                exec(s -> s.set("name", "value")),
                                pause(Duration.ofSeconds(Long.parseLong(arguments[1]))))),
                        List.of(),
                        List.of(),
                        RunRules.standard().seed(1))
                .compile(engine.environment());
        long before = usedBytes();
        Thread watcher = new Thread(() -> {
            while (engine.progress().populations().isEmpty()
                    || engine.progress().populations().get(0).waiting() < number) {
                Thread.onSpinWait();
            }
            System.out.println("bytes per waiting user: " + (usedBytes() - before) / number);
        });
        watcher.start();
        RunOutcome outcome = engine.run(plan);
        watcher.join();
        System.out.println("finished: " + outcome.populations().get(0).finished());
    }

    private static long usedBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** Records nothing. */
    static final class Nothing implements Recorder {
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
