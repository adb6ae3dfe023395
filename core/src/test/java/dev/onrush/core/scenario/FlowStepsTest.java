package dev.onrush.core.scenario;

import static dev.onrush.core.engine.TestRun.HERE;
import static dev.onrush.core.engine.TestRun.closed;
import static dev.onrush.core.engine.TestRun.during;
import static dev.onrush.core.engine.TestRun.exec;
import static dev.onrush.core.engine.TestRun.group;
import static dev.onrush.core.engine.TestRun.open;
import static dev.onrush.core.engine.TestRun.pace;
import static dev.onrush.core.engine.TestRun.pause;
import static dev.onrush.core.engine.TestRun.repeat;
import static dev.onrush.core.engine.TestRun.request;
import static dev.onrush.core.engine.TestRun.users;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.onrush.core.CallSite;
import dev.onrush.core.DefinitionException;
import dev.onrush.core.engine.Action;
import dev.onrush.core.engine.Message;
import dev.onrush.core.engine.Recorded;
import dev.onrush.core.engine.RunOutcome;
import dev.onrush.core.engine.RunPlan;
import dev.onrush.core.engine.RunStop;
import dev.onrush.core.engine.TestRun;
import dev.onrush.core.engine.VirtualUser;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.core.eventlog.UserEnd;
import dev.onrush.core.injection.AtOnceUsers;
import dev.onrush.core.injection.ConstantConcurrent;
import dev.onrush.core.injection.ConstantRate;
import dev.onrush.core.injection.NothingFor;
import dev.onrush.core.session.Expression;
import dev.onrush.core.session.UserSession;

/** Blocks that are left before their end, and words that hold, end or replace users; to the nanosecond. */
class FlowStepsTest {
    private static final long MS = 1_000_000;
    private static final long S = 1_000_000_000;

    private final TestRun run = new TestRun();
    private final List<String> seen = new ArrayList<>();

    private static Step ko(String name) {
        return request(name, ofMillis(10), RequestSample.KO);
    }

    private static Step ok(String name) {
        return request(name, ofMillis(10));
    }

    /** KO so often, then ok. */
    private static Step failing(String name, int times) {
        int[] tries = {0};
        return new ConditionStep("doIf", s -> tries[0]++ < times, List.of(ko(name)), List.of(ok(name)), HERE);
    }

    private static Step attempts(int most, Step... steps) {
        return new TryStep("tryMax", Expression.constant(most), "attempt", List.of(steps), HERE);
    }

    private static Step loop(LoopTest test, boolean exitAsap, boolean atLeastOnce, Step... steps) {
        return new LoopStep("loop", test, "turn", exitAsap, atLeastOnce, List.of(steps), HERE);
    }

    private Step note(Function<UserSession, Object> what) {
        return exec(s -> {
            seen.add(String.valueOf(what.apply(s)));
            return s;
        });
    }

    private RunOutcome one(Step... steps) {
        return run.run(users("shop", open(new AtOnceUsers(1)), steps));
    }

    private List<String> requests() {
        return run.recorded.requests.stream()
                .map(r -> r.name() + (r.outcome() == RequestSample.KO ? " KO" : ""))
                .toList();
    }

    private List<String> groups() {
        return run.recorded.groups.stream()
                .map(g -> String.join(" > ", g.path()) + (g.ok() ? "" : " KO"))
                .toList();
    }

    // ---- attempts

    @Test
    void anAttemptEndsAtItsFirstFailureAndTheNextBeginsWithACleanStatus() {
        one(
                attempts(
                        3,
                        note(s -> s.get("attempt") + " " + s.isFailed()),
                        group("pay", failing("card", 2), ok("receipt")),
                        ok("thanks")),
                note(s -> s.isFailed() + " " + s.attributes()));

        assertThat(requests()).containsExactly("card KO", "card KO", "card", "receipt", "thanks");
        assertThat(groups()).containsExactly("pay KO", "pay KO", "pay");
        assertThat(seen).containsExactly("0 false", "1 false", "2 false", "false {}");
    }

