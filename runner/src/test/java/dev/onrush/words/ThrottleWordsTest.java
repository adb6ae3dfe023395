package dev.onrush.words;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.onrush.core.setting.Setting;
import dev.onrush.http.HttpRequestActionBuilder;
import dev.onrush.testkit.TruthRequest;
import dev.onrush.testkit.TruthResponse;
import dev.onrush.truth.Figures;

/** Throttles around real requests. */
@Timeout(20)
class ThrottleWordsTest {
    private static final Duration HALF_SECOND = Duration.ofMillis(500);

    private static Target shop() {
        return Target.answering(request -> request.path().equals("/from")
                ? TruthResponse.status(302).header("Location", "/to")
                : TruthResponse.ok("ok"));
    }

    @Test
    void everyRequestAndEveryRedirectTakesASlotAndTheRunEndsWithTheThrottle() {
        try (Target target = shop()) {
            Trial trial = Trial.of(simulation -> simulation
                    .setUp(scenario("s")
                            .forever()
                            .on(http("x").get("/from"), pause(60))
                            .injectOpen(atOnceUsers(8)))
                    .protocols(http.baseUrl(target.url()))
                    .throttle(jumpToRps(40), holdFor(HALF_SECOND)));

            List<Trial.Request> sent = trial.requests.stream()
                    .filter(request -> !request.isNotSent())
                    .toList();
            List<Trial.Request> waiting =
                    trial.requests.stream().filter(Trial.Request::isNotSent).toList();
            assertThat(trial.result.exitCode()).isZero();
            assertThat(sent).hasSizeBetween(10, 20);
            assertThat(sent.stream().map(Trial.Request::intended))
                    .doesNotHaveDuplicates()
                    .allSatisfy(at -> assertThat(at % 25_000).isZero());
            assertThat(sent)
                    .allSatisfy(request -> assertThat(request.actual()).isGreaterThanOrEqualTo(request.intended()));
            assertThat(sent.subList(4, sent.size()))
                    .allSatisfy(request -> assertThat(request.throttleWait()).isPositive());
            assertThat(target.came).hasSizeLessThanOrEqualTo(20);
            assertThat(target.targets()).contains("/from", "/to");
            assertThat(waiting)
                    .isNotEmpty()
                    .allSatisfy(request -> assertThat(request.errorClass()).isEqualTo("stop.unfinished"));
            assertThat(trial.statistics().run().durationSeconds()).isBetween(0.4, 5.0);
        }
    }

