package dev.onrush.words;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.onrush.core.eventlog.UserEnd;
import dev.onrush.dsl.ScenarioBuilder;
import dev.onrush.dsl.Simulation;
import dev.onrush.http.HttpProtocolBuilder;
import dev.onrush.testkit.TruthResponse;

/** What is said of the whole run or of a population, shown by what a real server gets. */
@Timeout(30)
class SetUpWordsTest {
    private static final Duration MILLIS_10 = Duration.ofMillis(10);

    @Test
    void aPopulationsOwnProtocolWinsAndOfTwoTheLaterOne() {
        try (Target first = Target.start();
                Target later = Target.start();
                Target own = Target.start()) {
            HttpProtocolBuilder wins = http.baseUrl(later.url());
            Trial trial = Trial.of(simulation -> simulation
                    .setUp(
                            scenario("a").exec(http("x").get("/a")).injectOpen(atOnceUsers(1)),
                            scenario("b")
                                    .exec(http("x").get("/b"))
                                    .injectOpen(atOnceUsers(1))
                                    .protocols(http.baseUrl(own.url())))
                    .protocols(http.baseUrl(first.url()))
                    .protocols(wins));

            assertThat(trial.failures()).isEmpty();
            assertThat(first.came).isEmpty();
            assertThat(later.targets()).containsExactly("/a");
            assertThat(own.targets()).containsExactly("/b");
        }
    }

    @Test
    void maxDurationStopsTheRunAndWhatIsInFlightIsInNoStatistic() {
        try (Target target = Target.answering(
                request -> request.path().equals("/never") ? TruthResponse.never() : TruthResponse.ok("ok"))) {
            Trial trial = Trial.of(simulation -> simulation
                    .setUp(scenario("s")
                            .exec(http("done").get("/"), http("open").get("/never"))
                            .injectOpen(atOnceUsers(3), nothingFor(60), atOnceUsers(5)))
                    .protocols(http.baseUrl(target.url()))
                    .maxDuration(1));

            assertThat(trial.result.exitCode()).isZero();
            assertThat(trial.requests).filteredOn(Trial.Request::isUnfinished).hasSize(3);
            assertThat(trial.statistics().total().total()).isEqualTo(3);
            assertThat(trial.statistics().total().unfinished()).isEqualTo(3);
            assertThat(trial.statistics().users().started()).isEqualTo(3);
            assertThat(trial.userEnds).containsOnly(UserEnd.STOPPED);
            assertThat(trial.statistics().run().durationSeconds()).isBetween(1.0, 10.0);
        }
    }

    @Test
    void warmUpIsLeftOutOfStatisticsAndAssertionsAndStaysInTheLog() {
        try (Target target = Target.start()) {
            Trial trial = Trial.of(simulation -> simulation
                    .setUp(scenario("s")
                            .exec(group("g").on(http("x").get("/")))
                            .injectOpen(atOnceUsers(4), nothingFor(Duration.ofMillis(400)), atOnceUsers(3)))
                    .protocols(http.baseUrl(target.url()))
                    .warmUp(Duration.ofMillis(200))
                    .assertions(
                            global().allRequests().count().is(3L),
                            details("g").allRequests().count().is(3L)));

            assertThat(trial.failures()).isEmpty();
            assertThat(trial.result.exitCode()).isZero();
            assertThat(trial.requests)
                    .hasSize(7)
                    .filteredOn(Trial.Request::isWarmUp)
                    .hasSize(4);
            assertThat(trial.statistics().total().total()).isEqualTo(3);
            assertThat(trial.statistics().group(List.of(), "g").orElseThrow().total())
                    .isEqualTo(3);
            assertThat(target.came).hasSize(7);
        }
    }

    @Test
    void aWarmUpAsLongAsTheRunIsAMistake() {
        try (Target target = Target.start()) {
            Trial trial = Trial.of(simulation -> simulation
                    .setUp(scenario("s").exec(http("x").get("/")).injectOpen(atOnceUsers(4)))
                    .protocols(http.baseUrl(target.url()))
                    .warmUp(5)
                    .maxDuration(5));

            assertThat(trial.result.exitCode()).isEqualTo(1);
            assertThat(trial.result.problems()).hasSize(1).first().asString().contains("warm-up");
            assertThat(target.came).isEmpty();
        }
    }

    @Test
    void tooManyFailuresStopTheRunWithCode3() {
        try (Target target = Target.answering(request -> TruthResponse.status(500))) {
            Trial trial = Trial.of(simulation -> simulation
                    .setUp(scenario("s")
                            .forever()
                            .on(http("x").get("/"), pause(MILLIS_10))
                            .injectOpen(atOnceUsers(2)))
                    .protocols(http.baseUrl(target.url()))
                    .stopIfFailedAbove(50, Duration.ofMillis(300))
                    .maxDuration(20));

            assertThat(trial.result.exitCode()).isEqualTo(3);
            assertThat(trial.statistics().run().durationSeconds()).isLessThan(10);
            assertThat(trial.marks).anySatisfy(mark -> assertThat(mark).contains("(stopIfFailedAbove)"));
        }
    }

