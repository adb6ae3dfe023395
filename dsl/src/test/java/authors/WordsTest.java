package authors;

import static authors.WordRun.failingRequest;
import static authors.WordRun.request;
import static dev.onrush.dsl.CoreDsl.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.onrush.dsl.ChainBuilder;
import dev.onrush.dsl.PauseType;
import dev.onrush.dsl.Simulation.SetUp;

/** What the words mean, to the nanosecond, on a clock moved by hand. */
class WordsTest {
    private static final ChainBuilder SETS = exec(session -> session.set("n", 3)
            .set("text", "0.25")
            .set("wait", Duration.ofMillis(70))
            .set("yes", true)
            .set("ids", List.of("a", "b", "c")));

    private final List<Object> seen = new ArrayList<>();

    static Stream<Arguments> fixedPauses() {
        return Stream.of(
                arguments(pause(2), 2000),
                arguments(pause(0), 0),
                arguments(pause(Duration.ofMillis(1500)), 1500),
                arguments(pause("#{n}"), 3000),
                arguments(pause("#{text}"), 250),
                arguments(pause("#{wait}"), 70),
                arguments(pause("1.5"), 1500),
                arguments(pause(s -> Duration.ofMillis(40)), 40),
                arguments(pause(3, 3), 3000),
                arguments(pause(2, disabledPauses), 0),
                arguments(pause(2, PauseType.Constant), 2000),
                arguments(pause(2, customPauses(s -> 250L)), 250),
                arguments(pause(2, uniformPausesPlusOrMinusPercentage(0)), 2000));
    }

    @ParameterizedTest
    @MethodSource("fixedPauses")
    void pauseWaitsAsLongAsDeclared(ChainBuilder pause, long millis) {
        WordRun run = WordRun.of(exec(SETS, pause, request("after")));

        assertThat(run.intendedMillis()).containsExactly(millis);
        assertThat(run.outcome.stepFailures()).isEmpty();
    }

    static Stream<Arguments> variedPauses() {
        return Stream.of(
                arguments(pause(1, 3), 1000, 2999, 1990),
                arguments(pause("1", "3"), 1000, 2999, 1990),
                arguments(pause(Duration.ofMillis(1), Duration.ofMillis(100)), 1, 99, 50),
                arguments(pause(s -> Duration.ofMillis(10), s -> Duration.ofMillis(30)), 10, 29, 19),
                arguments(pause(10, exponentialPauses), 0, 120_000, 10_000),
                arguments(pause(10, uniformPausesPlusOrMinusPercentage(20)), 8000, 12_000, 10_000),
                arguments(pause(10, uniformPausesPlusOrMinusDuration(Duration.ofSeconds(1))), 9000, 11_000, 10_000),
                arguments(pause(10, normalPausesWithStdDevDuration(Duration.ofSeconds(1))), 5000, 15_000, 10_000),
                arguments(pause(10, normalPausesWithPercentageDuration(10)), 5000, 15_000, 10_000),
                arguments(pause(1, normalPausesWithPercentageDuration(300)), 0, 20_000, 1763));
    }

    @ParameterizedTest
    @MethodSource("variedPauses")
    void pauseVariesAroundWhatIsDeclared(ChainBuilder pause, long least, long most, long mean) {
        WordRun run = WordRun.of(scenario("test").exec(pause, request("after")).injectOpen(atOnceUsers(2000)));

        LongStream.Builder waits = LongStream.builder();
        run.intendedMillis().forEach(waits::add);
        List<Long> all = run.intendedMillis();
        assertThat(all).hasSize(2000).allSatisfy(wait -> assertThat(wait).isBetween(least, most));
        assertThat(waits.build().average().orElseThrow()).isBetween(mean * 0.9, mean * 1.1);
        assertThat(all.stream().distinct().count()).isGreaterThan(10);
    }

