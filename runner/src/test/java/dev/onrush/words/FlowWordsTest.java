package dev.onrush.words;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.onrush.core.DefinitionException;
import dev.onrush.core.eventlog.UserEnd;
import dev.onrush.dsl.ChainBuilder;
import dev.onrush.dsl.Choice;
import dev.onrush.dsl.Executable;
import dev.onrush.dsl.Session;
import dev.onrush.dsl.Simulation;
import dev.onrush.dsl.StructureBuilder;
import dev.onrush.testkit.TruthResponse;

/** Loops with conditions, switches, ways out, waiting for each other, and populations one after the other, with real requests. */
@Timeout(30)
class FlowWordsTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    /** {@code /ko…} fails, {@code /flaky} fails so often, {@code /slow} takes 60 ms. */
    private static Target shop(int flaky) {
        AtomicInteger failures = new AtomicInteger(flaky);
        return Target.answering(request -> {
            if (request.path().startsWith("/ko") || request.path().equals("/flaky") && failures.getAndDecrement() > 0) {
                return TruthResponse.status(500);
            }
            return request.path().equals("/slow")
                    ? TruthResponse.ok("slow").after(Duration.ofMillis(60))
                    : TruthResponse.ok("ok");
        });
    }

    private static ChainBuilder get(String path) {
        return exec(http(path).get(path));
    }

    /** What one user asked for that did this, and then told whether it is failed. */
    private static List<String> targets(Executable first, Executable... more) {
        try (Target target = shop(0)) {
            Trial trial = Trial.of(target, exec(first, more), http("end").get(s -> "/" + s.isFailed()));

            assertThat(trial.result.problems()).isEmpty();
            assertThat(trial.userEnds).containsExactly(UserEnd.THROUGH);
            return target.targets();
        }
    }

    // ---- loops with conditions

    @Test
    void asLongAsTestsBeforeEachTurnAndBeforeEachStepIfTold() {
        ChainBuilder body = exec(get("/a"), exec(s -> s.set("n", 1)), get("/b"));
        Function<Session, Boolean> fresh = s -> !s.contains("n");
        ChainBuilder clear = exec(s -> s.remove("n"));

        assertThat(targets(
                        asLongAs(fresh).on(body),
                        asLongAs("#{n.isUndefined()}").on(get("/never")),
                        clear,
                        asLongAs("#{n.isUndefined()}", "i").on(get("/#{i}"), body),
                        clear,
                        asLongAs(fresh, true).on(group("g").on(body)),
                        clear,
                        asLongAs("#{n.isUndefined()}", "i", true).on(body),
                        http("i").get("/#{i.isUndefined()}")))
                .containsExactly("/a", "/b", "/0", "/a", "/b", "/a", "/a", "/true", "/false");
    }

    @Test
    void doWhileTakesAtLeastOneTurn() {
        assertThat(targets(
                        doWhile(s -> false).on(get("/a")),
                        doWhile("#{i}", "i").on(get("/never")),
                        http("failed").get(s -> "/" + s.isFailed()),
                        exec(s -> s.markAsSucceeded()),
                        doWhile(s -> s.getInt("turn") < 2, "turn").on(get("/#{turn}"))))
                .containsExactly("/a", "/never", "/true", "/0", "/1", "/false");
    }

    @Test
    void whatIsBoundByAConditionAndATimeEndsWithTheFirstOfBoth() {
        ChainBuilder slow = exec(get("/slow"), get("/behind"));

        assertThat(targets(
                        asLongAsDuring(s -> s.getInt("i") < 2, LONG, "i").on(get("/#{i}")),
                        asLongAsDuring("true", Duration.ofMillis(30)).on(slow),
                        asLongAsDuring("true", Duration.ofMillis(30), false).on(slow),
                        doWhileDuring("false", LONG).on(slow),
                        doWhileDuring("true", Duration.ofMillis(30), "turn").on(get("/t#{turn}"), get("/slow"))))
                .containsExactly("/0", "/1", "/slow", "/slow", "/behind", "/slow", "/behind", "/t0", "/slow", "/false");
    }

    /** Each pairing of the kinds of a condition and of a duration: one turn each. */
    @Test
    void everyPairingOfConditionAndDurationExists() {
        Function<Session, Boolean> first = s -> s.getInt("i") == 0;
        Function<Session, Duration> long20 = s -> LONG;
        Function<Session, Boolean> begun = s -> s.getBoolean("first");
        String firstToo = "#{first}";
        ChainBuilder once = exec(s -> s.set("turns", s.getInt("turns") + 1).set("first", false));
        ChainBuilder begin = exec(s -> s.set("first", true));
        List<ChainBuilder> loops = new ArrayList<>();
        Consumer<StructureBuilder.On<ChainBuilder>> add = loop -> loops.add(begin.exec(loop.on(once)));

        add.accept(asLongAsDuring(firstToo, 20));
        add.accept(asLongAsDuring(firstToo, 20, "i"));
        add.accept(asLongAsDuring(firstToo, 20, false));
        add.accept(asLongAsDuring(firstToo, 20, "i", false));
        add.accept(asLongAsDuring(firstToo, LONG));
        add.accept(asLongAsDuring(firstToo, LONG, "i"));
        add.accept(asLongAsDuring(firstToo, LONG, true));
        add.accept(asLongAsDuring(firstToo, LONG, "i", true));
        add.accept(asLongAsDuring(firstToo, "#{span}"));
        add.accept(asLongAsDuring(firstToo, "#{span}", "i"));
        add.accept(asLongAsDuring(firstToo, "#{span}", false));
        add.accept(asLongAsDuring(firstToo, "#{span}", "i", false));
        add.accept(asLongAsDuring(firstToo, long20));
        add.accept(asLongAsDuring(firstToo, long20, "i"));
        add.accept(asLongAsDuring(firstToo, long20, true));
        add.accept(asLongAsDuring(firstToo, long20, "i", true));
        add.accept(asLongAsDuring(first, 20, "i"));
        add.accept(asLongAsDuring(first, 20, "i", false));
        add.accept(asLongAsDuring(first, LONG, "i"));
        add.accept(asLongAsDuring(first, LONG, "i", true));
        add.accept(asLongAsDuring(first, "#{span}", "i"));
        add.accept(asLongAsDuring(first, "#{span}", "i", false));
        add.accept(asLongAsDuring(first, long20, "i"));
        add.accept(asLongAsDuring(first, long20, "i", true));
        add.accept(asLongAsDuring(begun, 20));
        add.accept(asLongAsDuring(begun, 20, true));
        add.accept(asLongAsDuring(begun, LONG));
        add.accept(asLongAsDuring(begun, LONG, true));
        add.accept(asLongAsDuring(begun, "#{span}"));
        add.accept(asLongAsDuring(begun, "#{span}", true));
        add.accept(asLongAsDuring(begun, long20));
        add.accept(asLongAsDuring(begun, long20, true));
        int asLongAs = loops.size();
        add.accept(doWhileDuring(firstToo, 20));
        add.accept(doWhileDuring(firstToo, 20, "i"));
        add.accept(doWhileDuring(firstToo, 20, false));
        add.accept(doWhileDuring(firstToo, 20, "i", false));
        add.accept(doWhileDuring(firstToo, LONG));
        add.accept(doWhileDuring(firstToo, LONG, "i"));
        add.accept(doWhileDuring(firstToo, LONG, true));
        add.accept(doWhileDuring(firstToo, LONG, "i", true));
        add.accept(doWhileDuring(firstToo, "#{span}"));
        add.accept(doWhileDuring(firstToo, "#{span}", "i"));
        add.accept(doWhileDuring(firstToo, "#{span}", false));
        add.accept(doWhileDuring(firstToo, "#{span}", "i", false));
        add.accept(doWhileDuring(firstToo, long20));
        add.accept(doWhileDuring(firstToo, long20, "i"));
        add.accept(doWhileDuring(firstToo, long20, true));
        add.accept(doWhileDuring(firstToo, long20, "i", true));
        add.accept(doWhileDuring(begun, 20));
        add.accept(doWhileDuring(begun, 20, "i"));
        add.accept(doWhileDuring(begun, 20, true));
        add.accept(doWhileDuring(begun, 20, "i", true));
        add.accept(doWhileDuring(begun, LONG));
        add.accept(doWhileDuring(begun, LONG, "i"));
        add.accept(doWhileDuring(begun, LONG, true));
        add.accept(doWhileDuring(begun, LONG, "i", true));
        add.accept(doWhileDuring(begun, "#{span}"));
        add.accept(doWhileDuring(begun, "#{span}", "i"));
        add.accept(doWhileDuring(begun, "#{span}", true));
        add.accept(doWhileDuring(begun, "#{span}", "i", true));
        add.accept(doWhileDuring(begun, long20));
        add.accept(doWhileDuring(begun, long20, "i"));
        add.accept(doWhileDuring(begun, long20, true));
        add.accept(doWhileDuring(begun, long20, "i", true));
        add.accept(doWhileDuring(s -> false, 20));
        add.accept(doWhileDuring(s -> false, LONG, true));
        add.accept(doWhileDuring(s -> false, "#{span}", false));
        add.accept(doWhileDuring(s -> false, long20, "i"));

        assertThat(targets(
                        exec(s -> s.set("turns", 0).set("span", "20").set("i", 0)),
                        exec(loops),
                        http("turns").get("/#{turns}")))
                .containsExactly("/" + loops.size(), "/false");
        assertThat(asLongAs).isEqualTo(32);
    }

    // ---- conditions and switches

    @Test
    void equalityIsThatOfTheValuesAndNotOfTheirTexts() {
        assertThat(targets(
                        exec(s -> s.set("tier", "gold").set("wanted", "gold").set("tries", 3)),
                        doIfEquals("#{tier}", "gold").then(get("/a")),
                        doIfEquals("#{tries}", 3).then(get("/b")),
                        doIfEquals("#{tries}", "3").then(get("/never")),
                        doIfEquals("#{tier}", s -> s.get("wanted")).then(get("/c")),
                        doIfEquals(s -> s.get("tier"), "#{wanted}").then(get("/d")),
                        doIfEquals(s -> s.get("tries"), 3).then(get("/e")),
                        doIfEquals(s -> s.getInt("tries"), s -> 3).then(get("/f")),
                        doIfEquals("#{tier}", StringBody("go#{x}")).then(get("/never")),
                        exec(s -> s.markAsSucceeded().set("x", "ld")),
                        doIfEquals("#{tier}", StringBody("go#{x}")).then(get("/g")),
                        doIfEqualsOrElse("#{tier}", "silver")
                                .then(get("/never"))
                                .orElse(get("/h")),
                        doIfEqualsOrElse(s -> s.get("tries"), 3).then(get("/i")).orElse(get("/never"))))
                .containsExactly("/a", "/b", "/c", "/d", "/e", "/f", "/g", "/h", "/i", "/false");
    }

    @Test
    void aSwitchTakesTheCaseOfTheKeyOrElseTheRest() {
        List<Choice.WithKey> cases =
                List.of(onCase("gold").then(get("/gold")), onCase(7).then(get("/seven")));

        assertThat(targets(
                        exec(s -> s.set("tier", "gold").set("n", 7)),
                        doSwitch("#{tier}").on(cases),
                        doSwitch("#{n}")
                                .on(onCase("7").then(get("/never")), onCase(7).then(get("/a"), get("/b"))),
                        doSwitch(s -> "silver").on(cases),
                        doSwitchOrElse("#{n}").on(cases).orElse(get("/never")),
                        doSwitchOrElse(s -> "silver")
                                .on(onCase("gold").then(get("/never")))
                                .orElse(get("/else"))))
                .containsExactly("/gold", "/a", "/b", "/seven", "/else", "/false");
    }

    @Test
    void randomSwitchesShareUsersOut() {
        try (Target target = Target.start()) {
            Trial trial = Trial.of(
                    http.baseUrl(target.url()).shareConnections(),
                    400,
                    randomSwitchOrElse().on(percent(50).then(get("/half"))).orElse(get("/rest")),
                    uniformRandomSwitch().on(get("/u1"), get("/u2")),
                    uniformRandomSwitch().on(List.of(get("/u3"), get("/u4"))),
                    roundRobinSwitch().on(get("/r1"), get("/r2"), get("/r3"), get("/r4")),
                    roundRobinSwitch().on(List.of(get("/r5"), get("/r6"))));

            assertThat(trial.failures()).isEmpty();
            Map<String, Long> counts =
                    target.targets().stream().collect(Collectors.groupingBy(path -> path, Collectors.counting()));
            assertThat(counts).hasSize(12).allSatisfy((path, count) -> {
                if (path.matches("/r[1-4]")) {
                    assertThat(count).isEqualTo(100);
                } else if (path.matches("/r[56]")) {
                    assertThat(count).isEqualTo(200);
                } else {
                    assertThat(count).as(path).isBetween(140L, 260L);
                }
            });
        }
    }

    // ---- errors and leaving

    @Test
    void tryMaxBeginsAnewAtTheFirstFailureAndRecordsEveryAttempt() {
        try (Target target = shop(2)) {
            Trial trial = Trial.of(
                    target,
                    tryMax(3, "attempt")
                            .on(group("pay")
                                    .on(
                                            http("flaky").get("/flaky"),
                                            http("receipt").get("/#{attempt}"))),
                    http("after").get(s -> "/" + s.isFailed() + "/" + s.contains("attempt")));

            assertThat(trial.result.problems()).isEmpty();
            assertThat(target.targets()).containsExactly("/flaky", "/flaky", "/flaky", "/2", "/false/false");
            assertThat(trial.groups)
                    .extracting(Trial.Group::path, Trial.Group::isOk)
                    .containsExactly(tuple("pay", false), tuple("pay", false), tuple("pay", true));
            assertThat(trial.statistics().total().ko()).isEqualTo(2);
        }
    }

    @Test
    void afterTheLastAttemptTheUserStaysFailedAndGoesOn() {
        assertThat(targets(
                        tryMax("#{n}").on(get("/never")),
                        exec(s -> s.markAsSucceeded().set("n", 2)),
                        tryMax("#{n}").on(get("/ko1"), get("/never")),
                        http("behind").get("/behind"),
                        exec(s -> s.markAsSucceeded()),
                        tryMax(s -> 3, "i").on(get("/ko#{i}"), get("/never"))))
                .containsExactly("/ko1", "/ko1", "/behind", "/ko0", "/ko1", "/ko2", "/true");
    }

    @Test
    void aSilentRequestThatFailsIsNoFailureOfItsBlock() {
        assertThat(targets(
                        tryMax(3).on(exec(http("ko").get("/ko").silent()), get("/a")),
                        exitBlockOnFail().on(exec(http("ko").get("/ko").silent()), get("/b"))))
                .containsExactly("/ko", "/a", "/ko", "/b", "/false");
    }

    @Test
    void exitBlockOnFailLeavesTheBlockAndClosesItsGroups() {
        try (Target target = shop(0)) {
            Trial trial = Trial.of(
                    target,
                    exitBlockOnFail()
                            .on(
                                    http("a").get("/a"),
                                    group("g")
                                            .on(repeat(3)
                                                    .on(
                                                            http("ko").get("/ko"),
                                                            http("never").get("/never"))),
                                    http("never").get("/never")),
                    http("behind").get(s -> "/" + s.isFailed()));

            assertThat(target.targets()).containsExactly("/a", "/ko", "/true");
            assertThat(trial.groups)
                    .extracting(Trial.Group::path, Trial.Group::isOk)
                    .containsExactly(tuple("g", false));
        }
    }

    @Test
    void exitHereEndsTheUserAndRecordsItsGroups() {
        try (Target target = shop(0)) {
            Trial trial = Trial.of(
                    http.baseUrl(target.url()),
                    4,
                    group("g")
                            .on(
                                    doIfEquals(Session::userId, 1L).then(exitHere()),
                                    exec(s -> s.set("second", s.userId() == 2)),
                                    exitHereIf("#{second}"),
                                    exitHereIf(s -> s.userId() == 3),
                                    exitHereIfFailed(),
                                    http("ko").get("/ko"),
                                    exitHereIfFailed(),
                                    http("never").get("/never")));

            assertThat(target.targets()).containsExactly("/ko");
            assertThat(trial.groups).hasSize(4);
            assertThat(trial.userEnds).hasSize(4).containsOnly(UserEnd.THROUGH);
            assertThat(trial.result.exitCode()).isZero();
        }
    }

    @Test
    void foreverIsLeftByExitHere() {
        try (Target target = shop(0)) {
            Trial trial = Trial.of(
                    target,
                    forever("i")
                            .on(exitHereIf(s -> s.getInt("i") == 2), http("x").get("/#{i}")));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.targets()).containsExactly("/0", "/1");
        }
    }

    private static Trial stopping(Target target, ChainBuilder stop) {
        return Trial.of(simulation -> simulation
                .setUp(scenario("s")
                        .exec(http("x").get("/x"))
                        .exec(s -> s.set("why", "stock of " + s.userId()).set("third", s.userId() == 3))
                        .exec(stop)
                        .pause(30)
                        .injectOpen(rampUsers(5).during(Duration.ofMillis(250)), nothingFor(30), atOnceUsers(1)))
                .protocols(http.baseUrl(target.url()))
                .assertions(global().failedRequests().count().is(0L)));
    }

    @Test
    void stopLoadGeneratorStopsAtOnceWithItsMessageAndCode0() {
        try (Target target = shop(0)) {
            Trial trial = stopping(target, stopLoadGeneratorIf("no #{why}", "#{third}"));

            assertThat(trial.result.exitCode()).isZero();
            assertThat(trial.marks)
                    .anySatisfy(mark -> assertThat(mark)
                            .startsWith("STOP scenario \"s\" > step 3 (stopLoadGeneratorIf), FlowWordsTest.java:")
                            .endsWith(": no stock of 3"));
            assertThat(trial.userEnds).hasSizeGreaterThanOrEqualTo(3).containsOnly(UserEnd.STOPPED);
            assertThat(trial.statistics().run().durationSeconds()).isLessThan(10);
        }
    }

    @Test
    void crashLoadGeneratorStopsAtOnceWithItsMessageAndCode3() {
        try (Target target = shop(0)) {
            Trial trial = stopping(target, crashLoadGenerator(s -> "wrong build " + s.scenario()));

            assertThat(trial.result.exitCode()).isEqualTo(3);
            assertThat(trial.marks).anySatisfy(mark -> assertThat(mark).endsWith(": wrong build s"));
            assertThat(trial.statistics().total().total()).isPositive();
        }
    }

    @Test
    void anAssertionThatFailsAfterAStopGivesCode2() {
        try (Target target = shop(0)) {
            Trial trial = Trial.of(simulation -> simulation
                    .setUp(scenario("s")
                            .exec(http("ko").get("/ko"))
                            .doIf(Session::isFailed)
                            .then(stopLoadGenerator("it fails"))
                            .injectOpen(atOnceUsers(1)))
                    .protocols(http.baseUrl(target.url()))
                    .assertions(global().failedRequests().count().is(0L)));

            assertThat(trial.result.exitCode()).isEqualTo(2);
        }
    }

    @Test
    void theOtherFormsOfStoppingStopToo() {
        List<ChainBuilder> stops = List.of(
                stopLoadGenerator("#{why}"),
                stopLoadGenerator(s -> "f"),
                stopLoadGeneratorIf("t", s -> true),
                stopLoadGeneratorIf(s -> "f", "true"),
                stopLoadGeneratorIf(s -> "f", s -> true),
                crashLoadGenerator("#{why}"),
                crashLoadGeneratorIf("t", "true"),
                crashLoadGeneratorIf("t", s -> true),
                crashLoadGeneratorIf(s -> "f", "true"),
                crashLoadGeneratorIf(s -> "f", s -> true));
        for (int i = 0; i < stops.size(); i++) {
            ChainBuilder stop = stops.get(i);
            Trial trial = Trial.of(simulation -> simulation.setUp(scenario("s")
                    .exec(s -> s.set("why", "because"))
                    .exec(stop)
                    .exec(dummy("never", 0))
                    .injectOpen(atOnceUsers(1))));

            assertThat(trial.result.exitCode()).isEqualTo(i < 5 ? 0 : 3);
            assertThat(trial.requests).isEmpty();
            assertThat(trial.userEnds).containsExactly(UserEnd.STOPPED);
        }
    }

    // ---- actions

    @Test
    void execBlockingHoldsItsUserAndNobodyElse() throws Exception {
        CountDownLatch others = new CountDownLatch(3);
        try (Target target = Target.answering(request -> {
            others.countDown();
            return TruthResponse.ok("ok");
        })) {
            Trial trial = Trial.of(
                    http.baseUrl(target.url()),
                    4,
                    doIfEquals(Session::userId, 1L)
                            .then(execBlocking(s -> s.set("came", await(others)))
                                    .exec(http("late").get("/#{came}"))),
                    doIf(s -> s.userId() > 1).then(http("x").get("/x")));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.targets()).containsExactly("/x", "/x", "/x", "/true");
            assertThat(trial.marks).noneMatch(mark -> mark.startsWith("STALL"));
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(15, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theDueTimeAfterExecBlockingIsTheMomentOfItsEnd() {
        long[] millis = {0};
        try (Target target = shop(0)) {
            Trial trial = Trial.of(
                    target,
                    http("a").get("/a"),
                    execBlocking(s -> {
                        long begin = System.nanoTime();
                        await(new CountDownLatch(1), 60);
                        millis[0] = (System.nanoTime() - begin) / 1_000_000;
                        return s;
                    }),
                    http("b").get("/b"));

            Trial.Request a = trial.requests.get(0);
            Trial.Request b = trial.requests.get(1);
            assertThat(b.intended()).isGreaterThanOrEqualTo(a.end() + millis[0] * 1000);
        }
    }

    private static void await(CountDownLatch latch, long millis) {
        try {
            assertThat(latch.await(millis, TimeUnit.MILLISECONDS)).isFalse();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void execBlockingFailsAsAnyStepDoes() {
        assertThat(targets(
                        execBlocking(s -> {
                            throw new IllegalStateException("mine");
                        }),
                        http("failed").get(s -> "/" + s.isFailed()),
                        exec(s -> s.markAsSucceeded()),
                        execBlocking(s -> null),
                        http("null").get(s -> "/" + s.isFailed()),
                        exec(s -> s.markAsSucceeded()),
                        execBlocking(s -> {
                            exec(x -> x);
                            return s;
                        })))
                .containsExactly("/true", "/true", "/true");
    }

    @Test
    void aDummyIsRecordedLikeARequestAndSendsNothing() {
        Trial trial = Trial.of(simulation -> simulation
                .setUp(scenario("s")
                        .exec(dummy("fixed", 40))
                        .exec(dummy(s -> "user " + s.userId(), s -> 0).withSuccess(false))
                        .exec(s -> s.markAsSucceeded().set("ms", 10).set("good", false))
                        .group("g")
                        .on(dummy("text", "#{ms}")
                                .withSuccess("#{good}")
                                .withSessionUpdate(
                                        s -> s.set("ms", s.getInt("ms") * 2).markAsSucceeded()))
                        .exec(dummy("twice", "#{ms}").withSuccess(s -> !s.isFailed()))
                        .exec(dummy(s -> "unresolved", "#{x}"), dummy(s -> "named", 1))
                        .injectOpen(atOnceUsers(1)))
                .assertions(details("fixed").responseTime().max().gte(40)));

        assertThat(trial.result.problems()).isEmpty();
        assertThat(trial.requests)
                .extracting(Trial.Request::path, Trial.Request::isOk, Trial.Request::errorClass)
                .containsExactly(
                        tuple("fixed", true, ""),
                        tuple("user 1", false, "check.failed"),
                        tuple("g > text", false, "check.failed"),
                        tuple("twice", true, ""),
                        tuple("unresolved", false, "user.unresolved"),
                        tuple("named", true, ""));
        assertThat(trial.requests.stream().map(r -> r.end() - r.actual()).limit(4))
                .containsExactly(40_000L, 0L, 10_000L, 20_000L);
        assertThat(trial.groups).extracting(Trial.Group::isOk).containsExactly(false);
    }

    // ---- rendez-vous

    @Test
    void usersOfARendezVousGoOnTogether() {
        try (Target target = shop(0)) {
            Trial trial = Trial.of(simulation -> simulation
                    .setUp(scenario("s")
                            .exec(http("a").get("/a"))
                            .rendezVous(4)
                            .exec(http("b").get("/b"))
                            .injectOpen(rampUsers(5).during(Duration.ofMillis(500))))
                    .protocols(http.baseUrl(target.url())));

            assertThat(trial.failures()).isEmpty();
            List<Trial.Request> b = trial.requests.stream()
                    .filter(request -> request.path().equals("b"))
                    .sorted((x, y) -> Long.compare(x.intended(), y.intended()))
                    .toList();
            long fourth = trial.requests.stream()
                    .filter(request -> request.path().equals("a"))
                    .map(Trial.Request::end)
                    .sorted()
                    .toList()
                    .get(3);
            assertThat(b.stream().limit(4).map(Trial.Request::intended).distinct())
                    .singleElement()
                    .satisfies(at -> assertThat(at).isGreaterThanOrEqualTo(fourth));
            assertThat(b.get(4).intended()).isGreaterThan(b.get(3).intended());
        }
    }

    @Test
    void aRendezVousThatLastsTooLongIsOpenedAndTold() {
        try (Target target = shop(0)) {
            Trial trial = Trial.of(simulation -> simulation
                    .setUp(scenario("s")
                            .doIf(s -> s.userId() > 1)
                            .then(rendezVous(3, Duration.ofMillis(150)))
                            .exec(http("b").get("/b"))
                            .injectOpen(atOnceUsers(3)))
                    .protocols(http.baseUrl(target.url())));

            assertThat(trial.failures()).isEmpty();
            assertThat(trial.requests.stream().filter(request -> request.intended() >= 150_000))
                    .hasSize(2);
            assertThat(trial.marks)
                    .anySatisfy(mark -> assertThat(mark).startsWith("NOTE").contains("2 of 3 users had come"));
        }
    }

    // ---- populations one after the other

    @Test
    void populationsFollowEachOther() {
        try (Target target = shop(0)) {
            Trial trial = Trial.of(simulation -> simulation
                    .setUp(scenario("a")
                            .exec(http("a").get("/slow"))
                            .injectOpen(atOnceUsers(2))
                            .andThen(
                                    scenario("b1").exec(http("b").get("/slow")).injectOpen(atOnceUsers(1)),
                                    scenario("b2")
                                            .exec(http("b").get("/b"))
                                            .injectClosed(
                                                    constantConcurrentUsers(1).during(Duration.ofMillis(100)))
                                            .maxUsers(1))
                            .andThen(List.of(
                                    scenario("c").exec(http("c").get("/c")).injectOpen(atOnceUsers(1)))))
                    .protocols(http.baseUrl(target.url())));

            assertThat(trial.failures()).isEmpty();
            Map<String, List<Trial.Request>> byPath =
                    trial.requests.stream().collect(Collectors.groupingBy(Trial.Request::path));
            long endOfA =
                    byPath.get("a").stream().mapToLong(Trial.Request::end).max().orElseThrow();
            long endOfB =
                    byPath.get("b").stream().mapToLong(Trial.Request::end).max().orElseThrow();
            assertThat(byPath.get("b")).allSatisfy(b -> assertThat(b.intended()).isGreaterThanOrEqualTo(endOfA));
            assertThat(byPath.get("c"))
                    .singleElement()
                    .satisfies(c -> assertThat(c.intended()).isBetween(endOfB, endOfB + 500_000));
            assertThat(trial.result.exitCode()).isZero();
        }
    }

    @Test
    void followersHaveNamesOfTheirOwnAndAreDefinedBeforeTheyAreUsed() {
        Trial trial = Trial.of(simulation -> simulation.setUp(scenario("a")
                .exec(dummy("x", 1))
                .injectOpen(atOnceUsers(1))
                .andThen(scenario("a").exec(dummy("y", 1)).injectOpen(atOnceUsers(1)))));

        assertThat(trial.result.exitCode()).isEqualTo(1);
        assertThat(trial.result.problems()).singleElement().asString().contains("a second scenario has this name");
        assertThatThrownBy(() -> scenario("a")
                        .exec(dummy("x", 1))
                        .injectOpen(atOnceUsers(1))
                        .andThen((dev.onrush.dsl.PopulationBuilder) null))
                .isInstanceOf(DefinitionException.class)
                .hasMessage("andThen: population 1 must not be null.");
    }

    // ---- mistakes

    @Test
    void argumentsThatMakeNoSenseAreRefusedAtTheirCall() {
        assertThatThrownBy(() -> tryMax(0)).hasMessage("tryMax: times must be at least 1, was 0.");
        assertThatThrownBy(() -> rendezVous(0)).hasMessage("rendezVous: users must be at least 1, was 0.");
        assertThatThrownBy(() -> rendezVous(2, Duration.ZERO))
                .hasMessage("rendezVous: timeout must be positive, was PT0S.");
        assertThatThrownBy(() -> dummy("x", -1)).hasMessage("dummy: milliseconds must be 0 or more, was -1.");
        assertThatThrownBy(() -> asLongAsDuring("true", 0))
                .hasMessage("asLongAsDuring: duration must be positive, was 0 s.");
        assertThatThrownBy(() -> onCase(null)).hasMessage("onCase: key must not be null.");
        assertThatThrownBy(() -> doSwitch("#{x}").on())
                .hasMessage("doSwitch: case: at least one is needed, none was given.");
        assertThatThrownBy(() -> roundRobinSwitch().on(List.of()))
                .hasMessage("roundRobinSwitch: branch: at least one is needed, none was given.");
        assertThatThrownBy(() -> doIfEquals("#{x}", (Object) null))
                .hasMessage("doIfEquals: expected must not be null.");
    }

    static final class Mistaken extends Simulation {
        {
            setUp(scenario("s")
                    .exec(s -> s.set("x", 1))
                    .doSwitch("#{x}")
                    .on(onCase(1).then(pause(1)), onCase(1).then(pause(2)))
                    .randomSwitchOrElse()
                    .on(percent(60).then(pause(1)), percent(60).then(pause(1)))
                    .orElse(pause(1))
                    .rendezVous(3)
                    .asLongAs("#{x")
                    .on(pause(1))
                    .doWhile("#{x}", "#{i}")
                    .on(pause(1))
                    .injectOpen(atOnceUsers(2)));
        }
    }

    @Test
    void mistakesAreToldTogetherWithTheirPlaces() {
        Trial trial = Trial.of(Mistaken.class);

        assertThat(trial.result.exitCode()).isEqualTo(1);
        assertThat(trial.result.problems())
                .hasSize(5)
                .satisfiesExactlyInAnyOrder(
                        problem -> assertThat(problem.toString())
                                .contains("step 2 (doSwitch)", "two cases have the key 1."),
                        problem -> assertThat(problem.toString()).contains("step 3 (randomSwitchOrElse)", "120.0 %"),
                        problem -> assertThat(problem.toString()).contains("step 4 (rendezVous)", "waits for 3 users"),
                        problem -> assertThat(problem.toString()).contains("step 5 (asLongAs)", "#{x"),
                        problem -> assertThat(problem.toString()).contains("step 6 (doWhile)", "fixed name"));
    }
}
