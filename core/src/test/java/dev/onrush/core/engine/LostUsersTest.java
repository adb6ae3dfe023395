package dev.onrush.core.engine;

import static dev.onrush.core.engine.TestRun.HERE;
import static dev.onrush.core.engine.TestRun.open;
import static dev.onrush.core.engine.TestRun.pause;
import static dev.onrush.core.engine.TestRun.repeat;
import static dev.onrush.core.engine.TestRun.users;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.onrush.core.CallSite;
import dev.onrush.core.eventlog.ErrorClass;
import dev.onrush.core.eventlog.UserEnd;
import dev.onrush.core.injection.RampUsers;
import dev.onrush.core.protocol.UserResource;
import dev.onrush.core.scenario.Compilation;
import dev.onrush.core.scenario.Step;
import dev.onrush.core.setting.Setting;
import dev.onrush.core.setting.Settings;
import dev.onrush.core.time.Clock;

/** A user that nothing will ever wake is found, told of and ended; one that waits long for something is left alone (G19). */
@Timeout(60)
@Tag("slow")
class LostUsersTest {
    private static final int USERS = 300;
    private static final int CALLS = 100;
    private static final int LOST_ONE_OF = 10_000;

    private final TestRun run = new TestRun(Clock.system(), Settings.of(Map.of(Setting.LOOP_THREADS, "2")));

    @Test
    void usersWhoseAnswerIsDroppedAreFoundAndThoseThatWaitLongAreLeftAlone() {
        Executor blocking = run.engine.environment().blocking();
        Calls calls = new Calls(blocking, true, run.engine.environment().newUserSlot());
        Calls slow = new Calls(
                task -> blocking.execute(() -> {
                    sleepSeconds(7);
                    task.run();
                }),
                false,
                run.engine.environment().newUserSlot());
        long startNanos = System.nanoTime();

        RunOutcome outcome = run.run(
                users("called", open(new RampUsers(USERS, ofMillis(200))), repeat(CALLS, calls)),
                users("thinking", open(new RampUsers(100, ofMillis(100))), pause(ofSeconds(7))),
                users("patient", open(new RampUsers(20, ofMillis(50))), slow));

        long millis = (System.nanoTime() - startNanos) / 1_000_000;
        long ended = run.recorded.ends.stream()
                .filter(end -> end.reason() == UserEnd.BLOCKED)
                .count();
        System.out.printf(
                "FIGURE G19 %d callbacks, %d dropped: lost users found %d, others ended %d of %d, hangs 0, the run took %d ms%n",
                calls.made.get(),
                calls.dropped.get(),
                ended,
                run.recorded.ends.size() - ended,
                USERS + 120 - ended,
                millis);
        assertThat(calls.dropped.get()).isGreaterThanOrEqualTo(2);
        assertThat(ended).isEqualTo(calls.dropped.get());
        assertThat(outcome.lostUsers()).isEqualTo(calls.dropped.get());
        assertThat(outcome.stopped()).isEmpty();
        assertThat(run.recorded.ends).hasSize(USERS + 120);
        assertThat(run.recorded.failures)
                .hasSize(calls.dropped.get())
                .allMatch(
                        failure -> failure.errorClass().equals(ErrorClass.USER_LOST)
                                && failure.message()
                                        .equals(
                                                "scenario \"called\": a user waited for nothing: no timer, no request, no message"));
        assertThat(outcome.warnings())
                .hasSize(calls.dropped.get())
                .allMatch(text -> text.matches("Internal error: user \\d+ of scenario \"called\" waited for nothing,"
                        + " no timer, no request and no message, for 5 s\\. It was ended; please report this\\."));
    }

    private static void sleepSeconds(long seconds) {
        try {
            TimeUnit.SECONDS.sleep(seconds); // the answer takes so long: that is the case
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks on another thread; every so many answers are dropped. */
    private static final class Calls implements Step {
        private final Executor executor;
        private final boolean drops;
        private final int slot;
        final AtomicInteger made = new AtomicInteger();
        final AtomicInteger dropped = new AtomicInteger();

        Calls(Executor executor, boolean drops, int slot) {
            this.executor = executor;
            this.drops = drops;
            this.slot = slot;
        }

        /** Whether an answer is on its way. */
        private static final class Pending implements UserResource {
            volatile boolean isAwaited;

            @Override
            public boolean isAwaited() {
                return isAwaited;
            }

            @Override
            public void cutOff(long nowNanos) {}

            @Override
            public void close() {}
        }

        @Override
        public Action compile(Compilation compilation, Action next) {
            return new Action(compilation.place()) {
                @Override
                public @Nullable Action execute(VirtualUser user) {
                    Pending pending = (Pending) user.resource(slot);
                    if (pending == null) {
                        pending = new Pending();
                        user.resource(slot, pending);
                    }
                    Pending its = pending;
                    its.isAwaited = true;
                    boolean isDropped = made.incrementAndGet() % LOST_ONE_OF == 0 && drops;
                    executor.execute(() -> {
                        its.isAwaited = false;
                        if (isDropped) {
                            dropped.incrementAndGet();
                        } else {
                            user.deliverOnLoop(new Answer(next));
                        }
                    });
                    return null;
                }

                @Override
                public Action next() {
                    return next;
                }
            };
        }

        private record Answer(Action next) implements Message {
            @Override
            public Action receive(VirtualUser user) {
                return next;
            }
        }

        @Override
        public String word() {
            return "call";
        }

        @Override
        public CallSite site() {
            return HERE;
        }
    }
}