    @Test
    void pauseTypeOfThePauseWinsOverThatOfThePopulationAndThatOverTheSetUps() {
        ChainBuilder chain = exec(pause(2), request("first"), pause(2, constantPauses), request("second"));

        WordRun run = WordRun.of(simulation -> simulation
                .setUp(
                        scenario("off").exec(chain).injectOpen(atOnceUsers(1)).disablePauses(),
                        scenario("set-up").exec(chain).injectOpen(atOnceUsers(1)))
                .customPauses(session -> 500L));

        assertThat(run.requests.stream().filter(r -> r.user() == 1).map(WordRun.Request::intendedMillis))
                .containsExactly(0L, 2000L);
        assertThat(run.requests.stream().filter(r -> r.user() == 2).map(WordRun.Request::intendedMillis))
                .containsExactly(500L, 2500L);
    }

    static Stream<Arguments> pauseWordsOfTheSetUp() {
        return Stream.of(
                arguments(word(SetUp::disablePauses), 0, 0),
                arguments(word(SetUp::constantPauses), 10_000, 10_000),
                arguments(word(SetUp::exponentialPauses), 0, 200_000),
                arguments(word(setUp -> setUp.customPauses(s -> 7L)), 7, 7),
                arguments(word(setUp -> setUp.uniformPauses(10)), 9000, 11_000),
                arguments(word(setUp -> setUp.uniformPauses(Duration.ofSeconds(2))), 8000, 12_000),
                arguments(word(setUp -> setUp.normalPausesWithStdDevDuration(Duration.ofSeconds(1))), 4000, 16_000),
                arguments(word(setUp -> setUp.normalPausesWithPercentageDuration(10)), 4000, 16_000),
                arguments(word(setUp -> setUp.pauses(PauseType.Disabled)), 0, 0));
    }

    @ParameterizedTest
    @MethodSource("pauseWordsOfTheSetUp")
    void pauseWordsOfTheSetUpHoldForAllPopulations(Consumer<SetUp> word, long least, long most) {
        WordRun run = WordRun.of(simulation -> word.accept(simulation.setUp(
                scenario("test").exec(pause(10), request("after")).injectOpen(atOnceUsers(200)))));

        assertThat(run.intendedMillis())
                .hasSize(200)
                .allSatisfy(wait -> assertThat(wait).isBetween(least, most));
        assertThat(run.intendedMillis().stream().distinct().count() > 1).isEqualTo(least < most);
    }

    private static Consumer<SetUp> word(Consumer<SetUp> word) {
        return word;
    }

    @Test
    void maxDurationEndsTheRun() {
        WordRun run = WordRun.of(simulation -> simulation
                .setUp(scenario("test")
                        .exec(request("a"), pause(9), request("b"))
                        .injectOpen(atOnceUsers(1)))
                .maxDuration(3));

        assertThat(run.paths()).containsExactly("a");
        assertThat(run.outcome.crashed()).isFalse();
        assertThat(run.outcome.stopped()).isPresent();
    }

    @Test
    void stopIfFailedAboveEndsTheRunAsACrash() {
        WordRun run = WordRun.of(simulation -> simulation
                .setUp(scenario("test")
                        .forever()
                        .on(failingRequest("a"), pause(1))
                        .injectOpen(atOnceUsers(1)))
                .stopIfFailedAbove(50, 5)
                .maxDuration(60));

        assertThat(run.outcome.crashed()).isTrue();
        assertThat(run.requests).hasSizeLessThan(20);
    }

    @Test
    void theSameSeedGivesTheSameRun() {
        List<Long> first = drawn(7);

        assertThat(drawn(7)).isEqualTo(first);
        assertThat(drawn(8)).isNotEqualTo(first);
    }

    private static List<Long> drawn(long seed) {
        return WordRun.of(simulation -> simulation
                        .setUp(scenario("test")
                                .exec(pause(1, 100), request("after"))
                                .injectOpen(constantUsersPerSec(5).during(10).poisson()))
                        .seed(seed))
                .intendedMillis();
    }

