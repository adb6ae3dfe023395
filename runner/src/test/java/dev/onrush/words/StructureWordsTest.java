package dev.onrush.words;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.onrush.core.eventlog.UserEnd;
import dev.onrush.dsl.ChainBuilder;
import dev.onrush.testkit.TruthResponse;

/** Groups, loops, conditions and the failure rule around real requests. */
@Timeout(20)
class StructureWordsTest {
    private static Target shop() {
        return Target.answering(request -> switch (request.path()) {
            case "/ko" -> TruthResponse.status(500);
            case "/slow" -> TruthResponse.ok("slow").after(Duration.ofMillis(120));
            default -> TruthResponse.json("{\"ids\":[4,5,6],\"n\":2,\"more\":true,\"think\":\"PT0.05S\"}");
        });
    }

    @Test
    void groupsNestAndRecordDurationAndCumulatedRequestTime() {
        try (Target target = shop()) {
            Trial trial = Trial.of(
                    target,
                    group("outer")
                            .on(
                                    http("a").get("/slow"),
                                    pause(Duration.ofMillis(50)),
                                    group(s -> "inner " + s.userId())
                                            .on(http("b").get("/slow"))));

            assertThat(trial.failures()).isEmpty();
            assertThat(trial.paths()).containsExactly("outer > a", "outer > inner 1 > b");
            assertThat(trial.groups).extracting(Trial.Group::path).containsExactly("outer > inner 1", "outer");
            Trial.Group inner = trial.groups.get(0);
            Trial.Group outer = trial.groups.get(1);
            long b = trial.requests.get(1).end() - trial.requests.get(1).intended();
            long a = trial.requests.get(0).end() - trial.requests.get(0).intended();
            assertThat(inner.cumulatedMicros()).isCloseTo(b, within(2L)); // sums of nanoseconds, cut to microseconds
            assertThat(outer.cumulatedMicros()).isCloseTo(a + b, within(3L));
            assertThat(outer.micros()).isGreaterThanOrEqualTo(a + 50_000 + b - 3);
        }
    }

    @Test
    void aGroupFailsIfARequestInItFailed() {
        try (Target target = shop()) {
            Trial trial = Trial.of(
                    target,
                    group("fine").on(http("a").get("/")),
                    group("outer")
                            .on(
                                    group("failed").on(http("b").get("/ko")),
                                    group("after").on(http("c").get("/"))),
                    group("later").on(http("d").get("/")));

            assertThat(trial.groups)
                    .extracting(Trial.Group::path, Trial.Group::isOk)
                    .containsExactly(
                            tuple("fine", true),
                            tuple("outer > failed", false),
                            tuple("outer > after", true),
                            tuple("outer", false),
                            tuple("later", true));
        }
    }

    @Test
    void afterAFailedRequestTheUserIsFailedAndTheNextStepRunsUntilItIsMarkedAsSucceeded() {
        try (Target target = shop()) {
            Trial trial = Trial.of(
                    target,
                    http("ko").get("/ko"),
                    http("a").get(s -> "/" + s.isFailed()),
                    exec(s -> s.markAsSucceeded()),
                    http("b").get(s -> "/" + s.isFailed()),
                    exec(s -> {
                        throw new IllegalStateException("mine");
                    }),
                    http("c").get(s -> "/" + s.isFailed()),
                    exec(s -> s.markAsSucceeded().markAsFailed()),
                    http("d").get(s -> "/" + s.isFailed()));

            assertThat(target.targets()).containsExactly("/ko", "/true", "/false", "/true", "/true");
            assertThat(trial.stepFailures).hasSize(1).first().asString().contains("mine");
            assertThat(trial.userEnds).containsExactly(UserEnd.THROUGH);
            assertThat(trial.result.exitCode()).isZero();
        }
    }