    @Test
    void onlyAllowedTargetsAreConnectedToAlsoByRedirect() {
        try (Target allowed = Target.answering(request -> request.path().equals("/away")
                        ? TruthResponse.status(302).header("Location", request.query())
                        : TruthResponse.ok("ok"));
                Target denied =
                        Target.answering(setup -> setup.address("127.0.0.2"), request -> TruthResponse.ok("ok"))) {
            Trial trial = Trial.of(simulation -> simulation
                    .setUp(scenario("s")
                            .exec(
                                    http("home").get("/"),
                                    http("direct").get(denied.url("/")),
                                    http("redirected").get("/away?" + denied.url("/")),
                                    http("next").get("/next"))
                            .injectOpen(atOnceUsers(1)))
                    .protocols(http.baseUrl(allowed.url()))
                    .allowTargets("shop.test", "127.0.0.1/32"));

            assertThat(trial.requests)
                    .extracting(Trial.Request::errorClass)
                    .containsExactly("", "brake.target_denied", "", "brake.target_denied", "");
            assertThat(trial.requests.get(1).actual()).isEqualTo(-1);
            assertThat(denied.came).isEmpty();
            assertThat(denied.server.connectionsAccepted()).isZero();
        }
    }

    @Test
    void aListInTheSettingsBindsAsWell() {
        try (Target target = Target.start()) {
            System.setProperty("onrush.allowTargets", "127.0.0.2");
            Trial trial = Trial.of(simulation -> simulation
                    .setUp(scenario("s").exec(http("x").get("/")).injectOpen(atOnceUsers(1)))
                    .protocols(http.baseUrl(target.url()))
                    .allowTargets("127.0.0.0/8"));

            assertThat(trial.requests.get(0).errorClass()).isEqualTo("brake.target_denied");
        } finally {
            System.clearProperty("onrush.allowTargets");
        }
    }

    @Test
    void whatIsNoAddressRangeIsAMistake() {
        try (Target target = Target.start()) {
            Trial trial = Trial.of(simulation -> simulation
                    .setUp(scenario("s").exec(http("x").get(target.url("/"))).injectOpen(atOnceUsers(1)))
                    .allowTargets("127.0.0.1/99"));

            assertThat(trial.result.exitCode()).isEqualTo(1);
            assertThat(trial.result.problems())
                    .containsExactly("allowTargets: \"127.0.0.1/99\" is no address range. Write it as in 10.0.0.0/8.");
            assertThat(target.came).isEmpty();
        }
    }

    @Test
    void maxRateGuardsAgainstTypingErrors() {
        try (Target target = Target.start()) {
            Trial trial = Trial.of(simulation -> simulation
                    .setUp(scenario("s")
                            .exec(http("x").get("/"))
                            .injectOpen(constantUsersPerSec(2000).during(1)))
                    .protocols(http.baseUrl(target.url()))
                    .maxRate(200));

            assertThat(trial.result.exitCode()).isEqualTo(1);
            assertThat(trial.result.problems()).hasSize(1).first().asString().contains("2000");
            assertThat(target.came).isEmpty();
        }
    }

    @Test
    void seedRepeatsWhatIsDrawnAndIsWrittenIntoTheLog() {
        List<String> first;
        try (Target target = Target.start()) {
            first = drawn(target, 7);
            target.came.clear();
            assertThat(drawn(target, 7)).isEqualTo(first);
            target.came.clear();
            assertThat(drawn(target, 8)).isNotEqualTo(first);
        }
    }

    private static List<String> drawn(Target target, long seed) {
        Trial trial = Trial.of(simulation -> simulation
                .setUp(scenario("s")
                        .feed(listFeeder(List.of(
                                        java.util.Map.of("r", "a"),
                                        java.util.Map.of("r", "b"),
                                        java.util.Map.of("r", "c")))
                                .random())
                        .exec(
                                http("x").get("/#{randomInt()}/#{randomUuid()}/#{randomAlphanumeric(5)}/#{r}"),
                                randomSwitch().on(percent(50).then(http("y").get("/half"))))
                        .injectOpen(atOnceUsers(6)))
                .protocols(http.baseUrl(target.url()))
                .seed(seed));
        assertThat(trial.failures()).isEmpty();
        assertThat(trial.statistics().run().seed()).isEqualTo(seed);
        return target.targets().stream().sorted().toList();
    }