    static Stream<Arguments> paces() {
        return Stream.of(
                arguments(pace(1)),
                arguments(pace(1, "lap")),
                arguments(pace(Duration.ofSeconds(1))),
                arguments(pace(Duration.ofSeconds(1), "lap")),
                arguments(pace("1")),
                arguments(pace("#{one}", "lap")),
                arguments(pace(s -> Duration.ofSeconds(1))),
                arguments(pace(s -> Duration.ofSeconds(1), "lap")),
                arguments(pace(1, 1)),
                arguments(pace("1", "1", "lap")));
    }

    @ParameterizedTest
    @MethodSource("paces")
    void paceDoesNotDrift(ChainBuilder pace) {
        WordRun run = WordRun.of(exec(session -> session.set("one", 1))
                .repeat(4)
                .on(pace, request("turn"), pause(Duration.ofMillis(300))));

        assertThat(run.intendedMillis()).containsExactly(0L, 1000L, 2000L, 3000L);
    }

    @Test
    void paceKeepsTheDueTimeOfAUserWhoComesLate() {
        WordRun run = WordRun.of(repeat(3, "i")
                .on(pace(1), request("turn"), doIf(s -> s.getInt("i") == 0).then(pause(Duration.ofMillis(1700)))));

        assertThat(run.intendedMillis()).containsExactly(0L, 1000L, 2000L);
        assertThat(run.requests).extracting(WordRun.Request::paceOverrunMillis).containsExactly(0L, 700L, 0L);
    }

    @Test
    void paceBetweenTwoDrawsAnewForEachPass() {
        WordRun run = WordRun.of(repeat(50).on(pace(1, 2), request("turn")));

        List<Long> starts = run.intendedMillis();
        for (int i = 1; i < starts.size(); i++) {
            assertThat(starts.get(i) - starts.get(i - 1)).isBetween(1000L, 2000L);
        }
        assertThat(starts.get(49)).isBetween(60_000L, 90_000L);
    }

    static Stream<Arguments> repeats() {
        return Stream.of(
                arguments(repeat(3, "i").on(sees()), List.of(0, 1, 2)),
                arguments(repeat("#{n}", "i").on(sees()), List.of(0, 1, 2)),
                arguments(repeat(s -> 2, "i").on(sees()), List.of(0, 1)),
                arguments(repeat(0, "i").on(sees()), List.of()),
                arguments(repeat("#{n}").on(sees()), List.of("no i", "no i", "no i")));
    }

    @ParameterizedTest
    @MethodSource("repeats")
    void repeatTakesSoManyTurnsAndCountsThem(ChainBuilder loop, List<Object> turns) {
        SEEN.set(seen);

        WordRun run = WordRun.of(exec(SETS, loop, sees("i after")));

        assertThat(seen.subList(0, seen.size() - 1)).isEqualTo(turns);
        assertThat(seen.get(seen.size() - 1)).isEqualTo("no i after");
        assertThat(run.outcome.stepFailures()).isEmpty();
    }

    @Test
    void repeatReadsItsNumberAgainBeforeEachTurn() {
        WordRun run = WordRun.of(exec(SETS).repeat("#{n}").on(request("turn"), exec(s -> s.set("n", 2))));

        assertThat(run.requests).hasSize(2);
    }

    static Stream<Arguments> foreachs() {
        return Stream.of(
                arguments(foreach(List.of("a", "b", "c"), "x").on(sees("x")), List.of("a", "b", "c")),
                arguments(foreach("#{ids}", "x").on(sees("x")), List.of("a", "b", "c")),
                arguments(foreach(s -> s.getList("ids"), "x").on(sees("x")), List.of("a", "b", "c")),
                arguments(foreach(List.of("a", "b"), "x", "i").on(sees("i")), List.of(0, 1)),
                arguments(foreach("#{ids}", "x", "i").on(sees("i")), List.of(0, 1, 2)),
                arguments(foreach(s -> s.getList("ids"), "x", "i").on(sees("i")), List.of(0, 1, 2)),
                arguments(foreach(List.of(), "x").on(sees("x")), List.of()));
    }

    @ParameterizedTest
    @MethodSource("foreachs")
    void foreachTakesOneTurnPerElement(ChainBuilder loop, List<Object> turns) {
        SEEN.set(seen);

        WordRun.of(exec(SETS, loop));

        assertThat(seen).isEqualTo(turns);
    }

