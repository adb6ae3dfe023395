package dev.onrush.core.engine;

import static dev.onrush.core.engine.TestRun.HERE;
import static dev.onrush.core.engine.TestRun.exec;
import static dev.onrush.core.engine.TestRun.open;
import static dev.onrush.core.engine.TestRun.pause;
import static dev.onrush.core.engine.TestRun.repeat;
import static dev.onrush.core.engine.TestRun.users;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofNanos;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.onrush.core.CallSite;
import dev.onrush.core.injection.AtOnceUsers;
import dev.onrush.core.injection.RampUsers;
import dev.onrush.core.protocol.ProtocolEnvironment;
import dev.onrush.core.scenario.Compilation;
import dev.onrush.core.scenario.Step;
import dev.onrush.core.setting.Setting;
import dev.onrush.core.setting.Settings;
import dev.onrush.core.time.Clock;

/** Messages from other threads: none is lost, none runs a user beside another. */
@Timeout(60)
class MailTest {
    private final TestRun run =
            new TestRun(Clock.system(), Settings.of(Map.of(Setting.LOOP_THREADS, "2", Setting.IO_THREADS, "3")));
    private final ProtocolEnvironment environment = run.engine.environment();
    private final Queue<String> threads = new ConcurrentLinkedQueue<>();
    private final List<Thread> io = new ArrayList<>();

    @Test
    void anIdleUserRunsOnTheIoThreadThatDelivers() {
        Executor answering = ioThreads();

        // An answer that comes before its user is idle finds it on its loop: of many users most are idle by then.
        RunOutcome outcome =
                run.run(users("many", open(new RampUsers(100, ofMillis(100))), new Call(answering, 1), exec(s -> {
                    threads.add(Thread.currentThread().getName());
                    return s;
                })));

        assertThat(outcome.stepFailures()).isEmpty();
        assertThat(threads).anyMatch(name -> name.startsWith("io-"));
    }

    @Test
    void aUserRunsOnItsLoopWhenAnyOtherThreadDelivers() {
        run.run(users("one", open(new AtOnceUsers(1)), new Call(environment.blocking(), 1), exec(s -> {
            threads.add(Thread.currentThread().getName());
            return s;
        })));

        assertThat(threads).hasSize(1).allMatch(name -> name.startsWith("loop-"));
    }

    @Test
    void noMessageIsLostAndNoneOvertakesTheUser() {
        Executor answering = ioThreads();

        RunOutcome outcome = run.run(
                users(
                        "io",
                        open(new RampUsers(300, ofMillis(300))),
                        repeat(50, new Call(answering, 4), pause(ofNanos(50_000)), new Call(answering, 1))),
                users(
                        "blocking",
                        open(new RampUsers(20, ofMillis(100))),
                        repeat(20, new Call(environment.blocking(), 3))));

        assertThat(outcome.stopped()).isEmpty();
        assertThat(outcome.stepFailures()).isEmpty();
        assertThat(outcome.populations())
                .allSatisfy(p -> assertThat(p.finished()).isEqualTo(p.scheduled()));
        assertThat(Call.ANSWERS.get()).isGreaterThanOrEqualTo(300 * 50 * 5 + 20 * 20 * 3);
    }

    @AfterEach
    void endIoThreads() {
        io.forEach(Thread::interrupt);
    }

    /** Three I/O threads that take tasks until the test ends. */
    private Executor ioThreads() {
        LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
        for (int i = 0; i < environment.ioThreadCount(); i++) {
            Thread thread = environment.ioThreads().newThread(() -> {
                while (true) {
                    try {
                        tasks.take().run();
                    } catch (InterruptedException e) {
                        return;
                    }
                }
            });
            io.add(thread);
            thread.start();
        }
        return tasks::add;
    }

    /** Asks so many times at once on other threads, and goes on when all answers have come. */
    private record Call(Executor executor, int times) implements Step {
        static final AtomicInteger ANSWERS = new AtomicInteger();
        /** Users that are in an action or a message right now. */
        static final Set<Long> RUNNING = ConcurrentHashMap.newKeySet();

        @Override
        public Action compile(Compilation compilation, Action next) {
            return new Action(compilation.place()) {
                @Override
                public @Nullable Action execute(VirtualUser user) {
                    enter(user);
                    int[] left = {times};
                    for (int i = 0; i < times; i++) {
                        executor.execute(() -> user.deliver(new Message() {
                            @Override
                            public @Nullable Action receive(VirtualUser receiver) {
                                enter(receiver);
                                ANSWERS.incrementAndGet();
                                left[0]--;
                                leave(receiver);
                                return left[0] == 0 ? next : null;
                            }

                            @Override
                            public Action next() {
                                return next;
                            }
                        }));
                    }
                    leave(user);
                    return null;
                }

                @Override
                public Action next() {
                    return next;
                }
            };
        }

        private static void enter(VirtualUser user) {
            if (!RUNNING.add(user.session().identity().userId())) {
                throw new IllegalStateException("two threads run one user");
            }
        }

        private static void leave(VirtualUser user) {
            RUNNING.remove(user.session().identity().userId());
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
