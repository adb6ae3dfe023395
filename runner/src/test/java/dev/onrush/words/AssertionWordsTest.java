package dev.onrush.words;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.onrush.core.assertion.AssertionResult;
import dev.onrush.dsl.Assertion;
import dev.onrush.dsl.Executable;
import dev.onrush.testkit.TruthResponse;

/** Assertions on what a real server did. */
@Timeout(30)
class AssertionWordsTest {
    private static final Executable[] SHOP = {
        http("home").get("/"),
        group("cart")
                .on(
                        http("add").get("/slow"),
                        pause(Duration.ofMillis(30)),
                        http("gone").get("/gone")),
        http("last").get("/")
    };

    private static Trial trial(Assertion... assertions) {
        try (Target target = Target.answering(request -> switch (request.path()) {
            case "/slow" -> TruthResponse.ok("ok").after(Duration.ofMillis(60));
            case "/gone" -> TruthResponse.status(404);
            default -> TruthResponse.ok("ok");
        })) {
            return Trial.of(simulation -> simulation
                    .setUp(scenario("s")
                            .exec(exec(SHOP[0], Arrays.copyOfRange(SHOP, 1, SHOP.length)))
                            .injectOpen(atOnceUsers(5)))
                    .protocols(http.baseUrl(target.url()))
                    .assertions(assertions));
        }
    }

    @Test
    void sentencesThatHoldGiveCode0() {
        Trial trial = trial(
                global().allRequests().count().is(20L),
                global().allRequests().count().between(19L, 21L),
                global().failedRequests().count().shouldBe(5L),
                global().failedRequests().percent().is(25.0),
                global().successfulRequests().count().in(15L, 16L),
                global().successfulRequests().percent().within(Set.of(75.0)),
                global().requestsPerSec().gt(1.0),
                details("cart", "add").responseTime().min().gte(60),
                details("cart", "add").responseTime().max().gte(Duration.ofMillis(60)),
                details("cart", "add").serviceTime().mean().between(60, 10_000),
                details("cart", "add").responseTime().stdDev().lt(10_000),
                details("cart", "add").startDelay().max().lt(10_000),
                details("cart", "add").responseTime().percentile1().gte(60),
                details("cart", "add").responseTime().percentile2().gte(60),
                details("cart", "add").responseTime().percentile3().gte(60),
                details("cart", "add").responseTime().percentile4().gte(60),
                details("cart", "add").responseTime().percentile(10).gte(60),
                details("cart", "add").responseTime().p50().around(5000, 4950),
                details("cart", "add").responseTime().p75().lte(10_000),
                details("cart", "add").responseTime().p90().gt(50),
                details("cart", "add").responseTime().p95().deviatesAround(5000, 1.0),
                details("cart", "add").responseTime().p99().gt(50),
                details("cart", "add").responseTime().p999().gt(50),
                details("cart", "gone").failedRequests().percent().is(100.0),
                details("cart").allRequests().count().is(5L),
                details("cart").failedRequests().count().is(5L),
                details("cart").responseTime().min().gte(60),
                forAll().allRequests().count().is(5L));

        assertThat(trial.result.assertions())
                .filteredOn(assertion -> !assertion.passed())
                .extracting(AssertionResult::text)
                .isEmpty();
        assertThat(trial.result.assertions()).hasSize(27 + 4);
        assertThat(trial.result.exitCode()).isZero();
    }

    @Test
    void aSentenceThatDoesNotHoldGivesCode2AndShowsWhatWas() {
        Trial trial = trial(
                global().failedRequests().count().is(0L),
                forAll().failedRequests().percent().lt(1.0));

        assertThat(trial.result.exitCode()).isEqualTo(2);
        assertThat(trial.result.assertions())
                .filteredOn(assertion -> !assertion.passed())
                .hasSize(2)
                .allSatisfy(assertion -> assertThat(assertion.requests()).isPositive());
        assertThat(trial.result.assertions().get(0).text())
                .isEqualTo("All requests: failed requests = 5, limit exactly 0 (20 requests, 5 KO).");
    }

    @Test
    void aPathThatMatchesNothingIsAMistakeIfAllNamesAreFixed() {
        Trial trial = trial(details("cart", "ad").responseTime().max().lt(1));

        assertThat(trial.result.exitCode()).isEqualTo(1);
        assertThat(trial.result.problems()).hasSize(1).first().asString().contains("add");
    }

    @Test
    void aPathThatMatchesNothingFailsAndListsTheNamesIfSomeAreNotFixed() {
        try (Target target = Target.start()) {
            Trial trial = Trial.of(simulation -> simulation
                    .setUp(scenario("s")
                            .exec(http(s -> "item " + s.userId()).get("/"))
                            .injectOpen(atOnceUsers(2)))
                    .protocols(http.baseUrl(target.url()))
                    .assertions(details("item 3").allRequests().count().is(1L)));

            assertThat(trial.result.exitCode()).isEqualTo(2);
            assertThat(trial.result.assertions().get(0).text()).contains("item 1", "item 2");
        }
    }

    @Test
    void withoutAnyRequestFailedIsAHundredPercentAndTimesFail() {
        Trial trial = Trial.of(simulation -> simulation
                .setUp(scenario("s").exec(s -> s).injectOpen(atOnceUsers(1)))
                .assertions(
                        global().failedRequests().percent().is(100.0),
                        global().successfulRequests().percent().is(0.0),
                        global().responseTime().max().gte(0)));

        assertThat(trial.result.assertions())
                .extracting(AssertionResult::passed)
                .isEqualTo(List.of(true, true, false));
    }

    @Test
    void startDelayOfAGroupIsAMistake() {
        Trial trial = trial(details("cart").startDelay().max().lt(5));

        assertThat(trial.result.exitCode()).isEqualTo(1);
    }
}