    @Test
    void foreachLeavesTheLastElementInItsAttribute() {
        SEEN.set(seen);

        WordRun.of(exec(SETS).foreach("#{ids}", "x", "i").on(pause(1)).exec(sees("x"), sees("i")));

        assertThat(seen).containsExactly("c", "no i");
    }

    static Stream<Arguments> durings() {
        ChainBuilder body = exec(request("start"), pause(1), request("end"));
        return Stream.of(
                arguments(during(2).on(body), List.of("start", "end", "start")),
                arguments(during(2, "i").on(body), List.of("start", "end", "start")),
                arguments(during(2, false).on(body), List.of("start", "end", "start", "end")),
                arguments(during(2, "i", false).on(body), List.of("start", "end", "start", "end")),
                arguments(during(Duration.ofSeconds(2)).on(body), List.of("start", "end", "start")),
                arguments(
                        during(Duration.ofMillis(1500), "i", false).on(body), List.of("start", "end", "start", "end")),
                arguments(during("2").on(body), List.of("start", "end", "start")),
                arguments(during("#{n}", "i", true).on(body), List.of("start", "end", "start", "end", "start")),
                arguments(during(s -> Duration.ofSeconds(2)).on(body), List.of("start", "end", "start")),
                arguments(
                        during(s -> Duration.ofSeconds(2), "i", false).on(body),
                        List.of("start", "end", "start", "end")));
    }

    @ParameterizedTest
    @MethodSource("durings")
    void duringGoesOnUntilItsTimeHasPassed(ChainBuilder loop, List<String> requests) {
        WordRun run = WordRun.of(exec(SETS, loop));

        assertThat(run.paths()).isEqualTo(requests);
        assertThat(run.outcome.stepFailures()).isEmpty();
    }

    @Test
    void foreverGoesOnUntilTheRunStops() {
        SEEN.set(seen);

        WordRun run = WordRun.of(simulation -> simulation
                .setUp(scenario("s")
                        .forever("i")
                        .on(sees(), request("turn"), pause(1))
                        .injectOpen(atOnceUsers(1)))
                .maxDuration(Duration.ofMillis(3500)));

        assertThat(run.intendedMillis()).containsExactly(0L, 1000L, 2000L, 3000L);
        assertThat(seen).containsExactly(0, 1, 2, 3);
        assertThat(run.outcome.stopped()).isPresent();
    }

    static Stream<Arguments> conditions() {
        ChainBuilder yes = request("yes").toChainBuilder();
        ChainBuilder no = request("no").toChainBuilder();
        return Stream.of(
                arguments(doIf("#{yes}").then(yes), List.of("yes")),
                arguments(doIf("#{ids.isUndefined()}").then(yes), List.of()),
                arguments(doIf(s -> s.getInt("n") == 3).then(yes, no), List.of("yes", "no")),
                arguments(doIf(s -> false).then(yes), List.of()),
                arguments(doIfOrElse("#{yes}").then(yes).orElse(no), List.of("yes")),
                arguments(doIfOrElse(s -> false).then(yes).orElse(no), List.of("no")),
                arguments(doIfOrElse("false").then(yes).orElse(no, yes), List.of("no", "yes")));
    }

    @ParameterizedTest
    @MethodSource("conditions")
    void conditionsChooseTheirBranch(ChainBuilder condition, List<String> requests) {
        WordRun run = WordRun.of(exec(SETS, condition));

        assertThat(run.paths()).isEqualTo(requests);
    }

    @Test
    void aConditionThatIsNoBooleanFailsTheStepAndTheNextOneRuns() {
        SEEN.set(seen);

        WordRun run = WordRun.of(exec(SETS)
                .doIf("#{ids}")
                .then(request("then"))
                .exec(request("next"))
                .exec(seesFailed()));

        assertThat(run.paths()).containsExactly("next");
        assertThat(seen).containsExactly(true);
        assertThat(run.outcome.stepFailures()).singleElement().satisfies(failure -> {
            assertThat(failure.place()).matches("scenario \"test\" > step 2 \\(doIf\\), WordsTest\\.java:\\d+");
            assertThat(failure.message()).contains("#{ids}").contains("true or false is wanted");
        });
    }

