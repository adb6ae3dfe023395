package dev.onrush.core.scenario;

import static dev.onrush.core.engine.TestRun.HERE;
import static dev.onrush.core.engine.TestRun.exec;
import static dev.onrush.core.engine.TestRun.group;
import static dev.onrush.core.engine.TestRun.open;
import static dev.onrush.core.engine.TestRun.request;
import static dev.onrush.core.engine.TestRun.users;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.onrush.core.engine.Recorded;
import dev.onrush.core.engine.RunOutcome;
import dev.onrush.core.engine.RunStop;
import dev.onrush.core.engine.StepFailure;
import dev.onrush.core.engine.TestRun;
import dev.onrush.core.eventlog.UserEnd;
import dev.onrush.core.feeder.Feeder;
import dev.onrush.core.injection.AtOnceUsers;
import dev.onrush.core.injection.ConstantRate;
import dev.onrush.core.session.Expression;
import dev.onrush.core.session.UserIdentity;
import dev.onrush.core.setting.Settings;

/** What each step does to a user. */
class StepsTest {
    private static final long S = 1_000_000_000;
    private final TestRun run = new TestRun();

    static Stream<Arguments> variesPauses() {
        return Stream.of(
                Arguments.of("disabled", PauseType.disabled(), 0.0, 0.0, 0.0, 0.0),
                Arguments.of("constant", PauseType.constant(), 10.0, 0.0, 10.0, 10.0),
                Arguments.of("exponential", PauseType.exponential(), 10.0, 0.5, 0.0, 200.0),
                Arguments.of("normal", PauseType.normal(2 * S), 10.0, 0.2, 0.0, 25.0),
                Arguments.of("normal percentage", PauseType.normalPercentage(20), 10.0, 0.2, 0.0, 25.0),
                Arguments.of("uniform", PauseType.uniform(4 * S), 10.0, 0.2, 6.0, 14.0),
                Arguments.of("uniform percentage", PauseType.uniformPercentage(40), 10.0, 0.2, 6.0, 14.0),
                Arguments.of("custom", PauseType.custom(Expression.constant(3000L)), 3.0, 0.0, 3.0, 3.0));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void variesPauses(String name, PauseType type, double mean, double error, double least, double most) {
        run.run(users(
                "think", open(new AtOnceUsers(5000)), new PauseStep(Expression.constant(10 * S), null, type, HERE)));

        List<Double> waits =
                run.recorded.ends.stream().map(end -> end.atNanos() / 1e9).toList();
        assertThat(waits.stream().mapToDouble(w -> w).average().orElseThrow()).isCloseTo(mean, within(error));
        assertThat(waits).allSatisfy(wait -> assertThat(wait).isBetween(least, most));
    }

    @Test
    void drawsAPauseBetweenTwoLengths() {
        run.run(users(
                "think",
                open(new AtOnceUsers(1000)),
                new PauseStep(Expression.constant(S), Expression.constant(3 * S), null, HERE)));

        assertThat(run.recorded.ends)
                .extracting(Recorded.End::atNanos)
                .allSatisfy(at -> assertThat(at).isBetween(S, 3 * S - 1));
        assertThat(run.recorded.ends.stream().map(Recorded.End::atNanos).distinct())
                .hasSizeGreaterThan(900);
    }

    @Test
    void thePausesOfAPopulationWinOverThePlansAndThoseOfAPauseOverBoth() {
        Step plain = new PauseStep(Expression.constant(S), null, null, HERE);
        Step own = new PauseStep(Expression.constant(S), null, PauseType.constant(), HERE);

        RunOutcome outcome = run.rules(RunRules.standard().pauseType(PauseType.custom(Expression.constant(100_000L))))
                .run(users("think", open(new AtOnceUsers(1)), plain, own).pauseType(PauseType.disabled()));

        assertThat(outcome.endNanos()).isEqualTo(S);
    }

    @Test
    void switchesByChance() {
        Function<String, List<Step>> mark = text -> List.of(request(text, ofMillis(1)));
        run.run(users(
                "toss",
                open(new AtOnceUsers(10_000)),
                new RandomSwitchStep(
                        "randomSwitch",
                        List.of(
                                new RandomSwitchStep.Branch(60, mark.apply("a")),
                                new RandomSwitchStep.Branch(30, mark.apply("b"))),
                        mark.apply("rest"),
                        HERE)));

        assertThat(run.recorded.requests).hasSize(10_000);
        assertThat(count("a")).isBetween(5800L, 6200L);
        assertThat(count("b")).isBetween(2800L, 3200L);
        assertThat(count("rest")).isBetween(850L, 1150L);
    }

    @Test
    void repeatsForEachElementAndLeavesTheLastOne() {
        List<Object> seen = new ArrayList<>();
        run.run(users(
                "each",
                open(new AtOnceUsers(1)),
                new LoopStep(
                        "foreach",
                        new LoopTest.Each(Expression.constant(List.of("x", "y")), "item"),
                        "i",
                        false,
                        false,
                        List.of(exec(s -> {
                            seen.add(s.get("item") + "" + s.get("i"));
                            return s;
                        })),
                        HERE),
                exec(s -> {
                    seen.add(s.attributes().toString());
                    return s;
                })));

        assertThat(seen).containsExactly("x0", "y1", "{item=y}");
    }

    @Test
    void takesTheFirstTurnOfADoWhileWithoutAsking() {
        run.run(users(
                "once",
                open(new AtOnceUsers(1)),
                new LoopStep(
                        "doWhile",
                        new LoopTest.While(Expression.constant(false)),
                        null,
                        false,
                        true,
                        List.of(request("home", ofMillis(1))),
                        HERE)));

        assertThat(count("home")).isEqualTo(1);
    }

    @Test
    void aLoopWhoseConditionFailsEndsAndTheUserGoesOnFailed() {
        Expression<Boolean> broken = s -> {
            throw new IllegalStateException("no");
        };
        List<Boolean> failed = new ArrayList<>();
        run.run(users(
                "loop",
                open(new AtOnceUsers(1)),
                new LoopStep(
                        "asLongAs",
                        new LoopTest.While(broken),
                        "i",
                        true,
                        true,
                        List.of(group("lap", request("home", ofMillis(1)))),
                        HERE),
                exec(s -> {
                    failed.add(s.isFailed());
                    return s;
                })));

        assertThat(failed).containsExactly(true);
        assertThat(run.recorded.failures).hasSize(1);
    }

    @Test
    void feedsRecordsAndEndsTheRunWhenTheyRunOut() {
        Step feed = new FeedStep(new Queue("users.csv", 3, false), null, HERE);

        RunOutcome outcome = run.run(users(
                "shop", open(new ConstantRate(1, ofSeconds(10))), group("in", feed, request("home", ofMillis(1)))));

        assertThat(count("home")).isEqualTo(3);
        assertThat(outcome.stop())
                .isEqualTo(new RunStop(
                        "scenario \"shop\" > group \"in\" > step 1 (feed), Shop.java:41: feeder users.csv is empty. Give it more"
                                + " records, let it go round with circular(), or end just the user with stopUserWhenEmpty().",
                        true));
        assertThat(outcome.populations().get(0).started()).isEqualTo(4);
        assertThat(outcome.populations().get(0).unfinished()).isEqualTo(1);
        assertThat(run.recorded.groups).hasSize(4);
    }

    @Test
    void endsJustTheUserIfTheFeederSaysSo() {
        RunOutcome outcome = run.run(users(
                "shop",
                open(new ConstantRate(1, ofSeconds(10))),
                new FeedStep(new Queue("users.csv", 3, true), null, HERE),
                request("home", ofMillis(1))));

        assertThat(outcome.stopped()).isEmpty();
        assertThat(count("home")).isEqualTo(3);
        assertThat(run.recorded.ends.stream().filter(end -> end.reason() == UserEnd.FEEDER_EMPTY))
                .hasSize(7);
    }

    @Test
    void feedsSeveralRecordsAsLists() {
        List<Object> seen = new ArrayList<>();
        run.run(users(
                "shop",
                open(new AtOnceUsers(1)),
                new FeedStep(new Queue("users.csv", 3, true), Expression.constant(2), HERE),
                exec(s -> {
                    seen.add(s.get("id"));
                    return s;
                }),
                new FeedStep(new Queue("few.csv", 1, true), Expression.constant(2), HERE)));

        assertThat(seen).containsExactly(List.of(0, 1));
        assertThat(run.recorded.ends).extracting(Recorded.End::reason).containsExactly(UserEnd.FEEDER_EMPTY);
    }

    /** G16: places × outcomes of an author's function. The user always goes on with the next step, marked failed. */
    static Stream<Arguments> survivesWhatAnAuthorsFunctionDoes() {
        Map<String, Function<Expression<Object>, Step>> places = Map.of(
                "exec", f -> exec(s -> (dev.onrush.core.session.UserSession) f.evaluate(s)),
                "pause", f -> new PauseStep(s -> (Long) f.evaluate(s), null, null, HERE),
                "pace", f -> new PaceStep(s -> (Long) f.evaluate(s), null, null, HERE),
                "customPauses",
                        f -> new PauseStep(
                                Expression.constant(S), null, PauseType.custom(s -> (Long) f.evaluate(s)), HERE),
                "doIf",
                        f -> new ConditionStep(
                                "doIf",
                                s -> (Boolean) f.evaluate(s),
                                List.of(request("never", ofMillis(1))),
                                List.of(),
                                HERE),
                "repeat", f -> loop("repeat", new LoopTest.Times(s -> (Integer) f.evaluate(s))),
                "foreach", f -> loop("foreach", new LoopTest.Each(s -> (List<?>) f.evaluate(s), "x")),
                "during", f -> loop("during", new LoopTest.For(s -> (Long) f.evaluate(s))),
                "group", f -> new GroupStep(s -> (String) f.evaluate(s), List.of(request("never", ofMillis(1))), HERE),
                "feed", f -> new FeedStep(new Queue("users.csv", 3, true), s -> (Integer) f.evaluate(s), HERE));
        Map<String, Expression<Object>> outcomes = Map.of(
                "RuntimeException",
                        s -> {
                            throw new IllegalStateException("x");
                        },
                "sneaky checked", s -> sneak(new IOException("x")),
                "AssertionError",
                        s -> {
                            throw new AssertionError("x");
                        },
                "StackOverflowError", s -> overflow(1),
                "null", s -> null,
                "wrong type", s -> new StringBuilder("x"));
        return places.keySet().stream()
                .sorted()
                .flatMap(place -> outcomes.keySet().stream()
                        .sorted()
                        .map(outcome ->
                                Arguments.of(place, outcome, places.get(place).apply(outcomes.get(outcome)))));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource
    void survivesWhatAnAuthorsFunctionDoes(String place, String what, Step step) {
        List<Boolean> failed = new ArrayList<>();

        RunOutcome outcome = run.run(users("shop", open(new AtOnceUsers(3)), step, exec(s -> {
            failed.add(s.isFailed());
            return s;
        })));

        assertThat(outcome.stopped()).isEmpty();
        assertThat(failed).containsExactly(true, true, true);
        assertThat(run.recorded.ends).hasSize(3).allMatch(end -> end.reason() == UserEnd.THROUGH);
        assertThat(run.recorded.failures).hasSize(3);
        assertThat(count("never")).isZero();
        assertThat(outcome.stepFailures()).extracting(StepFailure::count).containsExactly(3L);
    }

    private static Step loop(String word, LoopTest test) {
        return new LoopStep(word, test, null, false, false, List.of(request("never", ofMillis(1))), HERE);
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> Object sneak(Throwable failure) throws E {
        throw (E) failure;
    }

    @SuppressWarnings("InfiniteRecursion")
    private static Object overflow(int depth) {
        return overflow(depth + 1) + "" + depth;
    }

    private long count(String request) {
        return run.recorded.requests.stream()
                .filter(r -> r.name().equals(request))
                .count();
    }

    /** So many records, in order. */
    private static final class Queue implements Feeder {
        private final String name;
        private final Deque<Map<String, Object>> left = new ArrayDeque<>();
        private final boolean stopsUser;

        Queue(String name, int records, boolean stopsUser) {
            this.name = name;
            this.stopsUser = stopsUser;
            for (int i = 0; i < records; i++) {
                left.add(Map.of("id", i));
            }
        }

        @Override
        public void open(Settings settings, long seed) {}

        @Override
        public synchronized @Nullable Map<String, Object> next(UserIdentity user) {
            return left.poll();
        }

        @Override
        public Optional<Set<String>> attributes() {
            return Optional.of(Set.of("id"));
        }

        @Override
        public boolean stopsUserWhenEmpty() {
            return stopsUser;
        }

        @Override
        public String name() {
            return name;
        }
    }
}