    @Test
    void afterTheLastAttemptTheFailureStaysAndTheUserGoesOnBehindTheBlock() {
        one(attempts(2, ko("card"), ok("receipt")), note(s -> s.isFailed() + " " + s.attributes()), ok("next"));

        assertThat(requests()).containsExactly("card KO", "card KO", "next");
        assertThat(seen).containsExactly("true {}");
    }

    @Test
    void aFailureOfTheLastStepInsideIsAFailureInside() {
        one(attempts(2, ok("a"), failing("b", 1)), note(UserSession::isFailed));

        assertThat(requests()).containsExactly("a", "b KO", "a", "b");
        assertThat(seen).containsExactly("false");
    }

    @Test
    void stepsThatFailAndSessionsMarkedSoAreFailuresToo() {
        int[] calls = {0};
        one(
                attempts(
                        3,
                        exec(s -> {
                            if (calls[0]++ == 0) {
                                throw new IllegalStateException("mine");
                            }
                            return s.failed(calls[0] == 2);
                        }),
                        ok("behind")),
                note(UserSession::isFailed));

        assertThat(calls[0]).isEqualTo(3);
        assertThat(requests()).containsExactly("behind");
        assertThat(seen).containsExactly("false");
    }

    @Test
    void whatFailedBeforeTheBlockNeitherTriggersItNorIsForgotten() {
        one(ko("before"), attempts(3, failing("card", 1), ok("receipt")), note(UserSession::isFailed));

        assertThat(requests()).containsExactly("before KO", "card KO", "card", "receipt");
        assertThat(seen).containsExactly("true");
    }

    @Test
    void theInnermostBlockTakesAFailureAndThoseAroundItOnlyWhatItDoesNotMend() {
        one(attempts(2, attempts(2, failing("inner", 1), ok("a")), attempts(2, ko("outer")), ok("never")), ok("b"));

        assertThat(requests())
                .containsExactly(
                        "inner KO", "inner", "a", "outer KO", "outer KO", "inner", "a", "outer KO", "outer KO", "b");
    }

    @Test
    void aFailureInAnInnerLoopOrAFailedLoopConditionEndsTheAttempt() {
        one(
                attempts(1, repeat(3, ko("turn"), ok("never"))),
                attempts(
                        1,
                        loop(
                                new LoopTest.While(s -> {
                                    throw new IllegalStateException("mine");
                                }),
                                false,
                                false,
                                ok("never")),
                        ok("never")),
                note(s -> s.attributes()));

        assertThat(requests()).containsExactly("turn KO");
        assertThat(seen).containsExactly("{}");
    }

    @Test
    void aLoopAroundThatIsOverIsLeftRatherThanTriedAgain() {
        one(during(ofMillis(15), attempts(9, group("g", ko("a"), ok("never")), ok("never"))), ok("behind"));

        assertThat(requests()).containsExactly("a KO", "a KO", "behind");
        assertThat(groups()).containsExactly("g KO", "g KO");
    }

    @Test
    void aNumberOfAttemptsBelowOneFailsTheStepAndSkipsTheBlock() {
        RunOutcome outcome = one(attempts(0, ok("never")), note(UserSession::isFailed));

        assertThat(outcome.stepFailures())
                .extracting(f -> f.message())
                .containsExactly("the number of attempts must be 1 or more, was 0.");
        assertThat(seen).containsExactly("true");
        assertThat(requests()).isEmpty();
    }

    @Test
    void aMillionAttemptsGrowNothing() {
        one(attempts(1_000_000, exec(s -> s.failed(true)), ok("never")), note(UserSession::isFailed));

        assertThat(seen).containsExactly("true");
    }

    // ---- loops

    @Test
    void aLoopThatIsTakenAtLeastOnceIsNotLeftInItsFirstTurn() {
        LoopTest never = new LoopTest.Both(
                new LoopTest.While(Expression.constant(false)), new LoopTest.For(Expression.constant(S)));
        one(loop(never, true, true, ok("a"), ok("b")), ok("c"));

        assertThat(requests()).containsExactly("a", "b", "c");
    }

