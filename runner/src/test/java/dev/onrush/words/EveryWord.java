package dev.onrush.words;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.http;
import static dev.onrush.jdbc.JdbcDsl.jdbcFeeder;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.onrush.dsl.Assertion;
import dev.onrush.dsl.ChainBuilder;
import dev.onrush.dsl.Choice;
import dev.onrush.dsl.FeederBuilder;
import dev.onrush.dsl.OpenInjectionStep;
import dev.onrush.dsl.PauseType;
import dev.onrush.dsl.PopulationBuilder;
import dev.onrush.dsl.ScenarioBuilder;
import dev.onrush.dsl.Simulation;
import dev.onrush.http.HttpProtocolBuilder;
import dev.onrush.http.HttpRequestActionBuilder;

/**
 * Uses every word at least once, in groups as docs/dsl.md has them, and runs without a failure. Who adds a word adds it to the
 * method of its group. What a word means is shown by the tests of that word.
 */
public class EveryWord extends Simulation {
    /** What words need that speak of other machines. */
    record Surroundings(
            String url,
            String securedUrl,
            String linesUrl,
            int port,
            int proxyPort,
            int namesPort,
            String packedFile) {}

    static volatile Surroundings around = new Surroundings("", "", "", 0, 0, 0, "");

    private static final Duration MILLI = Duration.ofMillis(1);
    private static final Duration SHORT = Duration.ofMillis(5);
    private static final Duration LONG = Duration.ofSeconds(60);

    private final Surroundings here = around;

    {
        registerJmesPathFunctions(new EveryHttpWord.Twice());
        List<PopulationBuilder> populations = new ArrayList<>(List.of(
                steps().injectOpen(open())
                        .protocols(http.baseUrl(here.url()))
                        .constantPauses()
                        .maxUsers(1000)
                        .noShard(),
                structure()
                        .injectClosed(
                                constantConcurrentUsers(1).during(SHORT),
                                rampConcurrentUsers(1).to(1).during(SHORT),
                                incrementConcurrentUsers(1)
                                        .times(1)
                                        .eachLevelLasting(SHORT)
                                        .startingFrom(1)
                                        .separatedByRampsLasting(SHORT)),
                olderWords().injectOpen(atOnceUsers(1)),
                scenario("sessions").exec(sessions()).injectOpen(atOnceUsers(1)).exponentialPauses(),
                scenario("feeders")
                        .exec(feeders(here))
                        .injectOpen(atOnceUsers(1))
                        .uniformPauses(10),
                scenario("checks")
                        .exec(EveryHttpWord.checks())
                        .injectOpen(atOnceUsers(1))
                        .customPauses(session -> 1L),
                scenario("requests")
                        .exec(EveryHttpWord.requests(here))
                        .injectOpen(atOnceUsers(1))
                        .pauses(PauseType.Disabled),
                scenario("bodies")
                        .exec(EveryHttpWord.bodies())
                        .injectOpen(atOnceUsers(1))
                        .disablePauses(),
                scenario("cookies")
                        .exec(EveryHttpWord.cookies())
                        .injectOpen(atOnceUsers(1))
                        .normalPausesWithStdDevDuration(SHORT)
                        .andThen(scenario("after")
                                .exec(get("after"))
                                .injectOpen(atOnceUsers(1))
                                .normalPausesWithPercentageDuration(5))));
        int n = 0;
        for (HttpProtocolBuilder protocol : EveryHttpWord.protocols(here)) {
            populations.add(scenario("protocol " + n++)
                    .exec(get("protocol"))
                    .injectOpen(atOnceUsers(1))
                    .protocols(protocol)
                    .throttle(reachRps(500).in(MILLI), jumpToRps(400), holdFor(LONG)));
        }
        SetUp set = setUp(populations)
                .protocols(http.baseUrl(here.url()).disableCaching())
                .throttle(reachRps(5000).during(MILLI), holdFor(LONG))
                .pauses(PauseType.Constant)
                .maxDuration(LONG)
                .seed(42)
                .warmUp(MILLI)
                .maxRate(100_000)
                .stopIfFailedAbove(50, 10)
                .secret("s3cret")
                .keepSamples()
                .allowTargets("127.0.0.0/8", "shop.test")
                .assertions(assertions());
        if (here.url().isEmpty()) {
            set.failOnUntrusted(); // a generator on a busy machine may be anything
        }
    }

