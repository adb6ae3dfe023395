package dev.onrush.words;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.onrush.testkit.TruthResponse;

/** The due time of a user, step by step, as the log of a run against a real server has it. Microseconds. */
@Timeout(20)
class DueTimeTest {
    private static final Duration MILLIS_50 = Duration.ofMillis(50);

    private static void spin(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    @Test
    void beginsWithTheUsersIntendedStartAndGoesOnFromTheEndOfARequest() {
        try (Target target = Target.answering(request -> request.path().equals("/ko")
                ? TruthResponse.status(500).after(MILLIS_50)
                : TruthResponse.ok("ok").after(MILLIS_50))) {
            Trial trial = Trial.of(simulation -> simulation
                    .setUp(scenario("s")
                            .exec(
                                    http("ok").get("/"),
                                    http("ko").get("/ko"),
                                    http("next").get("/"))
                            .injectOpen(nothingFor(Duration.ofMillis(30)), atOnceUsers(1)))
                    .protocols(http.baseUrl(target.url())));

            assertThat(trial.paths()).containsExactly("ok", "ko", "next");
            assertThat(trial.requests.get(0).intended()).isEqualTo(30_000);
            assertThat(trial.requests.get(1).intended())
                    .isEqualTo(trial.requests.get(0).end());
            assertThat(trial.requests.get(2).intended())
                    .isEqualTo(trial.requests.get(1).end());
            assertThat(trial.requests)
                    .allSatisfy(r -> assertThat(r.responseMillis()).isGreaterThanOrEqualTo(50));
        }
    }

    @Test
    void aPauseAddsItself() {
        try (Target target = Target.start()) {
            Trial trial = Trial.of(
                    target,
                    http("a").get("/"),
                    pause(MILLIS_50),
                    http("b").get("/"),
                    pause(MILLIS_50, disabledPauses),
                    http("c").get("/"));

            assertThat(trial.requests.get(1).intended())
                    .isEqualTo(trial.requests.get(0).end() + 50_000);
            assertThat(trial.requests.get(2).intended())
                    .isEqualTo(trial.requests.get(1).end());
        }
    }

    @Test
    void aPaceSetsItToThatOfThePassAndTimeLostIsKeptApart() {
        try (Target target = Target.answering(request -> request.path().equals("/0")
                ? TruthResponse.ok("ok").after(Duration.ofMillis(150))
                : TruthResponse.ok("ok"))) {
            Trial trial = Trial.of(
                    target,
                    repeat(4, "i").on(pace(Duration.ofMillis(100)), http("x").get("/#{i}")));

            assertThat(trial.requests)
                    .extracting(Trial.Request::intended)
                    .containsExactly(0L, 100_000L, 200_000L, 300_000L);
            assertThat(trial.requests.get(1).paceOverrun())
                    .isEqualTo(trial.requests.get(0).end() - 100_000)
                    .isGreaterThan(49_000);
            assertThat(trial.requests.get(2).paceOverrun())
                    .isEqualTo(Math.max(0, trial.requests.get(1).end() - 200_000));
        }
    }

    @Test
    void timeInFeedsFunctionsConditionsLoopsAndGroupsIsTheGeneratorsOwn() {
        try (Target target = Target.start()) {
            Trial trial = Trial.of(
                    target,
                    http("a").get("/"),
                    feed(listFeeder(List.of(Map.of("k", "v")))),
                    group("g").on(exec(s -> {
                        spin(Duration.ofMillis(20));
                        return s;
                    })),
                    repeat(2)
                            .on(doIf(s -> {
                                        spin(Duration.ofMillis(10));
                                        return false;
                                    })
                                    .then(pause(1))),
                    http("b").get("/#{k}"));

            assertThat(trial.failures()).isEmpty();
            Trial.Request b = trial.requests.get(1);
            assertThat(b.intended()).isEqualTo(trial.requests.get(0).end());
            assertThat(b.actual() - b.intended()).isGreaterThanOrEqualTo(40_000);
        }
    }

    @Test
    void aRequestThatIsNotSentEndsWhenItFails() {
        try (Target target = Target.start()) {
            Trial trial = Trial.of(
                    target,
                    http("a").get("/"),
                    http("bad").get(s -> {
                        throw new IllegalStateException("mine");
                    }),
                    http("b").get("/"));

            assertThat(trial.requests.get(1).isOk()).isFalse();
            assertThat(trial.requests.get(1).intended())
                    .isEqualTo(trial.requests.get(0).end());
            assertThat(trial.requests.get(2).intended())
                    .isEqualTo(trial.requests.get(1).end());
        }
    }

    @Test
    void responseTimeIsTheSumOfItsParts() {
        try (Target target = Target.answering(request -> TruthResponse.ok("ok").after(Duration.ofMillis(20)))) {
            Trial trial = Trial.of(
                    http.baseUrl(target.url()).shareConnections().maxConnectionsPerHost(1),
                    4,
                    repeat(2).on(pace(Duration.ofMillis(30)), http("x").get("/")));

            assertThat(trial.failures()).isEmpty();
            assertThat(trial.requests).hasSize(8).allSatisfy(request -> {
                long startDelay =
                        request.actual() - request.intended() - request.paceOverrun() - request.connectionWait();
                assertThat(startDelay).isBetween(0L, 1_000_000L);
                assertThat(request.end() - request.actual()).isGreaterThanOrEqualTo(20_000);
            });
            assertThat(trial.requests)
                    .anySatisfy(r -> assertThat(r.connectionWait()).isPositive());
        }
    }
}
