package authors;

import static dev.onrush.dsl.CoreDsl.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.onrush.core.setting.Settings;
import dev.onrush.dsl.Assertion;
import dev.onrush.dsl.LoadedSimulation;
import dev.onrush.dsl.Simulation;

/** What each assertion word asks for, in the words of its result. */
class AssertionWordsTest {
    static Stream<Arguments> sentences() {
        Assertion.WithPathAndTimeTarget max = global().responseTime().max();
        Assertion.WithPathAndTarget<Long> count = global().allRequests().count();
        return Stream.of(
                arguments(global().responseTime().min().lt(5), "All requests: response time min, limit below 5 ms"),
                arguments(forAll().serviceTime().mean().lte(5), "Each request: service time mean, limit 5 ms"),
                arguments(
                        details("cart", "add").startDelay().stdDev().gt(5),
                        "cart > add: start delay standard deviation, limit above 5 ms"),
                arguments(
                        global().responseTime().percentile1().gte(5),
                        "All requests: response time p50, limit at least 5 ms"),
                arguments(
                        global().responseTime().percentile2().lt(5),
                        "All requests: response time p75, limit below 5 ms"),
                arguments(
                        global().responseTime().percentile3().lt(5),
                        "All requests: response time p95, limit below 5 ms"),
                arguments(
                        global().responseTime().percentile4().lt(5),
                        "All requests: response time p99, limit below 5 ms"),
                arguments(
                        global().responseTime().percentile(99.99).lt(5),
                        "All requests: response time p99.99, limit below 5 ms"),
                arguments(global().responseTime().p50().lt(5), "All requests: response time p50, limit below 5 ms"),
                arguments(global().responseTime().p75().lt(5), "All requests: response time p75, limit below 5 ms"),
                arguments(global().responseTime().p90().lt(5), "All requests: response time p90, limit below 5 ms"),
                arguments(global().responseTime().p95().lt(5), "All requests: response time p95, limit below 5 ms"),
                arguments(global().responseTime().p99().lt(5), "All requests: response time p99, limit below 5 ms"),
                arguments(global().responseTime().p999().lt(5), "All requests: response time p99.9, limit below 5 ms"),
                arguments(max.lt(Duration.ofNanos(1_500_000)), "All requests: response time max, limit below 1.5 ms"),
                arguments(max.lte(Duration.ofSeconds(1)), "All requests: response time max, limit 1000 ms"),
                arguments(max.gt(Duration.ofSeconds(1)), "All requests: response time max, limit above 1000 ms"),
                arguments(max.gte(Duration.ofSeconds(1)), "All requests: response time max, limit at least 1000 ms"),
                arguments(max.between(1, 2), "All requests: response time max, limit 1 to 2 ms"),
                arguments(
                        max.between(Duration.ZERO, Duration.ofMillis(2), false),
                        "All requests: response time max, limit 0 to 2 ms, these excluded"),
                arguments(max.around(10, 3), "All requests: response time max, limit 7 to 13 ms"),
                arguments(
                        max.around(Duration.ofMillis(10), Duration.ofMillis(3), false),
                        "All requests: response time max, limit 7 to 13 ms, these excluded"),
                arguments(max.deviatesAround(80, 0.1), "All requests: response time max, limit 72 to 88 ms"),
                arguments(
                        max.deviatesAround(Duration.ofMillis(80), 0.5, false),
                        "All requests: response time max, limit 40 to 120 ms, these excluded"),
                arguments(max.is(5), "All requests: response time max, limit exactly 5 ms"),
                arguments(max.shouldBe(Duration.ofMillis(5)), "All requests: response time max, limit exactly 5 ms"),
                arguments(max.in(1, 2), "All requests: response time max, limit one of 1, 2 ms"),
                arguments(max.within(Set.of(3)), "All requests: response time max, limit exactly 3 ms"),
                arguments(
                        max.within(Duration.ofMillis(1), Duration.ofMillis(2)),
                        "All requests: response time max, limit one of 1, 2 ms"),
                arguments(count.is(5L), "All requests: requests, limit exactly 5"),
                arguments(count.between(1L, 2L, false), "All requests: requests, limit 1 to 2, these excluded"),
                arguments(count.in(5L, 6L), "All requests: requests, limit one of 5, 6"),
                arguments(
                        global().failedRequests().percent().lt(1.5),
                        "All requests: failed requests, limit below 1.5 %"),
                arguments(
                        global().successfulRequests().percent().gte(98.5),
                        "All requests: successful requests, limit at least 98.5 %"),
                arguments(
                        global().successfulRequests().count().gt(7L),
                        "All requests: successful requests, limit above 7"),
                arguments(
                        forAll().requestsPerSec().gte(40.0), "Each request: throughput, limit at least 40 requests/s"));
    }

    @ParameterizedTest
    @MethodSource("sentences")
    void askForWhatTheySay(Assertion sentence, String words) {
        List<String> asked = new ArrayList<>();

        definitionsOf(sentence)
                .forEach(definition -> asked.add(definition.path().words() + ": "
                        + definition.measure().words(Settings.defaults()) + ", "
                        + definition.condition().words(definition.measure().unit())));

        assertThat(asked).containsExactly(words);
    }

    private static List<dev.onrush.core.assertion.Assertion> definitionsOf(Assertion sentence) {
        Given.SENTENCE.set(sentence);
        return LoadedSimulation.load(Given.class).plan().assertions();
    }

    static final class Given extends Simulation {
        private static final ThreadLocal<Assertion> SENTENCE = new ThreadLocal<>();

        Given() {
            setUp(scenario("s").exec(pause(1)).injectOpen(atOnceUsers(1))).assertions(SENTENCE.get());
        }
    }
}