    @Override
    public void before() {}

    @Override
    public void after() {}

    // ---- injection

    private static List<OpenInjectionStep> open() {
        return List.of(
                OpenInjectionStep.atOnceUsers(1),
                OpenInjectionStep.nothingFor(MILLI),
                atOnceUsers(1),
                nothingFor(MILLI),
                rampUsers(1).during(SHORT),
                constantUsersPerSec(100).during(SHORT),
                constantUsersPerSec(100).during(SHORT).randomized(),
                constantUsersPerSec(100).during(SHORT).poisson(),
                rampUsersPerSec(0).to(200).during(SHORT),
                rampUsersPerSec(0).to(200).during(SHORT).randomized(),
                rampUsersPerSec(0).to(200).during(SHORT).poisson(),
                incrementUsersPerSec(100)
                        .times(2)
                        .eachLevelLasting(SHORT)
                        .startingFrom(100)
                        .separatedByRampsLasting(SHORT),
                stressPeakUsers(1).during(SHORT));
    }

    // ---- steps, as they begin a chain and as methods

    private static HttpRequestActionBuilder get(String name) {
        return http(name).get("/");
    }

    private static ScenarioBuilder steps() {
        ChainBuilder never = doIf("false")
                .then(
                        stopLoadGenerator("never"),
                        crashLoadGenerator("never"),
                        exitHere(),
                        exitHereIf("true"),
                        stopLoadGeneratorIf("never", "true"),
                        crashLoadGeneratorIf("never", "true"));
        return scenario("steps")
                .exec(
                        exec(session -> session.set("n", 1).set("key", "b")),
                        execBlocking(session -> session),
                        ChainBuilder.EMPTY.toChainBuilder(),
                        get("chain").toChainBuilder(),
                        group("group").on(get("in a group")),
                        pause(MILLI, constantPauses),
                        pause(0, disabledPauses),
                        pause(MILLI, exponentialPauses),
                        pause(MILLI, PauseType.Constant),
                        pause(MILLI, PauseType.Disabled),
                        pause(MILLI, PauseType.Exponential),
                        pause(MILLI, normalPausesWithStdDevDuration(MILLI)),
                        pause(MILLI, normalPausesWithPercentageDuration(10)),
                        pause(MILLI, uniformPausesPlusOrMinusDuration(MILLI)),
                        pause(MILLI, uniformPausesPlusOrMinusPercentage(10)),
                        pause(1, customPauses(session -> 1L)),
                        pace(MILLI),
                        rendezVous(1))
                .exec(
                        repeat(1, "i").on(get("turn #{i}")),
                        foreach(List.of(7), "id").on(get("element #{id}")),
                        during(SHORT).on(pause(MILLI)),
                        forever()
                                .on(
                                        exitHereIf("false"),
                                        tryMax(1).on(exitBlockOnFail().on(exitHereIfFailed())),
                                        once()),
                        asLongAs("#{n.isUndefined()}").on(get("never")),
                        doWhile("false").on(get("once")),
                        asLongAsDuring("false", SHORT).on(get("never")),
                        doWhileDuring("false", SHORT).on(get("once")),
                        never)
                .exec(get("never")); // whoever is in forever leaves by exitHere
    }

    private static ChainBuilder once() {
        return exec(
                doIfOrElse("#{n.exists()}").then(get("then")).orElse(get("never")),
                doIfEquals("#{n}", 1).then(get("equal")),
                doIfEqualsOrElse("#{n}", 2).then(get("never")).orElse(get("not equal")),
                doSwitch("#{key}").on(onCase("a").then(get("never")), new Choice.WithKey("b", exec(get("case")))),
                doSwitchOrElse("#{key}").on(onCase("a").then(get("never"))).orElse(get("else")),
                randomSwitch().on(percent(100).then(get("certain")), new Choice.WithWeight(0, exec(get("never")))),
                randomSwitchOrElse().on(percent(0).then(get("never"))).orElse(get("rest")),
                uniformRandomSwitch().on(get("one"), get("other")),
                roundRobinSwitch().on(get("one"), get("other")),
                dummy("dummy", 1).withSuccess(true).withSessionUpdate(session -> session.set("dummy", true)),
                feed(listFeeder(List.of(Map.of("k", 1))).circular()),
                stopLoadGeneratorIf("never", "false"),
                crashLoadGeneratorIf("never", "false"),
                exitHere());
    }

