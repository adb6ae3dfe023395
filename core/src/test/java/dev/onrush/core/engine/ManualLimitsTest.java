package dev.onrush.core.engine;

import static dev.onrush.core.engine.TestRun.HERE;
import static dev.onrush.core.engine.TestRun.closed;
import static dev.onrush.core.engine.TestRun.exec;
import static dev.onrush.core.engine.TestRun.forever;
import static dev.onrush.core.engine.TestRun.group;
import static dev.onrush.core.engine.TestRun.open;
import static dev.onrush.core.engine.TestRun.pause;
import static dev.onrush.core.engine.TestRun.repeat;
import static dev.onrush.core.engine.TestRun.request;
import static dev.onrush.core.engine.TestRun.users;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import dev.onrush.core.eventlog.DropReason;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.core.eventlog.UserEnd;
import dev.onrush.core.injection.AtOnceUsers;
import dev.onrush.core.injection.ConstantConcurrent;
import dev.onrush.core.injection.ConstantRate;
import dev.onrush.core.injection.NothingFor;
import dev.onrush.core.injection.RampConcurrent;
import dev.onrush.core.protocol.Deadlines.Deadline;
import dev.onrush.core.scenario.RunRules;
import dev.onrush.core.scenario.Step;
import dev.onrush.core.setting.Setting;
import dev.onrush.core.setting.Settings;
import dev.onrush.core.time.ManualClock;

/** How a run ends, what it counts, and what it marks. */
class ManualLimitsTest {
    private static final long MS = 1_000_000;
    private static final long S = 1_000_000_000;
    private final TestRun run = new TestRun();
    private final Recorded recorded = run.recorded;

    @Test
    void marksWhatStartsInTheWarmUp() {
        run.rules(RunRules.standard().warmUp(ofSeconds(2)))
                .run(users(
                        "browse",
                        open(new ConstantRate(1, ofSeconds(4))),
                        group("all", request("home", ofMillis(1500)))));

        assertThat(recorded.requests).extracting(Recorded.Request::warmUp).containsExactly(true, true, false, false);
        assertThat(recorded.groups).extracting(Recorded.Group::warmUp).containsExactly(true, true, false, false);
        assertThat(recorded.marks).containsExactly("WARM_UP_END warm-up ends");
    }

    @Test
    void letsUsersGoOnForTheGraceAndThenCutsThemOff() {
        TestRun graceful = new TestRun(new ManualClock(), Settings.of(Map.of(Setting.GRACE, "3s")));
        RunOutcome outcome = graceful.run(
                users("short", open(new ConstantRate(1, ofSeconds(100))), request("home", ofMillis(2500))),
                users("long", open(new AtOnceUsers(1)), request("long", ofSeconds(60))),
                users("who stops", open(new AtOnceUsers(1)), pause(ofMillis(4500)), exec(s -> {
                    graceful.engine.stop();
                    return s;
                })));

        assertThat(outcome.stop()).isEqualTo(new RunStop("Interrupted.", true));
        assertThat(outcome.populations().get(0))
                .isEqualTo(new PopulationProgress("short", 100, 5, 0, 0, 5, 0, 0, 0, 95, 0));
        assertThat(outcome.populations().get(1).unfinished()).isEqualTo(1);
        assertThat(outcome.endNanos()).isEqualTo(7500 * MS);
    }

    @Test
    void stopsAtOnceIfAUserAsksForIt() {
        RunOutcome outcome = run.run(
                users("busy", open(new ConstantRate(10, ofSeconds(100))), forever(pause(ofMillis(300)))),
                users("who stops", open(new NothingFor(ofSeconds(1)), new AtOnceUsers(1)), stopping("enough")));

        assertThat(outcome.stop()).isEqualTo(new RunStop("enough", false));
        assertThat(outcome.crashed()).isFalse();
        assertThat(outcome.populations().get(0).started()).isBetween(10L, 11L);
        assertThat(recorded.ends).allMatch(e -> e.reason() == UserEnd.STOPPED && e.atNanos() == S);
    }