    @Test
    void aLoopIsLeftBeforeTheStepAtWhichItsConditionNoLongerHolds() {
        LoopTest both = new LoopTest.Both(
                new LoopTest.While(s -> !s.contains("enough")), new LoopTest.For(Expression.constant(25 * MS)));
        one(
                loop(both, true, false, group("g", ok("a"), exec(s -> s.set("enough", true)), ok("never"))),
                exec(s -> s.remove("enough")),
                loop(both, true, false, group("g", ok("x"), ok("y"), ok("z"), ok("never"))),
                note(s -> s.attributes()));

        assertThat(requests()).containsExactly("a", "x", "y", "z");
        assertThat(groups()).containsExactly("g", "g");
        assertThat(seen).containsExactly("{}");
    }

    @Test
    void theTestOfALoopSeesTheNumberOfTheTurnItIsAskedFor() {
        LoopTest twice = new LoopTest.While(s -> (int) s.get("turn") < 2);
        one(loop(twice, true, false, ok("a")), loop(twice, false, true, ok("b")), note(UserSession::isFailed));

        assertThat(requests()).containsExactly("a", "a", "b", "b");
        assertThat(seen).containsExactly("false");
    }

    // ---- switches

    @Test
    void switchesByKeysThatAreEqualAsTheyAre() {
        SwitchStep tier = new SwitchStep(
                "doSwitchOrElse",
                dev.onrush.core.session.ExpressionCompiler.value("#{tier}"),
                List.of(
                        new SwitchStep.Branch("1", List.of(ok("text"))),
                        new SwitchStep.Branch(1, List.of(ok("number"))),
                        new SwitchStep.Branch(2L, List.of(ok("long")))),
                List.of(ok("else")),
                HERE);
        List<Step> steps = new ArrayList<>();
        for (Object value : new Object[] {"1", 1, 2, 2L, "gold"}) {
            steps.add(exec(s -> s.set("tier", value)));
            steps.add(tier);
        }
        one(steps.toArray(Step[]::new));

        assertThat(requests()).containsExactly("text", "number", "else", "long", "else");
    }

    @Test
    void refusesTwoCasesWithOneKey() {
        SwitchStep twice = new SwitchStep(
                "doSwitch",
                Expression.constant("x"),
                List.of(
                        new SwitchStep.Branch("gold", List.of(ok("a"))),
                        new SwitchStep.Branch("gold", List.of(ok("b"))),
                        new SwitchStep.Branch("#{x}", List.of(ok("c")))),
                List.of(),
                HERE);

        assertThatThrownBy(() -> one(twice))
                .isInstanceOfSatisfying(
                        DefinitionException.class,
                        e -> assertThat(e.problems())
                                .extracting(p -> p.toString())
                                .containsExactlyInAnyOrder(
                                        "scenario \"shop\" > step 1 (doSwitch), Shop.java:41: two cases have the key gold."
                                                + " Give each case a key of its own.",
                                        "scenario \"shop\" > step 1 (doSwitch), Shop.java:41: \"#{x}\" is a fixed name:"
                                                + " #{ has no effect in it. Remove the expression."));
    }

    @Test
    void takesBranchesInTurnOverAllUsers() {
        run.run(users(
                "shop",
                open(new ConstantRate(10, ofSeconds(1))),
                new EvenSwitchStep(
                        "roundRobinSwitch",
                        true,
                        List.of(List.of(ok("a")), List.of(ok("b")), List.of(ok("c"))),
                        HERE)));

        assertThat(requests()).containsExactly("a", "b", "c", "a", "b", "c", "a", "b", "c", "a");
    }

    @Test
    void takesBranchesEquallyOften() {
        run.run(users(
                "shop",
                open(new AtOnceUsers(9000)),
                new EvenSwitchStep(
                        "uniformRandomSwitch",
                        false,
                        List.of(List.of(ok("a")), List.of(ok("b")), List.of(ok("c"))),
                        HERE)));

        Map<String, Long> counts =
                requests().stream().collect(Collectors.groupingBy(name -> name, Collectors.counting()));
        assertThat(counts)
                .containsOnlyKeys("a", "b", "c")
                .allSatisfy((name, count) -> assertThat(count).isBetween(2800L, 3200L));
    }

    // ---- leaving