    private static ScenarioBuilder structure() {
        Choice.WithKey chosen = onCase("b").then(get("case"));
        Choice.WithWeight certain = percent(100).then(get("certain"));
        return scenario("structure")
                .exec(session -> session.set("n", 1).set("key", "b"))
                .execBlocking(session -> session)
                .group("group")
                .on(get("in a group"))
                .pause(MILLI)
                .pace(MILLI)
                .rendezVous(1)
                .repeat(1)
                .on(get("turn"))
                .foreach(List.of(7), "id")
                .on(get("element"))
                .during(SHORT)
                .on(pause(MILLI))
                .asLongAs("false")
                .on(get("never"))
                .doWhile("false")
                .on(get("once"))
                .asLongAsDuring("false", SHORT)
                .on(get("never"))
                .doWhileDuring("false", SHORT)
                .on(get("once"))
                .doIf("true")
                .then(get("then"))
                .doIfOrElse("false")
                .then(get("never"))
                .orElse(get("else"))
                .doIfEquals("#{n}", 1)
                .then(get("equal"))
                .doIfEqualsOrElse("#{n}", 1)
                .then(get("equal"))
                .orElse(get("never"))
                .doSwitch("#{key}")
                .on(new Choice.WithKey(chosen.key(), chosen.chain()))
                .doSwitchOrElse("#{key}")
                .on(chosen)
                .orElse(get("never"))
                .randomSwitch()
                .on(new Choice.WithWeight(certain.percent(), certain.chain()))
                .randomSwitchOrElse()
                .on(certain)
                .orElse(get("never"))
                .uniformRandomSwitch()
                .on(get("one"), get("other"))
                .roundRobinSwitch()
                .on(get("one"), get("other"))
                .tryMax(1)
                .on(get("tried"))
                .exitBlockOnFail()
                .on(get("in a block"))
                .feed(listFeeder(List.of(Map.of("k", 1))).circular())
                .stopLoadGeneratorIf("never", "false")
                .crashLoadGeneratorIf("never", "false")
                .exitHereIf("false")
                .exitHereIfFailed()
                .doIf("false")
                .then(ChainBuilder.EMPTY
                        .stopLoadGenerator("never")
                        .crashLoadGenerator("never")
                        .exitHere())
                .forever()
                .on(exitHereIf("true"));
    }

    /** What older versions called it, or how they wrote it. */
    private static ScenarioBuilder olderWords() {
        return scenario("older words")
                .exec(session -> session.set("key", "b"))
                .exec(
                        exitBlockOnFail(get("in a block")),
                        doSwitch("#{key}").on(Choice.withKey("b", exec(get("case")))),
                        randomSwitch().on(Choice.withWeight(100, exec(get("certain")))),
                        stopInjectorIf("never", "false"),
                        doIf("false").then(stopInjector("never").stopInjector("never")))
                .exitBlockOnFail(get("in a block"))
                .stopInjectorIf("never", "false");
    }

    // ---- sessions and feeders

    private static ChainBuilder sessions() {
        return exec(session -> session.set("n", "1")
                        .setAll(Map.of("list", List.of(1), "yes", true, "map", Map.of("k", 1), "gone", 1, "too", 2))
                        .remove("gone")
                        .removeAll("too"))
                .exec(session -> session.set(
                        "read",
                        List.of(
                                session.<String>get("n"),
                                session.getString("n"),
                                session.getInt("n"),
                                session.getLong("n"),
                                session.getDouble("n"),
                                session.getBoolean("yes"),
                                session.getIntegerWrapper("n"),
                                session.getLongWrapper("n"),
                                session.getDoubleWrapper("n"),
                                session.getBooleanWrapper("yes"),
                                session.getList("list"),
                                session.getSet("list"),
                                session.getMap("map"),
                                session.contains("n"),
                                session.isFailed(),
                                session.scenario(),
                                session.groups(),
                                session.userId())))
                .exec(session -> session.markAsFailed().markAsSucceeded())
                .exec(get("read #{read.size()}"))
                .exec(session -> session.reset())
                .exec(session -> session.set("run", deploymentInfo.runId)
                        .set("where", String.valueOf(deploymentInfo.locationName))
                        .set("logs", deploymentInfo.logFiles().size())
                        .set(
                                "generators",
                                List.of(
                                        deploymentInfo.numberOfLoadGeneratorsInLocation,
                                        deploymentInfo.indexOfLoadGeneratorInLocation,
                                        deploymentInfo.numberOfLoadGeneratorsInRun,
                                        deploymentInfo.indexOfLoadGeneratorInRun)))
                .exec(get("run #{run.exists()} #{where} #{logs} #{generators}"));
    }