    @Test
    void randomSwitchDrawsByPercentagesAndSkipsTheRest() {
        WordRun run = WordRun.of(scenario("test")
                .randomSwitch()
                .on(percent(50).then(request("half")), percent(20).then(request("fifth")))
                .injectOpen(atOnceUsers(10_000)));

        long half = run.paths().stream().filter("half"::equals).count();
        long fifth = run.paths().stream().filter("fifth"::equals).count();
        assertThat(half).isBetween(4800L, 5200L);
        assertThat(fifth).isBetween(1850L, 2150L);
        assertThat(half + fifth).isEqualTo(run.requests.size());
    }

    @Test
    void groupsNestAndAreRecordedWithTheirDuration() {
        WordRun run = WordRun.of(exec(SETS)
                .group("cart")
                .on(
                        pause(1),
                        group("#{n}").on(request("add"), pause(2)),
                        group(s -> "pay").on(failingRequest("pay"))));

        assertThat(run.groups)
                .containsExactly(
                        new WordRun.Group("cart > 3", 2000, true),
                        new WordRun.Group("cart > pay", 0, false),
                        new WordRun.Group("cart", 3000, false));
    }

    @Test
    void execRunsStepsInOrderAndTakesTheSessionReturned() {
        SEEN.set(seen);
        ChainBuilder a = request("a").toChainBuilder();
        ChainBuilder b = request("b").toChainBuilder();

        WordRun run = WordRun.of(exec(a, request("x"), b)
                .exec(List.of(b, a))
                .exec(s -> {
                    Objects.requireNonNull(s.set("i", "dropped")); // not returned: no effect
                    return s.set("kept", true);
                })
                .exec(sees("i"), sees("kept")));

        assertThat(run.paths()).containsExactly("a", "x", "b", "b", "a");
        assertThat(seen).containsExactly("no i", true);
    }

    @Test
    void execThatThrowsOrGivesNullFailsTheUserAndTheNextStepRuns() {
        SEEN.set(seen);

        WordRun run = WordRun.of(exec(s -> {
                    throw new IllegalStateException("no stock");
                })
                .exec(s -> null)
                .exec(seesFailed(), request("next").toChainBuilder()));

        assertThat(run.paths()).containsExactly("next");
        assertThat(seen).containsExactly(true);
        assertThat(run.outcome.stepFailures())
                .extracting(failure -> failure.message())
                .containsExactlyInAnyOrder(
                        "IllegalStateException: no stock",
                        "the session function returned null; return the session, changed or not.");
        assertThat(run.outcome.stopped()).isEmpty();
    }

