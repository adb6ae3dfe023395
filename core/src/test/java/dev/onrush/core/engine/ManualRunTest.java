package dev.onrush.core.engine;

import static dev.onrush.core.engine.TestRun.closed;
import static dev.onrush.core.engine.TestRun.during;
import static dev.onrush.core.engine.TestRun.exec;
import static dev.onrush.core.engine.TestRun.forever;
import static dev.onrush.core.engine.TestRun.group;
import static dev.onrush.core.engine.TestRun.open;
import static dev.onrush.core.engine.TestRun.pace;
import static dev.onrush.core.engine.TestRun.pause;
import static dev.onrush.core.engine.TestRun.repeat;
import static dev.onrush.core.engine.TestRun.request;
import static dev.onrush.core.engine.TestRun.users;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.onrush.core.eventlog.DropReason;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.core.eventlog.UserEnd;
import dev.onrush.core.injection.ArrivalProcess;
import dev.onrush.core.injection.AtOnceUsers;
import dev.onrush.core.injection.ConstantConcurrent;
import dev.onrush.core.injection.ConstantRate;
import dev.onrush.core.injection.NothingFor;
import dev.onrush.core.injection.RampUsers;
import dev.onrush.core.scenario.RunRules;
import dev.onrush.core.session.Expression;

/** What the engine does, to the nanosecond. */
class ManualRunTest {
    private static final long MS = 1_000_000;
    private static final long S = 1_000_000_000;

    private final TestRun run = new TestRun();
    private final Recorded recorded = run.recorded;

    @Test
    void runsEachUserThroughItsStepsAndEnds() {
        RunOutcome outcome =
                run.run(users("browse", open(new AtOnceUsers(3)), request("home", ofMillis(20)), pause(ofSeconds(1))));

        assertThat(outcome.stopped()).isEmpty();
        assertThat(outcome.endNanos()).isEqualTo(S + 20 * MS);
        assertThat(recorded.starts).extracting(Recorded.Start::userId).containsExactly(1L, 2L, 3L);
        assertThat(recorded.requests).hasSize(3).allSatisfy(r -> {
            assertThat(r.intendedNanos()).isZero();
            assertThat(r.endNanos()).isEqualTo(20 * MS);
        });
        assertThat(recorded.ends)
                .hasSize(3)
                .allSatisfy(e -> assertThat(e).isEqualTo(new Recorded.End(e.userId(), S + 20 * MS, UserEnd.THROUGH)));
        assertThat(outcome.populations().get(0))
                .isEqualTo(new PopulationProgress("browse", 3, 3, 0, 0, 3, 0, 0, 0, 0, 0));
    }