    @Test
    void stopsWhenTooManyRequestsFail() {
        RunOutcome outcome = run.rules(RunRules.standard().stopIfFailedAbove(20, ofSeconds(3)))
                .run(users("shop", open(new ConstantRate(10, ofSeconds(100))), new Sometimes(new AtomicInteger(), 5)));

        assertThat(outcome.stop())
                .isEqualTo(new RunStop(
                        "More than 20.0 % of the requests of the last PT3S failed (stopIfFailedAbove).", true));
        assertThat(outcome.endNanos()).isBetween(5 * S, 8 * S);
    }

    @Test
    void neverHasMoreUsersThanAClosedProfileWants() {
        RunOutcome outcome = run.run(users(
                "browse",
                closed(
                        new RampConcurrent(0, 10, ofSeconds(10)),
                        new ConstantConcurrent(10, ofSeconds(5)),
                        new RampConcurrent(10, 2, ofSeconds(8))),
                request("home", ofMillis(900))));

        List<long[]> changes = new ArrayList<>();
        recorded.starts.forEach(start -> changes.add(new long[] {start.actualNanos(), 1}));
        recorded.ends.forEach(end -> changes.add(new long[] {end.atNanos(), -1}));
        changes.sort((a, b) -> a[0] != b[0] ? Long.compare(a[0], b[0]) : Long.compare(a[1], b[1]));
        long present = 0;
        long most = 0;
        for (long[] change : changes) {
            present += change[1];
            most = Math.max(most, present);
        }
        assertThat(most).isEqualTo(10);
        assertThat(present).isZero();
        PopulationProgress browse = outcome.populations().get(0);
        assertThat(browse.scheduled()).isEqualTo(browse.started()).isEqualTo(browse.finished());
        assertThat(recorded.starts)
                .allSatisfy(start -> assertThat(start.actualNanos()).isEqualTo(start.intendedNanos()));
    }

    @Test
    void anHourOfLoadTakesAsLongAsItsWork() {
        RunOutcome outcome =
                run.run(users("day", open(new ConstantRate(1, ofHours(1))), repeat(3, pause(ofSeconds(20)))));

        assertThat(outcome.populations().get(0).finished()).isEqualTo(3600);
        assertThat(outcome.endNanos()).isEqualTo(3659 * S);
        assertThat(recorded.healthSamples.get()).isEqualTo(3659);
    }

    @Test
    void runsAChainOfTenThousandSteps() {
        AtomicInteger count = new AtomicInteger();
        Step[] steps = new Step[10_000];
        java.util.Arrays.fill(steps, exec(s -> {
            count.incrementAndGet();
            return s;
        }));

        run.run(users("long", open(new AtOnceUsers(1)), steps));

        assertThat(count).hasValue(10_000);
    }

    @Test
    void endsWhenNobodyStarts() {
        RunOutcome outcome = run.run(users("nobody", open(new AtOnceUsers(0)), exec(s -> s)));

        assertThat(outcome.populations().get(0).scheduled()).isZero();
        assertThat(outcome.stopped()).isEmpty();
    }

    @Test
    void endsWhenUsersWaitForWhatCannotCome() {
        RunOutcome outcome = run.run(users("lost", open(new AtOnceUsers(1)), new Waiting(HERE)));

        assertThat(outcome.stop())
                .isEqualTo(new RunStop(
                        "Users wait for something that cannot come on a manual clock: no timer is set.", true));
        assertThat(recorded.ends).extracting(Recorded.End::reason).containsExactly(UserEnd.STOPPED);
    }

    @Test
    void runsOnce() {
        RunPlan plan = run.plan(users("nobody", open(new AtOnceUsers(0)), exec(s -> s)));
        run.engine.run(plan);

        assertThatThrownBy(() -> run.engine.run(plan)).hasMessage("an engine runs once");
    }

    @Test
    void runsOutOfMemoryAsACrash() {
        RunOutcome outcome = run.run(users("greedy", open(new ConstantRate(1, ofSeconds(10))), exec(s -> {
            throw new OutOfMemoryError("no more");
        })));

        assertThat(outcome.stop())
                .isEqualTo(new RunStop(
                        "The generator ran out of memory. Give it a larger heap (-Xmx), or keep less in sessions.",
                        true));
        assertThat(outcome.populations().get(0).started()).isEqualTo(1);
    }