    @Test
    void aWordInASessionFunctionFailsTheStep() {
        WordRun run = WordRun.of(exec(s -> {
                    pause(1);
                    return s;
                })
                .exec(request("next")));

        assertThat(run.paths()).containsExactly("next");
        assertThat(run.outcome.stepFailures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.message())
                        .containsPattern("pause \\(WordsTest\\.java:\\d+\\) was called while the simulation runs"));
    }

    static Stream<Arguments> feeds() {
        Map<String, Object> one = Map.of("x", 1);
        Map<String, Object> two = Map.of("x", 2);
        List<Map<String, Object>> both = List.of(one, two);
        return Stream.of(
                arguments(feed(listFeeder(both)), 1),
                arguments(feed(listFeeder(both), 2), List.of(1, 2)),
                arguments(feed(listFeeder(both), "#{n}"), null),
                arguments(feed(listFeeder(both).circular(), "#{n}"), List.of(1, 2, 1)),
                arguments(feed(listFeeder(both), s -> 2), List.of(1, 2)),
                arguments(feed(listFeeder(both).transform((key, value) -> key + value)), "x1"),
                arguments(feed(both.iterator()), 1),
                arguments(feed(both.iterator(), 2), List.of(1, 2)),
                arguments(feed(() -> both.iterator()), 1),
                arguments(feed((Iterator<Map<String, Object>>) both.iterator(), s -> 1), List.of(1)));
    }

    @ParameterizedTest
    @MethodSource("feeds")
    void feedSetsTheNextRecord(ChainBuilder feed, Object value) {
        SEEN.set(seen);

        WordRun run = WordRun.of(exec(SETS, feed, sees("x")));

        if (value == null) {
            assertThat(run.outcome.crashed()).isTrue();
            assertThat(run.outcome.stopped().orElseThrow().reason())
                    .matches(
                            "scenario \"test\" > step 2 \\(feed\\), WordsTest\\.java:\\d+: feeder listFeeder is empty\\."
                                    + " Give it more records, let it go round with circular\\(\\), or end just the user with"
                                    + " stopUserWhenEmpty\\(\\)\\.");
        } else {
            assertThat(seen).containsExactly(value);
        }
    }

    @Test
    void oneFeederValueIsOneCursorForAllUsersAndSteps() {
        SEEN.set(seen);
        var shared = listFeeder(List.of(Map.of("x", 1), Map.of("x", 2), Map.of("x", 3)));

        WordRun run = WordRun.of(scenario("test")
                .feed(shared.stopUserWhenEmpty())
                .exec(sees("x"), feed(shared.queue()), sees("x"))
                .injectOpen(atOnceUsers(2)));

        assertThat(seen).containsExactly(1, 1, 2, 2);
        assertThat(run.outcome.stopped()).isEmpty();
    }

    @Test
    void aUserWhoFindsAStoppingFeederEmptyEndsAlone() {
        WordRun run = WordRun.of(scenario("test")
                .feed(listFeeder(List.of(Map.of("x", 1))).stopUserWhenEmpty())
                .exec(request("fed"))
                .injectOpen(atOnceUsers(3)));

        assertThat(run.paths()).containsExactly("fed");
        assertThat(run.userEnds).containsExactlyInAnyOrder("THROUGH", "FEEDER_EMPTY", "FEEDER_EMPTY");
        assertThat(run.outcome.stopped()).isEmpty();
    }

    @Test
    void injectionWordsStartUsersWhenTheySay() {
        WordRun run = WordRun.of(scenario("test")
                .exec(request("start"))
                .injectOpen(
                        nothingFor(1),
                        atOnceUsers(2),
                        rampUsers(2).during(2),
                        constantUsersPerSec(2).during(1),
                        incrementUsersPerSec(1).times(2).eachLevelLasting(1).startingFrom(1)));

        assertThat(run.intendedMillis()).containsExactly(1000L, 1000L, 1000L, 2000L, 3000L, 3500L, 4000L, 5000L, 5500L);
    }

    @Test
    void closedInjectionReplacesUsersWhoHaveEnded() {
        WordRun run = WordRun.of(scenario("test")
                .exec(request("start"), pause(1))
                .injectClosed(constantConcurrentUsers(2).during(Duration.ofMillis(2500))));

        assertThat(run.intendedMillis()).containsExactly(0L, 0L, 1000L, 1000L, 2000L, 2000L);
    }

    @Test
    void usersAboveTheCapAreDropped() {
        WordRun run = WordRun.of(scenario("test")
                .exec(request("start"), pause(10))
                .injectOpen(atOnceUsers(5))
                .maxUsers(2));

        assertThat(run.requests).hasSize(2);
        assertThat(run.dropped).isNotEmpty();
    }

    /** Where the session steps below note what they see; of the test that runs on this thread. */
    private static final ThreadLocal<List<Object>> SEEN = new ThreadLocal<>();

    private static ChainBuilder sees() {
        return sees("i");
    }

    private static ChainBuilder sees(String attribute) {
        return exec(session -> {
            SEEN.get().add(session.contains(attribute) ? session.get(attribute) : "no " + attribute);
            return session;
        });
    }

    private static ChainBuilder seesFailed() {
        return exec(session -> {
            SEEN.get().add(session.isFailed());
            return session;
        });
    }
}