    private static ChainBuilder feeders(Surroundings here) {
        FeederBuilder<Object> listed = listFeeder(List.of(Map.of("k", 1)));
        FeederBuilder.FileBased<String> items = csv("words/items.csv");
        FeederBuilder.FileBased<String> packed = csv(here.packedFile());
        FeederBuilder.Batchable<String> held = csv("words/items.csv");
        Iterator<Map<String, Object>> own =
                Stream.generate(() -> Map.<String, Object>of("k", 1)).iterator();
        return exec(
                feed(listed.queue()),
                feed(listed.shuffle()),
                feed(listed.random()),
                feed(listed.circular(), 2),
                feed(listed.stopUserWhenEmpty()),
                feed(listed.shard()),
                feed(items.shard()),
                feed(items.queue()),
                feed(items.shuffle()),
                feed(items.random()),
                feed(items.circular()),
                feed(items.stopUserWhenEmpty()),
                feed(items.transform((key, value) -> value.length())),
                feed(csv(here.packedFile()).eager().unzip()),
                feed(held.batch().queue().shard()),
                feed(held.batch(2).shuffle().stopUserWhenEmpty()),
                feed(held.random()),
                feed(held.circular()),
                feed(jdbcFeeder("jdbc:h2:mem:", "", "", "select 1 as k")),
                feed(packed.unzip()),
                feed(ssv("words/prices.ssv")),
                feed(tsv("words/items.tsv")),
                feed(separatedValues("words/items.txt", '#', '\'')),
                feed(jsonFile("words/items.json")),
                feed(jsonlFile("words/items.jsonl")),
                feed(jsonUrl(here.url() + "/list")),
                feed(arrayFeeder(records())),
                feed(own),
                get("records " + items.readRecords().size() + " of " + items.recordsCount()));
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // a raw array is promised
    private static Map<String, Object>[] records() {
        return new Map[] {Map.of("k", 1)};
    }

    // ---- assertions

    private static List<Assertion> assertions() {
        return List.of(
                global().responseTime().min().gte(Duration.ZERO),
                global().responseTime().max().lt(LONG),
                global().responseTime().mean().lte(LONG),
                global().responseTime().stdDev().between(Duration.ZERO, LONG),
                global().serviceTime().percentile1().gt(-1),
                global().serviceTime().percentile2().lt(60_000),
                global().serviceTime().percentile3().lte(60_000),
                global().serviceTime().percentile4().gte(0),
                global().startDelay().percentile(50).between(0, 60_000),
                global().startDelay().p50().around(30_000, 30_000),
                global().startDelay().p75().around(LONG.dividedBy(2), LONG.dividedBy(2)),
                global().startDelay().p90().deviatesAround(30_000, 1),
                global().startDelay().p95().deviatesAround(LONG.dividedBy(2), 1),
                global().startDelay().p99().gte(0),
                global().responseTime().p999().lt(LONG),
                details("dummy").serviceTime().min().gt(Duration.ZERO),
                details("dummy").serviceTime().max().is(MILLI),
                details("dummy").serviceTime().max().shouldBe(MILLI),
                details("dummy").serviceTime().max().in(MILLI, SHORT),
                details("dummy").serviceTime().max().within(MILLI, SHORT),
                global().allRequests().count().gt(100L),
                global().failedRequests().count().is(0L),
                global().failedRequests().count().shouldBe(0L),
                global().failedRequests().count().in(0L, 1L),
                global().failedRequests().count().within(0L, 1L),
                global().failedRequests().percent().lt(1.0),
                global().successfulRequests().percent().gte(100.0),
                forAll().requestsPerSec().gt(0.0),
                details("group", "in a group").allRequests().count().lte(1_000L),
                details("group").allRequests().count().gte(1L));
    }
}