    @Test
    void aDeadlineComesOnceAtItsInstantAndMovesEitherWay() {
        List<String> expired = new ArrayList<>();
        Deadline[] nodes = new Deadline[3];
        for (int i = 0; i < nodes.length; i++) {
            int number = i;
            nodes[i] = run.engine
                    .environment()
                    .deadlines()
                    .create(() -> expired.add(
                            number + " at " + run.engine.environment().clock().now() / MS));
        }
        run.run(users(
                "slow",
                open(new AtOnceUsers(1)),
                exec(s -> {
                    nodes[0].set(200 * MS);
                    nodes[1].set(5000 * MS);
                    nodes[2].set(100 * MS);
                    return s;
                }),
                pause(ofMillis(50)),
                exec(s -> {
                    nodes[1].set(300 * MS);
                    nodes[2].set(Deadline.NONE);
                    return s;
                }),
                pause(ofMillis(100)),
                exec(s -> {
                    nodes[0].set(700 * MS);
                    return s;
                }),
                pause(ofMillis(850)),
                exec(s -> {
                    nodes[0].set(1200 * MS);
                    return s;
                }),
                pause(ofMillis(500))));

        assertThat(expired).containsExactly("1 at 300", "0 at 700", "0 at 1200");
    }

    @Test
    void dropsUsersThatWereDueBeforeTheStopAndHadNotStarted() {
        // One loop, held over the stop by a user whose function moves the clock on: the next user is due meanwhile.
        ManualClock clock = new ManualClock();
        TestRun held = new TestRun(clock, Settings.defaults());
        RunOutcome outcome = held.rules(RunRules.standard().maxDuration(ofSeconds(2)))
                .run(users("held", open(new ConstantRate(2, ofSeconds(10))), exec(s -> {
                    if (held.engine.environment().clock().now() == S) {
                        clock.advance(ofMillis(1400));
                    }
                    return s;
                })));

        PopulationProgress progress = outcome.populations().get(0);
        assertThat(progress.scheduled()).isEqualTo(20);
        assertThat(progress.started() + progress.droppedAtCap() + progress.droppedByStop() + progress.notYetDue())
                .isEqualTo(20);
        assertThat(held.recorded.drops.stream()
                        .filter(d -> d.reason() == DropReason.STOPPED)
                        .mapToLong(Recorded.Drop::count)
                        .sum())
                .isEqualTo(progress.droppedByStop());
    }

    private static Step stopping(String reason) {
        return new Waiting(HERE) {
            @Override
            protected void act(VirtualUser user) {
                user.stopRun(new RunStop(reason, false));
            }
        };
    }

    /** A step that waits for ever, or does what a test wants instead. */
    private static class Waiting implements Step {
        private final dev.onrush.core.CallSite site;

        Waiting(dev.onrush.core.CallSite site) {
            this.site = site;
        }

        protected void act(VirtualUser user) {}

        @Override
        public Action compile(dev.onrush.core.scenario.Compilation compilation, Action next) {
            return new Action(compilation.place()) {
                @Override
                public Action execute(VirtualUser user) {
                    act(user);
                    return null;
                }

                @Override
                public Action next() {
                    return next;
                }
            };
        }

        @Override
        public String word() {
            return "wait";
        }

        @Override
        public dev.onrush.core.CallSite site() {
            return site;
        }
    }

    /** A request that is KO for all users from the fortieth on, but every {@code nth}. */
    private record Sometimes(AtomicInteger users, int nth) implements Step {
        @Override
        public Action compile(dev.onrush.core.scenario.Compilation compilation, Action next) {
            Action ok = new TimedRequest("home", MS, RequestSample.OK).compile(compilation, next);
            Action ko = new TimedRequest("home", MS, RequestSample.KO).compile(compilation, next);
            return new Action(compilation.place()) {
                @Override
                public Action execute(VirtualUser user) {
                    int number = users.incrementAndGet();
                    return number < 40 || number % nth == 0 ? ok : ko;
                }

                @Override
                public Action next() {
                    return next;
                }
            };
        }

        @Override
        public String word() {
            return "sometimes";
        }

        @Override
        public dev.onrush.core.CallSite site() {
            return HERE;
        }
    }
}