    @Test
    void aUserThatLeavesRecordsItsGroupsAndIsThrough() {
        one(
                group(
                        "outer",
                        group(
                                "inner",
                                ok("a"),
                                new ExitStep("exitHereIf", s -> false, HERE),
                                new ExitStep("exitHere", Expression.constant(true), HERE),
                                ok("never"))),
                ok("never"));

        assertThat(requests()).containsExactly("a");
        assertThat(groups()).containsExactly("outer > inner", "outer");
        assertThat(run.recorded.ends).extracting(Recorded.End::reason).containsExactly(UserEnd.THROUGH);
    }

    @Test
    void aStopEndsAllAndSaysWhy() {
        Step stop = new StopStep(
                "stopLoadGeneratorIf",
                s -> "out of stock after user " + s.identity().userId(),
                s -> s.identity().userId() == 3,
                false,
                HERE);
        RunOutcome outcome = run.run(users(
                "shop", open(new ConstantRate(1, ofSeconds(9))), group("g", stop), request("long", ofSeconds(30))));

        assertThat(outcome.stop())
                .isEqualTo(new RunStop(
                        "scenario \"shop\" > group \"g\" > step 1 (stopLoadGeneratorIf), Shop.java:41: out of stock after user 3",
                        false));
        assertThat(outcome.endNanos()).isEqualTo(2 * S);
        assertThat(outcome.populations().get(0).started()).isEqualTo(3);
        assertThat(groups()).hasSize(3);
    }

    @Test
    void aCrashIsOne() {
        RunOutcome outcome = one(new StopStep(
                "crashLoadGenerator", Expression.constant("wrong build"), Expression.constant(true), true, HERE));

        assertThat(outcome.crashed()).isTrue();
    }

    // ---- functions that block

    @Test
    void aUserGoesOnFromTheEndOfAFunctionThatBlocks() {
        BlockingStep set = new BlockingStep(s -> s.set("row", 7), HERE);
        BlockingStep broken = new BlockingStep(
                s -> {
                    throw new java.io.IOException("no database");
                },
                HERE);
        RunOutcome outcome =
                one(pause(ofSeconds(1)), set, ok("a"), broken, ok("b"), note(s -> s.get("row") + " " + s.isFailed()));

        assertThat(run.recorded.requests)
                .extracting(Recorded.Request::intendedNanos)
                .containsExactly(S, S + 10 * MS);
        assertThat(seen).containsExactly("7 true");
        assertThat(outcome.stepFailures())
                .extracting(f -> f.place(), f -> f.message())
                .containsExactly(tuple(
                        "scenario \"shop\" > step 4 (execBlocking), Shop.java:41", "java.io.IOException: no database"));
    }

    // ---- requests without traffic

    @Test
    void aRequestWithoutTrafficTakesItsTimeEndsAsToldAndThenChangesTheSession() {
        DummyStep good = new DummyStep(
                Expression.constant("good"),
                Expression.constant(150),
                Expression.constant(true),
                s -> s.set("done", s.isFailed()),
                HERE);
        DummyStep bad = new DummyStep(s -> "bad " + s.get("done"), s -> 50, s -> false, null, HERE);
        one(pause(ofMillis(20)), good, bad, note(s -> s.get("done") + " " + s.isFailed()));

        assertThat(run.recorded.requests)
                .extracting(
                        Recorded.Request::name,
                        Recorded.Request::outcome,
                        Recorded.Request::intendedNanos,
                        Recorded.Request::actualNanos,
                        Recorded.Request::endNanos)
                .containsExactly(
                        tuple("good", RequestSample.OK, 20 * MS, 20 * MS, 170 * MS),
                        tuple("bad false", RequestSample.KO, 170 * MS, 170 * MS, 220 * MS));
        assertThat(seen).containsExactly("false true");
    }

    @Test
    void aRequestWithoutTrafficThatCannotBeMadeIsAFailureWithoutADuration() {
        one(
                new DummyStep(Expression.constant("x"), s -> -1, Expression.constant(true), null, HERE),
                new DummyStep(
                        dev.onrush.core.session.ExpressionCompiler.text("#{missing}"),
                        Expression.constant(1),
                        Expression.constant(true),
                        null,
                        HERE),
                exec(s -> s));

        assertThat(run.recorded.requests)
                .extracting(Recorded.Request::name, Recorded.Request::outcome, Recorded.Request::actualNanos)
                .containsExactly(
                        tuple("x", RequestSample.KO, RequestSample.NONE),
                        tuple("#{missing}", RequestSample.KO, RequestSample.NONE));
    }