    @Test
    void valuesFromAnswersDriveLoopsAndConditions() {
        try (Target target = shop()) {
            ChainBuilder start = exec(http("start")
                    .get("/")
                    .check(
                            jsonPath("$.ids").ofList().saveAs("ids"),
                            jsonPath("$.n").saveAs("n"),
                            jsonPath("$.more").ofBoolean().saveAs("more")));
            Trial trial = Trial.of(
                    target,
                    start,
                    foreach("#{ids}", "id", "i").on(http("id").get("/#{i}/#{id}")),
                    repeat("#{n}", "turn").on(http("turn").get("/turn/#{turn}")),
                    doIf("#{more}").then(http("more").get("/more")),
                    doIfOrElse(s -> s.getInt("n") > 2)
                            .then(http("then").get("/then"))
                            .orElse(http("else").get("/else")),
                    http("left").get("/#{id}/#{i.isUndefined()}/#{turn.isUndefined()}"));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.targets())
                    .containsExactly(
                            "/", "/0/4", "/1/5", "/2/6", "/turn/0", "/turn/1", "/more", "/else", "/6/true/true");
        }
    }

    @Test
    void duringEndsTheBodyWhereItsTimeIsOverUnlessTold() {
        try (Target target = shop()) {
            Trial trial = Trial.of(
                    target,
                    during(Duration.ofMillis(200), "turn")
                            .on(group("g")
                                    .on(
                                            http("first").get("/slow"),
                                            http("second").get("/slow"),
                                            http("third").get("/slow"))),
                    during(Duration.ofMillis(200), false)
                            .on(
                                    http("x").get("/slow"),
                                    http("y").get("/slow"),
                                    http("z").get("/slow")));

            assertThat(trial.failures()).isEmpty();
            assertThat(trial.paths())
                    .startsWith("g > first")
                    .doesNotContain("g > third")
                    .endsWith("x", "y", "z");
            assertThat(trial.groups).hasSize(1);
        }
    }

    @Test
    void foreverGoesOnUntilTheRunStops() {
        try (Target target = shop()) {
            Trial trial = Trial.of(simulation -> simulation
                    .setUp(scenario("s")
                            .forever("i")
                            .on(http("x").get("/#{i}"), pause(Duration.ofMillis(20)))
                            .injectOpen(atOnceUsers(1)))
                    .protocols(http.baseUrl(target.url()))
                    .maxDuration(1));

            assertThat(target.targets()).startsWith("/0", "/1", "/2").hasSizeBetween(3, 51);
            assertThat(trial.userEnds).containsExactly(UserEnd.STOPPED);
        }
    }

    @Test
    void randomSwitchSkipsTheRest() {
        try (Target target = shop()) {
            Trial trial = Trial.of(
                    http.baseUrl(target.url()),
                    400,
                    randomSwitch()
                            .on(
                                    percent(50).then(http("a").get("/a")),
                                    percent(25).then(http("b").get("/b"))));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.server.connectionsAccepted()).isEqualTo(target.came.size());
            assertThat(target.targets().stream().filter("/a"::equals).count()).isBetween(150L, 250L);
            assertThat(target.targets().stream().filter("/b"::equals).count()).isBetween(60L, 140L);
        }
    }

    @Test
    void aWordInASessionFunctionFailsTheStepAndSaysWhere() {
        try (Target target = shop()) {
            Trial trial = Trial.of(
                    target,
                    exec(s -> {
                        http("inside").get("/inside");
                        return s;
                    }),
                    http("next").get("/next"));

            assertThat(trial.stepFailures)
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("http")
                    .contains("StructureWordsTest.java:");
            assertThat(target.targets()).containsExactly("/next");
        }
    }

    @Test
    void aWaitBelowZeroFailsItsStepAndTheNextOneRuns() {
        try (Target target = shop()) {
            Trial trial = Trial.of(
                    target,
                    exec(s -> s.set("wait", -1)),
                    pause(s -> Duration.ofMillis(-1)),
                    http("a").get(s -> "/" + s.isFailed()),
                    exec(s -> s.markAsSucceeded()),
                    pause("#{wait}"),
                    http("b").get(s -> "/" + s.isFailed()),
                    exec(s -> s.markAsSucceeded()),
                    pause(1, customPauses(s -> -1L)),
                    http("c").get(s -> "/" + s.isFailed()),
                    pause(1, customPauses(s -> null)));

            assertThat(target.targets()).containsExactly("/true", "/true", "/true");
            assertThat(trial.stepFailures)
                    .extracting(failure -> failure.replaceAll("java:\\d+", "java:0"))
                    .containsExactly(
                            "user.exception: scenario \"shop\" > step 2 (pause), StructureWordsTest.java:0: pause must not be negative, was -0.001 s.",
                            "user.unresolved: scenario \"shop\" > step 5 (pause), StructureWordsTest.java:0: #{wait}: a duration that is not negative is wanted, but the value is \"-1\".",
                            "user.exception: scenario \"shop\" > step 8 (pause), StructureWordsTest.java:0: customPauses gave -1. Give milliseconds, 0 or more, at most 292 years.",
                            "user.exception: scenario \"shop\" > step 10 (pause), StructureWordsTest.java:0: IllegalStateException: the session function gave null. Return a value in every case.");
        }
    }

    @Test
    void theListOfAForeachIsReadAgainBeforeEachTurn() {
        try (Target target = shop()) {
            Trial trial = Trial.of(
                    target,
                    exec(s -> s.set("ids", List.of(1, 2))),
                    foreach("#{ids}", "id")
                            .on(
                                    http("x").get("/#{id}"),
                                    exec(s -> s.getInt("id") == 2 ? s.set("ids", List.of(1, 2, 3)) : s)));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.targets()).containsExactly("/1", "/2", "/3");
        }
    }

    @Test
    void bodiesMayBeAppliedInASessionFunction() {
        try (Target target = shop()) {
            Trial trial = Trial.of(
                    target,
                    exec(s -> s.set("text", StringBody("user #{n}").apply(s.set("n", s.userId())))),
                    http("x").post("/").body(StringBody("#{text}")));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.bodies()).containsExactly("user 1");
        }
    }

    @Test
    void stepsOfAChainRunInOrderHoweverTheyAreGiven() {
        try (Target target = shop()) {
            ChainBuilder a = exec(http("a").get("/a"));
            Trial trial = Trial.of(
                    target,
                    exec(a, http("b").get("/b"), ChainBuilder.EMPTY),
                    exec(List.of(a, http("c").get("/c").toChainBuilder())),
                    a.exec(http("d").get("/d")));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.targets()).containsExactly("/a", "/b", "/a", "/c", "/a", "/d");
        }
    }

    @Test
    void pausesOfEveryKindWait() {
        try (Target target = shop()) {
            Trial trial = Trial.of(
                    target,
                    http("start").get("/").check(jsonPath("$.n").ofInt().saveAs("n")),
                    exec(s -> s.set("wait", Duration.ofMillis(30)).set("seconds", "0.02")),
                    pause("#{wait}"),
                    http("a").get("/"),
                    pause("#{seconds}"),
                    http("b").get("/"),
                    pause(s -> Duration.ofMillis(s.getInt("n"))),
                    http("c").get("/"),
                    pause(Duration.ofMillis(10), Duration.ofMillis(20)),
                    http("d").get("/"),
                    pause(5, customPauses(s -> 15L)),
                    http("e").get("/"));

            assertThat(trial.failures()).isEmpty();
            List<Trial.Request> r = trial.requests;
            assertThat(r.get(1).intended() - r.get(0).end()).isEqualTo(30_000);
            assertThat(r.get(2).intended() - r.get(1).end()).isEqualTo(20_000);
            assertThat(r.get(3).intended() - r.get(2).end()).isEqualTo(2_000);
            assertThat(r.get(4).intended() - r.get(3).end()).isBetween(10_000L, 20_000L);
            assertThat(r.get(5).intended() - r.get(4).end()).isEqualTo(15_000);
        }
    }
}
