package authors;

import static dev.onrush.dsl.CoreDsl.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import dev.onrush.dsl.Assertion;
import dev.onrush.dsl.Body;
import dev.onrush.dsl.ChainBuilder;
import dev.onrush.dsl.CheckBuilder;
import dev.onrush.dsl.Choice;
import dev.onrush.dsl.ClosedInjectionStep;
import dev.onrush.dsl.FeederBuilder;
import dev.onrush.dsl.LoadedSimulation;
import dev.onrush.dsl.OpenInjectionStep;
import dev.onrush.dsl.PauseType;
import dev.onrush.dsl.PopulationBuilder;
import dev.onrush.dsl.ScenarioBuilder;
import dev.onrush.dsl.Session;
import dev.onrush.dsl.Simulation;

/** Call shapes that are promised: that this class compiles is most of the test. HTTP's are tested in its module. */
class LinesThatCompileTest {
    private final ChainBuilder a = exec(session -> session.set("a", 1));
    private final ChainBuilder b = pause(1);
    private final ScenarioBuilder s2 = scenario("two").exec(b);

    static class Carts {
        static Session touch(Session session) {
            return session.set("touched", true);
        }
    }

    @Test
    void pausesAndPaces() {
        List<ChainBuilder> lines = List.of(
                pause(2),
                pause(0, 4),
                pause(3, exponentialPauses),
                pause(1, 4, disabledPauses),
                pause("#{think}", constantPauses),
                pause(s -> Duration.ofMillis(40)),
                pause(s -> Duration.ofMillis(40), s -> Duration.ofMillis(90)),
                pause(2, customPauses(s -> 250L)),
                pace(1, "lap"),
                pace("#{lap}"),
                pace("#{lo}", "#{hi}", "lap"),
                pause("#{lo}", "#{hi}", PauseType.Exponential),
                pause(Duration.ofMillis(1), normalPausesWithStdDevDuration(Duration.ofMillis(1))),
                pause(Duration.ZERO, Duration.ofMillis(1), normalPausesWithPercentageDuration(10)),
                pause(s -> Duration.ofMillis(1), uniformPausesPlusOrMinusDuration(Duration.ofMillis(1))),
                pause("#{think}", uniformPausesPlusOrMinusPercentage(10)),
                pace(Duration.ofMillis(3), Duration.ofMillis(4)),
                pace(s -> Duration.ofMillis(3), s -> Duration.ofMillis(4), "lap"));

        assertThat(lines).doesNotContainNull();
    }

    @Test
    void loops() {
        List<ChainBuilder> lines = List.of(
                during(9, false).on(a),
                during(9, "turn").on(a),
                during("#{span}", "turn", true).on(a, b),
                repeat("#{n}", "i").on(a),
                repeat(s -> 3).on(b),
                foreach(List.of(7, 8), "id").on(a),
                foreach(s -> s.getList("ids"), "id").on(a),
                foreach("#{ids}", "id", "i").on(a),
                forever().on(a),
                forever("turn").on(a, b));

        assertThat(lines).doesNotContainNull();
    }