    @Test
    void aRequestWithoutTrafficThatTheStopCutsOffIsUnfinished() {
        run.rules(RunRules.standard().maxDuration(ofSeconds(1)))
                .run(users(
                        "shop",
                        open(new AtOnceUsers(1)),
                        new DummyStep(
                                Expression.constant("x"),
                                Expression.constant(5000),
                                Expression.constant(true),
                                null,
                                HERE)));

        assertThat(run.recorded.requests)
                .extracting(Recorded.Request::outcome, Recorded.Request::endNanos)
                .containsExactly(tuple(RequestSample.UNFINISHED, S));
    }

    // ---- rendez-vous

    private static Step meet(int users, long timeoutNanos) {
        return new RendezVousStep(users, timeoutNanos, HERE);
    }

    @Test
    void holdsTheFirstUsersLetsThemGoTogetherAndIsOpenFromThenOn() {
        run.run(users(
                "shop", open(new ConstantRate(1, ofSeconds(5))), pace(ofMillis(1)), meet(3, Long.MAX_VALUE), ok("a")));

        assertThat(run.recorded.requests)
                .extracting(Recorded.Request::intendedNanos)
                .containsExactly(2 * S, 2 * S, 2 * S, 3 * S, 4 * S);
    }

    @Test
    void letsThoseWhoWaitGoWhenTheFirstHasWaitedLongEnough() {
        RunOutcome outcome = run.run(users(
                "shop",
                open(new NothingFor(ofSeconds(1)), new ConstantRate(1, ofSeconds(5))),
                meet(5, 2500 * MS),
                ok("a")));

        assertThat(run.recorded.requests)
                .extracting(Recorded.Request::intendedNanos)
                .containsExactly(3500 * MS, 3500 * MS, 3500 * MS, 4 * S, 5 * S);
        assertThat(outcome.warnings())
                .containsExactly(
                        "scenario \"shop\" > step 1 (rendezVous), Shop.java:41: 3 of 5 users had come when the first had"
                                + " waited PT2.5S. They were let go; whoever comes later does not wait.");
    }

    @Test
    void aRendezVousThatFillsInTimeIsNotWarnedOf() {
        RunOutcome outcome =
                run.run(users("shop", open(new ConstantRate(1, ofSeconds(3))), meet(2, 5 * S), pause(ofSeconds(20))));

        assertThat(outcome.warnings()).isEmpty();
    }

    private static Step ifUser(long userId, Step... steps) {
        return new ConditionStep(
                "doIf", session -> session.identity().userId() == userId, List.of(steps), List.of(), HERE);
    }

    @Test
    void whoWaitsForUsersThatHaveAllEndedIsLetGo() {
        RunOutcome outcome = run.run(users(
                "shop",
                open(new AtOnceUsers(3)),
                new ConditionStep(
                        "doIf",
                        session -> session.identity().userId() == 1,
                        List.of(pause(ofMillis(2500))),
                        List.of(meet(3, Long.MAX_VALUE), ok("a")),
                        HERE)));

        assertThat(outcome.populations().get(0).finished()).isEqualTo(3);
        assertThat(run.recorded.requests)
                .extracting(Recorded.Request::intendedNanos)
                .containsExactly(3 * S, 3 * S);
        assertThat(outcome.warnings())
                .containsExactly(
                        "scenario \"shop\" > orElse > step 1 (rendezVous), Shop.java:41: 2 of 3 users had come when no"
                                + " others were left who could. They were let go.");
    }

    @Test
    void usersThatWaitForEachOtherInTwoPlacesAreLetGoOneAfterTheOther() {
        RunOutcome outcome = run.run(users(
                "shop",
                open(new AtOnceUsers(2)),
                ifUser(1, meet(2, Long.MAX_VALUE), ok("a")),
                ifUser(2, meet(2, Long.MAX_VALUE), ok("b"))));

        assertThat(outcome.populations().get(0).finished()).isEqualTo(2);
        assertThat(run.recorded.requests)
                .extracting(Recorded.Request::intendedNanos)
                .containsExactlyInAnyOrder(S, 2 * S);
        assertThat(outcome.warnings()).hasSize(1); // one text, told once
    }