    @Test
    void maxUsersDropsWhoIsDueAboveTheCap() {
        try (Target target = Target.answering(request -> TruthResponse.ok("ok").after(Duration.ofMillis(500)))) {
            Trial trial = Trial.of(simulation -> simulation
                    .setUp(scenario("s")
                            .exec(http("x").get("/"))
                            .injectOpen(atOnceUsers(5))
                            .maxUsers(2))
                    .protocols(http.baseUrl(target.url())));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.came).hasSize(2);
            assertThat(trial.statistics().users().droppedTotal()).isEqualTo(3);
        }
    }

    @Test
    void pauseWordsOfTheSetUpAndOfAPopulation() {
        try (Target target = Target.start()) {
            ScenarioBuilder thinks = scenario("off").exec(pause(30), http("off").get("/off"));
            ScenarioBuilder custom =
                    scenario("custom").exec(pause(30), http("custom").get("/custom"));
            Trial trial = Trial.of(simulation -> simulation
                    .setUp(thinks.injectOpen(atOnceUsers(1)).disablePauses(), custom.injectOpen(atOnceUsers(1)))
                    .customPauses(s -> 100L)
                    .protocols(http.baseUrl(target.url())));

            assertThat(trial.failures()).isEmpty();
            assertThat(trial.requests)
                    .extracting(Trial.Request::path, Trial.Request::intended)
                    .containsExactlyInAnyOrder(tuple("off", 0L), tuple("custom", 100_000L));
        }
    }

    /** Before and after, with a server that hears of both. */
    public static final class Hooks extends Simulation {
        static final List<String> HAPPENED = java.util.Collections.synchronizedList(new ArrayList<>());
        static String url = "";

        {
            setUp(scenario("s")
                    .exec(http("x").get(url + "/x"))
                    .exec(s -> {
                        HAPPENED.add("user");
                        return s;
                    })
                    .injectOpen(atOnceUsers(1)));
        }

        @Override
        public void before() {
            HAPPENED.add("before");
        }

        @Override
        public void after() {
            HAPPENED.add("after");
        }
    }

    @Test
    void beforeAndAfterRunOnceAroundTheUsers() {
        try (Target target = Target.start()) {
            Hooks.url = target.url();

            Trial trial = Trial.of(Hooks.class);

            assertThat(trial.result.exitCode()).isZero();
            assertThat(Hooks.HAPPENED).containsExactly("before", "user", "after");
            assertThat(target.targets()).containsExactly("/x");
        }
    }

    /** A hook that fails. */
    public static final class FailingBefore extends Simulation {
        static String url = "";

        {
            setUp(scenario("s").exec(http("x").get(url + "/x")).injectOpen(atOnceUsers(1)));
        }

        @Override
        public void before() {
            throw new IllegalStateException("no data");
        }
    }

    static final class CrashedBeforeAfter extends Simulation {
        static final List<String> CALLS = new ArrayList<>();

        {
            setUp(scenario("s").exec(crashLoadGenerator("mine")).injectOpen(atOnceUsers(1)));
        }

        @Override
        public void after() {
            CALLS.add("after");
        }
    }

    @Test
    void afterRunsAlsoWhenTheRunCrashed() {
        Trial trial = Trial.of(CrashedBeforeAfter.class);

        assertThat(trial.result.exitCode()).isEqualTo(3);
        assertThat(CrashedBeforeAfter.CALLS).containsExactly("after");
    }

    @Test
    void anExceptionInBeforeEndsWithCode1AndNothingIsSent() {
        try (Target target = Target.start()) {
            FailingBefore.url = target.url();

            Trial trial = Trial.of(FailingBefore.class);

            assertThat(trial.result.exitCode()).isEqualTo(1);
            assertThat(trial.result.problems())
                    .hasSize(1)
                    .first()
                    .asString()
                    .startsWith("before() of dev.onrush.words.SetUpWordsTest$FailingBefore, SetUpWordsTest.java:")
                    .endsWith(
                            ": failed with IllegalStateException: no data. Nothing was sent; correct it and run again.");
            assertThat(target.came).isEmpty();
        }
    }

    @Test
    void scenariosOfOneSetUpRunSideBySide() {
        try (Target target = Target.answering(request -> TruthResponse.ok("ok").after(Duration.ofMillis(500)))) {
            Trial trial = Trial.of(simulation -> simulation
                    .setUp(IntStream.of(1, 2, 3)
                            .mapToObj(i -> scenario("s" + i)
                                    .exec(http("x").get("/" + i))
                                    .injectOpen(atOnceUsers(1)))
                            .toList())
                    .protocols(List.of(http.baseUrl(target.url()))));

            assertThat(trial.failures()).isEmpty();
            assertThat(Set.copyOf(target.targets())).containsExactlyInAnyOrder("/1", "/2", "/3");
            assertThat(trial.statistics().scenarios()).hasSize(3);
            assertThat(trial.requests).allSatisfy(r -> assertThat(r.actual()).isLessThan(500_000));
        }
    }
}