    @Test
    void marksWhenTheLoadChanges() {
        run.run(
                users(
                        "browse",
                        open(
                                new ConstantRate(2, ofMillis(1500)),
                                new ConstantRate(4, ofSeconds(2)),
                                new NothingFor(ofSeconds(1)),
                                new ConstantRate(1, ofSeconds(1))),
                        exec(s -> s)),
                users(
                        "poll",
                        closed(new ConstantConcurrent(1, ofSeconds(3)), new ConstantConcurrent(2, ofSeconds(1))),
                        pause(ofSeconds(1))));

        assertThat(recorded.marks)
                .containsExactlyInAnyOrder(
                        "LOAD_CHANGE browse: 4 users/s",
                        "LOAD_CHANGE browse: nobody",
                        "LOAD_CHANGE browse: 1 users/s",
                        "LOAD_CHANGE poll: 2 users present");
        assertThat(recorded.markNanos).containsExactlyInAnyOrder(1500 * MS, 3500 * MS, 4500 * MS, 3 * S);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 1000, 10_000})
    void startsUsersAtExactGaps(int perSecond) {
        run.run(users(
                "browse",
                open(new ConstantRate(perSecond, ofSeconds(10_000 / perSecond), ArrivalProcess.EVEN)),
                exec(s -> s)));

        assertThat(recorded.starts)
                .hasSize(10_000)
                .allSatisfy(start -> assertThat(start.actualNanos()).isEqualTo(start.intendedNanos()));
        assertThat(recorded.starts)
                .extracting(Recorded.Start::intendedNanos)
                .containsExactlyElementsOf(IntStream.range(0, 10_000)
                        .mapToObj(k -> k * (S / perSecond))
                        .toList());
    }

    @Test
    void dropsUsersAboveTheCapAndStartsThemNever() {
        RunOutcome outcome =
                run.run(users("browse", open(new RampUsers(100, ofSeconds(10))), request("parked", ofMinutes(1)))
                        .maxUsers(5));

        PopulationProgress browse = outcome.populations().get(0);
        assertThat(browse.started()).isEqualTo(5);
        assertThat(browse.droppedAtCap()).isEqualTo(95);
        assertThat(browse.notYetDue()).isZero();
        assertThat(recorded.drops).hasSize(95).allMatch(d -> d.reason() == DropReason.USER_CAP && d.count() == 1);
    }

    @Test
    void replacesAUserOfAClosedProfileAtTheMomentItEnds() {
        RunOutcome outcome = run.run(
                users("browse", closed(new ConstantConcurrent(2, ofSeconds(10))), request("home", ofSeconds(3))));

        assertThat(recorded.starts)
                .extracting(Recorded.Start::intendedNanos)
                .containsExactly(0L, 0L, 3 * S, 3 * S, 6 * S, 6 * S, 9 * S, 9 * S);
        assertThat(outcome.endNanos()).isEqualTo(12 * S);
    }

    @Test
    void paceDoesNotDriftAndKeepsLatenessApart() {
        List<Long> lengths = List.of(200 * MS, 2500 * MS, 100 * MS, 100 * MS, 100 * MS);
        run.run(users("browse", open(new AtOnceUsers(1)), repeat(5, pace(ofSeconds(1)), varying("home", lengths))));

        assertThat(recorded.requests)
                .extracting(Recorded.Request::intendedNanos)
                .containsExactly(0L, S, 2 * S, 3 * S, 4 * S);
        assertThat(recorded.requests)
                .extracting(Recorded.Request::overrunNanos)
                .containsExactly(0L, 0L, 1500 * MS, 600 * MS, 0L);
        assertThat(recorded.requests)
                .extracting(Recorded.Request::actualNanos)
                .containsExactly(0L, S, 3500 * MS, 3600 * MS, 4 * S);
    }

    /** M10, exactly. */
    @Test
    void paceIsStillOnTheSecondAfterSixtyTurns() {
        run.run(users(
                "browse",
                open(new AtOnceUsers(1)),
                repeat(60, pace(ofSeconds(1)), request("home", ofMillis(333), RequestSample.OK))));

        assertThat(recorded.requests)
                .extracting(Recorded.Request::actualNanos)
                .containsExactlyElementsOf(
                        IntStream.range(0, 60).mapToObj(turn -> turn * S).toList());
    }

    @Test
    void recordsAGroupWithDurationAndTheTimeOfItsRequests() {
        run.run(users(
                "browse",
                open(new AtOnceUsers(1)),
                pause(ofSeconds(1)),
                group(
                        "basket",
                        request("add", ofMillis(100)),
                        pause(ofSeconds(2)),
                        group("pay", request("card", ofMillis(50), RequestSample.KO)))));

        assertThat(recorded.groups)
                .containsExactly(
                        new Recorded.Group(List.of("basket", "pay"), 3100 * MS, 3150 * MS, 50 * MS, false, false),
                        new Recorded.Group(List.of("basket"), S, 3150 * MS, 150 * MS, false, false));
    }

    @Test
    void leavesADuringAsSoonAsItsTimeIsOverAndClosesItsGroups() {
        run.run(users(
                "browse",
                open(new AtOnceUsers(1)),
                during(ofSeconds(3), group("lap", request("one", ofSeconds(2)), request("two", ofSeconds(2)))),
                request("after", ofMillis(1))));

        assertThat(recorded.requests).extracting(Recorded.Request::name).containsExactly("one", "two", "after");
        assertThat(recorded.groups).extracting(Recorded.Group::endNanos).containsExactly(4 * S);
    }

    @Test
    void leavesADuringBetweenTheStepsOfItsBody() {
        run.run(users(
                "browse",
                open(new AtOnceUsers(1)),
                during(ofSeconds(3), group("lap", request("one", ofSeconds(3)), request("two", ofSeconds(2)))),
                request("after", ofMillis(1))));

        assertThat(recorded.requests).extracting(Recorded.Request::name).containsExactly("one", "after");
        assertThat(recorded.groups).containsExactly(new Recorded.Group(List.of("lap"), 0, 3 * S, 3 * S, true, false));
    }

    @Test
    void countsTurnsAndRemovesTheCounterAfterTheLoop() {
        List<Object> seen = new ArrayList<>();
        run.run(users(
                "browse",
                open(new AtOnceUsers(1)),
                repeat(3, exec(s -> {
                    seen.add(s.get("turn"));
                    return s;
                })),
                exec(s -> {
                    seen.add(s.contains("turn"));
                    return s;
                })));

        assertThat(seen).containsExactly(0, 1, 2, false);
    }

    @Test
    void stopsAtTheLongestDurationAndCutsUsersOff() {
        RunOutcome outcome = run.rules(RunRules.standard().maxDuration(ofSeconds(5)))
                .run(users(
                        "browse",
                        open(new ConstantRate(1, ofMinutes(1), ArrivalProcess.EVEN)),
                        forever(pause(ofMillis(700)))));

        assertThat(outcome.stop()).isEqualTo(new RunStop("The longest duration allowed is over: 5 s.", false));
        PopulationProgress browse = outcome.populations().get(0);
        assertThat(browse).isEqualTo(new PopulationProgress("browse", 60, 5, 0, 0, 0, 5, 0, 0, 55, 0));
        assertThat(recorded.ends).hasSize(5).allMatch(e -> e.reason() == UserEnd.STOPPED && e.atNanos() == 5 * S);
    }

    @Test
    void goesOnAfterAStepThatFailed() {
        Expression<Boolean> noBoolean = s -> {
            throw new IllegalStateException("no luck");
        };
        RunOutcome outcome = run.run(users(
                "browse",
                open(new AtOnceUsers(2)),
                exec(s -> {
                    throw new java.io.IOException("gone");
                }),
                TestRun.doIf(noBoolean, request("never", ofMillis(1))),
                request("after", ofMillis(1))));

        assertThat(recorded.requests).extracting(Recorded.Request::name).containsExactly("after", "after");
        assertThat(outcome.stepFailures())
                .extracting(StepFailure::place, StepFailure::count, StepFailure::message)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(
                                "scenario \"browse\" > step 1 (exec), Shop.java:41", 2L, "java.io.IOException: gone"),
                        org.assertj.core.groups.Tuple.tuple(
                                "scenario \"browse\" > step 2 (doIf), Shop.java:41",
                                2L,
                                "IllegalStateException: no luck"));
    }

    /** Requests of these lengths, one after the other. */
    private static dev.onrush.core.scenario.Step varying(String name, List<Long> nanos) {
        return new dev.onrush.core.scenario.Step() {
            @Override
            public Action compile(dev.onrush.core.scenario.Compilation compilation, Action next) {
                List<Action> each = nanos.stream()
                        .map(n -> new TimedRequest(name, n, RequestSample.OK).compile(compilation, next))
                        .toList();
                return new Action(compilation.place()) {
                    @Override
                    public Action execute(VirtualUser user) {
                        return each.get((Integer) user.session().get("turn"));
                    }

                    @Override
                    public Action next() {
                        return next;
                    }
                };
            }

            @Override
            public String word() {
                return "varying";
            }

            @Override
            public dev.onrush.core.CallSite site() {
                return TestRun.HERE;
            }
        };
    }
}