    @Test
    void usersThatWaitForOneWhoMayStillComeAreCutOffByTheStop() {
        RunOutcome outcome = run.rules(RunRules.standard().maxDuration(ofSeconds(4)))
                .run(users("shop", open(new AtOnceUsers(2)), ifUser(1, pause(ofSeconds(9))), meet(2, Long.MAX_VALUE)));

        assertThat(outcome.populations().get(0).unfinished()).isEqualTo(2);
        assertThat(outcome.endNanos()).isEqualTo(4 * S);
    }

    @Test
    void whoEndsWhileWaitingDoesNotStandForOneWhoIsStillToCome() {
        VirtualUser[] first = new VirtualUser[1];

        RunOutcome outcome = run.run(users(
                "shop",
                open(new AtOnceUsers(3)),
                ifUser(1, acting(user -> first[0] = user)),
                ifUser(2, pause(ofMillis(500)), acting(user -> first[0].deliverOnLoop(ENDING))),
                ifUser(3, pause(ofSeconds(10))),
                meet(3, Long.MAX_VALUE),
                ok("a")));

        assertThat(run.recorded.ends)
                .filteredOn(end -> end.reason() == UserEnd.BLOCKED)
                .hasSize(1);
        assertThat(run.recorded.requests)
                .extracting(Recorded.Request::intendedNanos)
                .containsExactly(10 * S, 10 * S);
        assertThat(outcome.warnings()).isEmpty();
    }

    /** As a user ends whose requests beside its scenario are on a held thread. */
    private static final Message ENDING = new Message() {
        @Override
        public @Nullable Action receive(VirtualUser user) {
            return user.end(UserEnd.BLOCKED);
        }

        @Override
        public Action next() {
            throw new AssertionError("an end does not fail");
        }
    };

    private static Step acting(Consumer<VirtualUser> act) {
        return new Step() {
            @Override
            public Action compile(Compilation compilation, Action next) {
                return new StepAction(
                        compilation.place(),
                        (user, following) -> {
                            act.accept(user);
                            return following;
                        },
                        next);
            }

            @Override
            public String word() {
                return "act";
            }

            @Override
            public CallSite site() {
                return HERE;
            }
        };
    }

    @Test
    void refusesARendezVousForMoreUsersThanCanBeThere() {
        assertThatThrownBy(() -> run.plan(
                        users("few", open(new AtOnceUsers(7)), meet(8, Long.MAX_VALUE)),
                        users("capped", open(new AtOnceUsers(9)), meet(8, S)).maxUsers(5),
                        users("closed", closed(new ConstantConcurrent(3, ofSeconds(1))), meet(4, Long.MAX_VALUE)),
                        users("enough", open(new AtOnceUsers(8)), meet(8, Long.MAX_VALUE))))
                .isInstanceOfSatisfying(
                        DefinitionException.class,
                        e -> assertThat(e.problems())
                                .extracting(p -> p.toString())
                                .containsExactly(
                                        "scenario \"few\" > step 1 (rendezVous), Shop.java:41: it waits for 8 users, and at most 7"
                                                + " of this scenario are there at once: they would wait for ever. Wait for fewer, or inject more.",
                                        "scenario \"capped\" > step 1 (rendezVous), Shop.java:41: it waits for 8 users, and at most 5"
                                                + " of this scenario are there at once: they would wait for ever. Wait for fewer, or inject more.",
                                        "scenario \"closed\" > step 1 (rendezVous), Shop.java:41: it waits for 4 users, and at most 3"
                                                + " of this scenario are there at once: they would wait for ever. Wait for fewer, or inject more."));
    }

    // ---- populations one after the other

    private static Population population(String name, Step... steps) {
        return users(name, open(new NothingFor(ofSeconds(1)), new AtOnceUsers(2)), steps);
    }