    @Test
    void structure() {
        List<ChainBuilder> lines = List.of(
                exec(a, b, a),
                exec(List.of(a, b)),
                exec(s -> s.set("n", 1)),
                exec(Carts::touch),
                ChainBuilder.EMPTY,
                a.toChainBuilder(),
                group("cart").on(a, b),
                group(s -> "cart").on(a),
                doIf("#{on}").then(a),
                doIf(s -> true).then(a, b),
                doIfOrElse("#{on}").then(a).orElse(b),
                doIfOrElse(s -> s.isFailed()).then(a, b).orElse(b, a),
                randomSwitch().on(percent(60).then(a), percent(40).then(b)),
                randomSwitch().on(List.of(percent(12.5).then(a, b))),
                randomSwitch().on(new Choice.WithWeight(30, a)));
        ScenarioBuilder s1 = scenario("one").repeat(2).on(a).exec(b);

        assertThat(lines).doesNotContainNull();
        assertThat(s1).isNotNull();
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"}) // a raw array is promised
    void feeders() {
        FeederBuilder.FileBased<String> rows = csv("rows.csv").circular();
        FeederBuilder.FileBased<String> shared = rows.shard();
        FeederBuilder<Object> own =
                listFeeder(List.of(Map.<String, Object>of("sku", "a1"))).shard().circular();
        FeederBuilder<Object> lengths = rows.transform((k, v) -> v.length());
        FeederBuilder<String> once = csv("rows.csv").queue().stopUserWhenEmpty();
        FeederBuilder.FileBased<Object> objects = jsonFile("rows.json").random();
        List<ChainBuilder> lines = List.of(
                feed(arrayFeeder(new Map[] {Map.of("sku", "a1")})),
                feed(listFeeder(List.of(Map.of("sku", "a1"))).random(), 2),
                feed(Stream.generate(() -> Map.<String, Object>of("id", 1)).iterator()),
                feed(() -> List.<Map<String, Object>>of().iterator()),
                feed(once, "#{n}"),
                feed(lengths, s -> 2),
                feed(objects),
                feed(shared),
                feed(own),
                feed(jsonlFile("rows.jsonl").shuffle()),
                feed(ssv("rows.ssv")),
                feed(tsv("rows.tsv", '\'')),
                feed(separatedValues("rows.txt", '#')),
                feed(separatedValues("rows.txt", '#', '\'')));

        assertThat(lines).doesNotContainNull();
    }

    @Test
    void checks() {
        List<CheckBuilder> lines = List.of(
                substring("ok"),
                regex("a(b)(c)").captureGroups(2).is(List.of("b", "c")),
                bodyString().is(StringBody("n=#{n}")),
                jsonPath("$.n").ofInt().lt(100),
                jsonPath("$.o").ofMap().is(Map.of("k", 1)),
                jsonPath("$.x").ofObject().is(StringBody("#{x}")),
                bodyString().transform(String::length).gt(9),
                regex("x").count().is(2),
                responseTimeInMillis().lt(500),
                jsonPath("$.n").findAll().saveAs("all"),
                regex("x").find(1).in("a", "b"),
                substring(s -> "ok").exists());
        List<Body> bodies =
                List.of(StringBody("#{x}"), StringBody(s -> "x"), ElFileBody("x.json"), RawFileBody("x.bin"));

        assertThat(lines).doesNotContainNull();
        assertThat(bodies).doesNotContainNull();
    }

    @Test
    void sessions() {
        List<Object> seen = new java.util.ArrayList<>();

        ChainBuilder reads = exec(session -> {
            int n = session.getInt("n");
            List<String> l = session.getList("l");
            String t = session.get("t");
            long id = session.userId();
            seen.addAll(List.of(n, l, t, id));
            return session;
        });

        assertThat(reads).isNotNull();
        assertThat(seen).isEmpty();
    }

    @Test
    void injection() {
        ScenarioBuilder s1 = scenario("one").exec(a);
        List<OpenInjectionStep> open = List.of(
                nothingFor(1),
                rampUsers(0).during(5),
                constantUsersPerSec(2.5).during(Duration.ofMillis(1500)).poisson(),
                rampUsersPerSec(0).to(9).during(60).randomized(),
                OpenInjectionStep.atOnceUsers(3),
                OpenInjectionStep.nothingFor(Duration.ofMillis(2)),
                stressPeakUsers(9).during(Duration.ofSeconds(3)),
                incrementUsersPerSec(5).times(3).eachLevelLasting(10),
                incrementUsersPerSec(5)
                        .times(3)
                        .eachLevelLasting(10)
                        .separatedByRampsLasting(2)
                        .startingFrom(1));
        List<ClosedInjectionStep> closed = List.of(
                incrementConcurrentUsers(5)
                        .times(3)
                        .eachLevelLasting(10)
                        .startingFrom(1)
                        .separatedByRampsLasting(2),
                constantConcurrentUsers(2).during(5),
                rampConcurrentUsers(1).to(4).during(Duration.ofSeconds(9)));
        PopulationBuilder two = s1.injectOpen(
                nothingFor(1),
                rampUsers(0).during(5),
                constantUsersPerSec(2.5).during(Duration.ofMillis(1500)).poisson(),
                rampUsersPerSec(0).to(9).during(60).randomized());

        assertThat(List.of(s1.injectOpen(open), s1.injectClosed(closed).maxUsers(20), two))
                .doesNotContainNull();
    }

    static class ListOfPopulations extends Simulation {
        ScenarioBuilder s1 = scenario("one").exec(pause(1));

        {
            setUp(List.of(s1.injectOpen(atOnceUsers(1))));
        }
    }

    static class EverySetUpWord extends Simulation {
        ScenarioBuilder s1 = scenario("one").exec(pause(1));
        ScenarioBuilder s2 = scenario("two").exec(pause(1));

        {
            setUp(
                            s1.injectOpen(atOnceUsers(1)).exponentialPauses(),
                            s2.injectClosed(constantConcurrentUsers(2).during(5))
                                    .disablePauses())
                    .uniformPauses(10)
                    .maxDuration(90)
                    .seed(42L)
                    .warmUp(5)
                    .failOnUntrusted()
                    .maxRate(100)
                    .stopIfFailedAbove(50, Duration.ofSeconds(10))
                    .secret("s3cret", "t0ken")
                    .keepSamples()
                    .allowTargets("shop.test", "*.shop.test", "127.0.0.0/8")
                    .customPauses(s -> 3L)
                    .constantPauses()
                    .uniformPauses(Duration.ofMillis(3))
                    .normalPausesWithStdDevDuration(Duration.ofMillis(3))
                    .normalPausesWithPercentageDuration(3)
                    .pauses(disabledPauses)
                    .assertions(
                            global().allRequests().count().is(5L),
                            global().failedRequests().percent().lt(1.5),
                            forAll().requestsPerSec().gte(40.0),
                            global().responseTime().percentile3().lt(800),
                            global().responseTime().p999().lte(Duration.ofMillis(900)),
                            global().startDelay().p99().lt(10),
                            details("cart", "add").serviceTime().max().in(Set.of(1, 2)),
                            global().responseTime().mean().deviatesAround(80, 0.1));
        }
    }

    @Test
    void setUps() {
        LoadedSimulation one = LoadedSimulation.load(ListOfPopulations.class);
        LoadedSimulation all = LoadedSimulation.load(EverySetUpWord.class);

        assertThat(one.plan().populations()).hasSize(1);
        assertThat(all.plan().populations()).hasSize(2);
        assertThat(all.plan().assertions()).hasSize(8);
        assertThat(all.plan().rules().seed()).isEqualTo(42);
        assertThat(all.plan().rules().warmUp()).isEqualTo(Duration.ofSeconds(5));
        assertThat(all.plan().rules().maxDuration()).isEqualTo(Duration.ofSeconds(90));
        assertThat(all.plan().rules().failOnUntrusted()).isTrue();
        assertThat(all.plan().rules().secrets()).containsExactly("s3cret", "t0ken");
        assertThat(all.plan().rules().allowTargets()).containsExactly("shop.test", "*.shop.test", "127.0.0.0/8");
        assertThat(all.problems()).isEmpty();
        assertThat(all.warnings()).isEmpty();
    }

    @Test
    void assertionsOfEveryShape() {
        List<Assertion> lines = List.of(
                global().responseTime().min().gt(1),
                global().responseTime().max().gte(Duration.ofMillis(1)),
                global().responseTime().stdDev().between(1, 2),
                global().responseTime().percentile(99.99).between(Duration.ofMillis(1), Duration.ofMillis(2), false),
                global().responseTime().percentile1().around(5, 1),
                global().responseTime().percentile2().around(Duration.ofMillis(5), Duration.ofMillis(1), false),
                global().responseTime().percentile4().shouldBe(5),
                global().responseTime().p50().within(5, 6),
                global().responseTime().p75().in(Duration.ofMillis(5), Duration.ofMillis(6)),
                global().responseTime().p90().is(Duration.ofMillis(5)),
                global().responseTime().p95().deviatesAround(Duration.ofMillis(5), 0.2, false),
                global().successfulRequests().percent().deviatesAround(99.0, 0.01),
                global().successfulRequests().count().within(Set.of(1L)));

        assertThat(lines).doesNotContainNull();
    }

    @Test
    void tellsWhichPartOfTheRunThisIs() {
        assertThat(deploymentInfo.runId).isNotNull();
        assertThat(deploymentInfo.locationName).isNull();
        assertThat(deploymentInfo.numberOfLoadGeneratorsInRun).isEqualTo(1);
        assertThat(deploymentInfo.indexOfLoadGeneratorInRun).isZero();
        assertThat(deploymentInfo.numberOfLoadGeneratorsInLocation).isEqualTo(1);
        assertThat(deploymentInfo.indexOfLoadGeneratorInLocation).isZero();
        assertThat(deploymentInfo.logFiles()).isEmpty();
    }
}
