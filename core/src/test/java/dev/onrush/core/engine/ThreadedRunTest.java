package dev.onrush.core.engine;

import static dev.onrush.core.engine.TestRun.closed;
import static dev.onrush.core.engine.TestRun.exec;
import static dev.onrush.core.engine.TestRun.forever;
import static dev.onrush.core.engine.TestRun.open;
import static dev.onrush.core.engine.TestRun.pause;
import static dev.onrush.core.engine.TestRun.repeat;
import static dev.onrush.core.engine.TestRun.request;
import static dev.onrush.core.engine.TestRun.users;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.onrush.core.eventlog.HeldPlace;
import dev.onrush.core.eventlog.UserEnd;
import dev.onrush.core.injection.AtOnceUsers;
import dev.onrush.core.injection.ConstantConcurrent;
import dev.onrush.core.injection.ConstantRate;
import dev.onrush.core.injection.RampUsers;
import dev.onrush.core.scenario.Population;
import dev.onrush.core.scenario.RunRules;
import dev.onrush.core.setting.Setting;
import dev.onrush.core.setting.Settings;
import dev.onrush.core.time.Clock;

/** The engine on threads and on the machine's clock. What is asserted in time is so large that a busy machine does not matter. */
@Timeout(60)
class ThreadedRunTest {
    private static final long MS = 1_000_000;

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void startsAllAndEndsAll(int loops) {
        TestRun run = run(loops);

        RunOutcome outcome = run.run(
                users(
                        "open",
                        open(new RampUsers(2000, ofMillis(500))),
                        request("home", ofMillis(20)),
                        pause(ofMillis(5)),
                        request("item", ofMillis(1))),
                users("closed", closed(new ConstantConcurrent(20, ofMillis(500))), request("home", ofMillis(10))));

        PopulationProgress open = outcome.populations().get(0);
        assertThat(open.started()).isEqualTo(2000);
        assertThat(open.finished()).isEqualTo(2000);
        PopulationProgress closed = outcome.populations().get(1);
        assertThat(closed.started()).isEqualTo(closed.finished()).isBetween(100L, 1000L);
        assertThat(run.recorded.requests).hasSize((int) (4000 + closed.started()));
        assertThat(run.recorded.requests)
                .allSatisfy(r -> assertThat(r.actualNanos()).isGreaterThanOrEqualTo(r.intendedNanos()));
        assertThat(run.recorded.ends).hasSize((int) (2000 + closed.started()));
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("loop-")));
    }

    @Test
    void aBusyLoopLeavesOthersTheirTurn() {
        TestRun run = run(1);

        RunOutcome outcome = run.run(
                users("spinning", open(new AtOnceUsers(1)), repeat(1_000_000, exec(s -> s))),
                users("other", open(new AtOnceUsers(1)), repeat(20, request("home", ofMillis(1)))));

        assertThat(outcome.stopped()).isEmpty();
        assertThat(run.recorded.requests).hasSize(20);
        assertThat(run.recorded.requests)
                .allSatisfy(r -> assertThat(r.endNanos() - r.intendedNanos()).isLessThan(200 * MS));
        assertThat(outcome.warnings())
                .containsExactly(
                        "scenario \"spinning\" > step 1 (repeat), Shop.java:41: this loop has turned 10000 times"
                                + " without a pause or a request. It keeps a core busy and sends nothing: let it wait.");
    }

    @Test
    void usersThatWereDueAndNotEvenMadeAtTheStopAreDroppedAndCounted() {
        TestRun run = run(1).rules(RunRules.standard().maxDuration(ofMillis(500)));
        double perSecond = 1_000_000;

        RunOutcome outcome =
                run.run(users("many", open(new ConstantRate(perSecond, ofSeconds(2))), pause(ofMillis(1))));

        long stopNanos = run.recorded.drops.get(0).atNanos();
        long dropped =
                run.recorded.drops.stream().mapToLong(Recorded.Drop::count).sum();
        long due = (long) Math.ceil(stopNanos * perSecond / 1e9);
        assertThat(run.recorded.starts.size() + dropped).isBetween(due - 1, due + 1);
        assertThat(outcome.populations().get(0).droppedByStop()).isEqualTo(dropped);
    }

    @Test
    void aRateThatNobodyCanMeanIsStoppedAndCountedAllTheSame() {
        TestRun run = run(1).rules(RunRules.standard().maxDuration(ofMillis(100)));
        double perSecond = 1e12;

        RunOutcome outcome =
                run.run(users("typing error", open(new ConstantRate(perSecond, ofSeconds(2))), pause(ofMillis(1))));

        PopulationProgress many = outcome.populations().get(0);
        double due = perSecond * run.recorded.drops.get(0).atNanos() / 1e9;
        assertThat((double) many.started() + many.droppedByStop()).isCloseTo(due, within(1000.0));
        assertThat(many.droppedByStop()).isEqualTo(many.scheduled() - many.started() - many.notYetDue());
    }

    @Test
    void namesWhoHoldsAThread() {
        TestRun run = run(1);

        RunOutcome outcome = run.run(users("slow", open(new AtOnceUsers(3)), exec(s -> {
            block(250);
            return s;
        })));

        assertThat(outcome.stalls()).hasSize(1);
        HeldPlace stall = outcome.stalls().get(0);
        assertThat(stall.place()).isEqualTo("scenario \"slow\" > step 1 (exec), Shop.java:41");
        assertThat(stall.count()).isEqualTo(3);
        assertThat(stall.thread()).isEqualTo("loop-0");
        assertThat(stall.stack()).contains("ThreadedRunTest.block");
        assertThat(stall.longestNanos()).isBetween(50 * MS, 2000 * MS);
    }

    @Test
    void movesTheUsersOfAStuckLoopToAFreshThread() {
        TestRun run = run(1);
        CountDownLatch othersAreThrough = new CountDownLatch(50);

        RunOutcome outcome = run.run(
                users(
                        "poison",
                        open(new AtOnceUsers(1)),
                        exec(s -> {
                            othersAreThrough.await();
                            return s;
                        }),
                        request("last", ofMillis(1))),
                users("other", open(new RampUsers(50, ofSeconds(1))), pause(ofMillis(100)), exec(s -> {
                    othersAreThrough.countDown();
                    return s;
                })));

        assertThat(outcome.stopped()).isEmpty();
        assertThat(outcome.populations())
                .allSatisfy(p -> assertThat(p.finished()).isEqualTo(p.scheduled()));
        assertThat(run.recorded.requests).extracting(Recorded.Request::name).containsExactly("last");
        assertThat(run.recorded.marks).anyMatch(mark -> mark.startsWith("STALL loop-0 goes on with a fresh thread"));
        assertThat(run.recorded.longestSilenceNanos).isGreaterThan(900 * MS);
    }

    @Test
    void endsThoughAnAuthorsCodeNeverComesBack() {
        TestRun run = run(2);
        CountDownLatch never = new CountDownLatch(1);

        RunOutcome outcome = run.rules(
                        dev.onrush.core.scenario.RunRules.standard().maxDuration(ofMillis(300)))
                .run(users("poison", open(new AtOnceUsers(2)), exec(s -> {
                    never.await();
                    return s;
                })));

        assertThat(outcome.populations().get(0).unfinished()).isEqualTo(2);
        assertThat(run.recorded.ends).hasSize(2).allMatch(e -> e.reason() == UserEnd.BLOCKED);
        assertThat(outcome.endNanos()).isBetween(2300 * MS, 10_000 * MS);
        never.countDown();
    }

    @Test
    void aFirstStopLetsUsersGoOnAndASecondCutsThemOff() {
        TestRun run = run(2);
        AtomicReference<RunOutcome> outcome = new AtomicReference<>();
        Population endless = users("endless", open(new RampUsers(1000, ofMinutes(1))), forever(pause(ofMillis(10))));
        Thread caller = new Thread(() -> outcome.set(run.run(endless)));
        caller.start();
        await().until(() -> started(run) > 10);

        run.engine.stop();
        await().until(() -> run.engine.progress().stopping());
        long started = started(run);
        assertThat(outcome.get()).isNull();
        run.engine.stop();

        await().until(() -> outcome.get() != null);
        assertThat(outcome.get().stop()).isEqualTo(new RunStop("Interrupted.", true));
        assertThat(outcome.get().populations().get(0).started()).isEqualTo(started);
        assertThat(run.recorded.ends).hasSize((int) started).allMatch(e -> e.reason() == UserEnd.STOPPED);
    }

    @Test
    void theGraceEndsByItself() {
        TestRun run =
                new TestRun(Clock.system(), Settings.of(Map.of(Setting.LOOP_THREADS, "1", Setting.GRACE, "200ms")));
        AtomicReference<RunOutcome> outcome = new AtomicReference<>();
        Thread caller = new Thread(() ->
                outcome.set(run.run(users("endless", open(new AtOnceUsers(5)), forever(pause(ofMillis(10)))))));
        caller.start();
        await().until(() -> started(run) == 5);

        run.engine.stop();

        await().until(() -> outcome.get() != null);
        assertThat(outcome.get().populations().get(0).unfinished()).isEqualTo(5);
    }

    private static long started(TestRun run) {
        return run.engine.progress().populations().stream()
                .mapToLong(PopulationProgress::started)
                .sum();
    }

    private static TestRun run(int loops) {
        return new TestRun(Clock.system(), Settings.of(Map.of(Setting.LOOP_THREADS, Integer.toString(loops))));
    }

    /** What a session function must not do. */
    private static void block(long millis) {
        long until = System.nanoTime() + millis * MS;
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
    }
}