    @Test
    void aPopulationMayHaveAThrottleOfItsOwn() {
        try (Target target = shop()) {
            Trial trial = Trial.of(simulation -> simulation
                    .setUp(
                            scenario("slow")
                                    .exec(http("slow").get("/slow"))
                                    .injectOpen(atOnceUsers(6))
                                    .throttle(List.of(
                                            reachRps(20).in(Duration.ofMillis(100)),
                                            holdFor(10),
                                            reachRps(5).during(1))),
                            scenario("free").exec(http("free").get("/free")).injectOpen(atOnceUsers(6)))
                    .protocols(http.baseUrl(target.url())));

            assertThat(trial.failures()).isEmpty();
            assertThat(trial.requests.stream()
                            .filter(request -> request.path().equals("free"))
                            .map(Trial.Request::throttleWait))
                    .hasSize(6)
                    .containsOnly(0L);
            // Λ of the ramp is 1 at 100 ms, and one more every 50 ms from there.
            assertThat(trial.requests.stream()
                            .filter(request -> request.path().equals("slow"))
                            .map(Trial.Request::intended)
                            .skip(1))
                    .allSatisfy(at -> assertThat(at % 50_000).isZero())
                    .hasSize(5)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void aRequestThatFindsTheQueueFullFails() {
        System.setProperty(Setting.THROTTLE_QUEUE.systemProperty(), "2");
        try (Target target = shop()) {
            Trial trial = Trial.of(simulation -> simulation
                    .setUp(scenario("s").exec(http("x").get("/x")).injectOpen(atOnceUsers(7)))
                    .protocols(http.baseUrl(target.url()))
                    .throttle(jumpToRps(5), holdFor(5)));

            assertThat(trial.requests).hasSize(7);
            assertThat(trial.requests.stream().filter(request -> !request.isOk()))
                    .hasSizeBetween(4, 5)
                    .allSatisfy(request -> {
                        assertThat(request.errorClass()).isEqualTo("throttle.queue_full");
                        assertThat(request.actual()).isEqualTo(-1);
                    });
            assertThat(target.came).hasSizeBetween(2, 3);
        } finally {
            System.clearProperty(Setting.THROTTLE_QUEUE.systemProperty());
        }
    }

    @Test
    @Tag("slow")
    void requestsSideBySideTakeASlotEachSoThatTheLimitHoldsInEverySlidingSecond() throws Exception {
        // By the target's clock: a machine that stands still lets what was due meanwhile arrive together.
        Figures.timed("M27", attempt -> arrivalsSideBySide(), arrivals -> {
            for (long from : arrivals) {
                assertThat(arrivals.stream().filter(at -> at >= from && at < from + 1_000_000_000L))
                        .hasSizeLessThanOrEqualTo(41);
            }
        });
    }

    private static List<Long> arrivalsSideBySide() {
        try (Target target = shop()) {
            HttpRequestActionBuilder[] nine = IntStream.range(0, 9)
                    .mapToObj(i -> http("r" + i).get("/r" + i))
                    .toArray(HttpRequestActionBuilder[]::new);
            Trial trial = Trial.of(simulation -> simulation
                    .setUp(scenario("s")
                            .exec(group("g").on(http("page").get("/page").resources(nine)))
                            .exec(httpConcurrentRequests(
                                    http("a").get("/from"), http("b").get("/b")))
                            .injectOpen(atOnceUsers(5)))
                    .protocols(http.baseUrl(target.url()))
                    .throttle(jumpToRps(40), holdFor(10)));

            assertThat(trial.failures()).isEmpty();
            List<Long> arrivals = target.came.stream()
                    .map(TruthRequest::arrivalNanos)
                    .sorted()
                    .toList();
            assertThat(arrivals).hasSize(5 * 13);
            assertThat(trial.requests.stream().map(Trial.Request::intended))
                    .doesNotHaveDuplicates()
                    .allSatisfy(at -> assertThat(at % 25_000).isZero());
            assertThat(trial.requests.stream().filter(request -> request.path().startsWith("g > r")))
                    .hasSize(45)
                    .allSatisfy(request -> {
                        assertThat(request.throttleWait()).isPositive();
                        assertThat(request.actual()).isGreaterThanOrEqualTo(request.intended());
                    });
            return arrivals;
        }
    }

    @Test
    void requestsSideBySideThatGetNoSlotFailOrAreNotSent() {
        System.setProperty(Setting.THROTTLE_QUEUE.systemProperty(), "3");
        try (Target target = shop()) {
            HttpRequestActionBuilder[] six = IntStream.range(0, 6)
                    .mapToObj(i -> http("r" + i).get("/r" + i))
                    .toArray(HttpRequestActionBuilder[]::new);
            Trial trial = Trial.of(simulation -> simulation
                    .setUp(scenario("s")
                            .exec(httpConcurrentRequests(six), http("next").get("/next"))
                            .injectOpen(atOnceUsers(1)))
                    .protocols(http.baseUrl(target.url()))
                    .throttle(jumpToRps(2), holdFor(Duration.ofMillis(700))));

            // Slots at 0 and 500 ms; two wait for one that never comes.
            assertThat(trial.requests)
                    .filteredOn(request -> request.errorClass().equals("throttle.queue_full"))
                    .hasSizeBetween(2, 3);
            assertThat(trial.requests)
                    .filteredOn(Trial.Request::isNotSent)
                    .allSatisfy(request -> assertThat(request.errorClass()).isEqualTo("stop.unfinished"))
                    .isNotEmpty();
            assertThat(trial.requests).hasSize(6);
            assertThat(target.came).hasSizeBetween(1, 2);
        } finally {
            System.clearProperty(Setting.THROTTLE_QUEUE.systemProperty());
        }
    }

    @Test
    void aThrottleThatMakesNoSenseIsRefusedAtItsCall() {
        assertThatThrownBy(() -> jumpToRps(0)).hasMessage("jumpToRps: requests per second must be at least 1, was 0.");
        assertThatThrownBy(() -> reachRps(-1)).hasMessage("reachRps: requests per second must be 0 or more, was -1.");
        assertThatThrownBy(() -> reachRps(5).in(0)).hasMessage("reachRps: duration must be positive, was 0 s.");
        assertThatThrownBy(() -> holdFor(Duration.ZERO)).hasMessage("holdFor: duration must be positive, was PT0S.");
        assertThatThrownBy(() -> scenario("s")
                        .exec(dummy("x", 1))
                        .injectOpen(atOnceUsers(1))
                        .throttle(jumpToRps(5)))
                .hasMessageStartingWith("throttle must last some time, this one lasts none.");
    }
}