    @Test
    void followersBeginWhenAllUsersOfThoseBeforeThemHaveEnded() {
        Population b1 = population("b1", pause(ofSeconds(3))).andThen(List.of(population("b11", pause(ofSeconds(10)))));
        Population b2 = population("b2", pause(ofSeconds(1)));
        Population c = population("c", pause(ofSeconds(1)));
        run.run(
                population("a", pause(ofSeconds(5))).andThen(List.of(b1, b2)).andThen(List.of(c)),
                population("beside", pause(ofSeconds(1))));

        Map<String, List<Long>> starts = run.recorded.starts.stream()
                .collect(Collectors.groupingBy(
                        start -> run.names.scenarioName(start.scenario()),
                        Collectors.mapping(Recorded.Start::intendedNanos, Collectors.toList())));
        assertThat(starts)
                .containsEntry("a", List.of(S, S))
                .containsEntry("beside", List.of(S, S))
                .containsEntry("b1", List.of(7 * S, 7 * S))
                .containsEntry("b2", List.of(7 * S, 7 * S))
                .containsEntry("b11", List.of(11 * S, 11 * S))
                .containsEntry("c", List.of(22 * S, 22 * S));
        assertThat(run.recorded.starts)
                .allSatisfy(start -> assertThat(start.actualNanos()).isEqualTo(start.intendedNanos()));
    }

    @Test
    void aClosedProfileThatFollowsRunsItsWholeTime() {
        Population closed =
                users("closed", closed(new ConstantConcurrent(2, ofSeconds(3))), request("home", ofSeconds(1)));
        RunOutcome outcome = run.run(population("a", pause(ofSeconds(5))).andThen(List.of(closed)));

        assertThat(run.recorded.requests)
                .extracting(Recorded.Request::intendedNanos)
                .containsExactly(6 * S, 6 * S, 7 * S, 7 * S, 8 * S, 8 * S);
        assertThat(outcome.endNanos()).isEqualTo(9 * S);
        assertThat(outcome.populations().get(1).beganNanos()).isEqualTo(6 * S);
    }

    @Test
    void followersOfNobodyBeginAtOnce() {
        Population nobody = users("nobody", open(new AtOnceUsers(0)), pause(ofSeconds(1)));
        Population none = users("none", open(new AtOnceUsers(0)), pause(ofSeconds(1)));
        run.run(nobody.andThen(List.of(none)).andThen(List.of(population("c", pause(ofSeconds(1))))));

        assertThat(run.recorded.starts)
                .extracting(Recorded.Start::intendedNanos)
                .containsExactly(S, S);
    }

    @Test
    void followersOfUsersThatWereCutOffDoNotBegin() {
        RunOutcome outcome = run.rules(RunRules.standard().maxDuration(ofSeconds(2)))
                .run(population("a", pause(ofSeconds(5))).andThen(List.of(population("b", pause(ofSeconds(1))))));

        assertThat(run.recorded.starts).hasSize(2);
        assertThat(outcome.populations().get(1).started()).isZero();
        assertThat(outcome.populations().get(1).notYetDue()).isEqualTo(2);
        assertThat(outcome.populations().get(1).beganNanos()).isEqualTo(-1);
    }

    @Test
    void usersDroppedAtTheCapDoNotKeepFollowersWaiting() {
        run.run(users("a", open(new AtOnceUsers(5)), pause(ofSeconds(2)))
                .maxUsers(1)
                .andThen(List.of(population("b", pause(ofSeconds(1))))));

        assertThat(run.recorded.starts)
                .extracting(Recorded.Start::intendedNanos)
                .containsExactly(0L, 3 * S, 3 * S);
    }

    @Test
    void namesAreUniqueFollowersIncludedAndTheirProfilesAreDescribed() {
        assertThatThrownBy(() ->
                        run.plan(population("a", pause(ofSeconds(1))).andThen(List.of(population("a", ok("x"))))))
                .hasMessageContaining("a second scenario has this name");

        RunPlan plan = new TestRun()
                .plan(population("a", pause(ofSeconds(1)))
                        .andThen(List.of(population("b", ok("x")), population("c", ok("y")))));
        assertThat(plan.describe()).hasSize(3).element(1).asString().startsWith("b: after a: nobody for");
        assertThat(IntStream.range(0, 3).mapToObj(i -> plan.populations().get(i).after()))
                .containsExactly(List.of(), List.of("a"), List.of("a"));
    }
}
