package dev.onrush.words;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.onrush.dsl.OpenInjectionStep;
import dev.onrush.testkit.TruthResponse;

/** When users start, as the log has it and as a real server counts them. Milliseconds; no profile is longer than a second. */
@Timeout(30)
class InjectionWordsTest {
    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }

    private static List<Long> every(int count, long millis) {
        return LongStream.range(0, count).map(i -> i * millis).boxed().toList();
    }

    static Stream<Arguments> profiles() {
        return Stream.of(
                arguments(List.of(atOnceUsers(3)), List.of(0L, 0L, 0L)),
                arguments(List.of(nothingFor(millis(100)), atOnceUsers(2)), List.of(100L, 100L)),
                arguments(
                        List.of(OpenInjectionStep.nothingFor(millis(50)), OpenInjectionStep.atOnceUsers(1)),
                        List.of(50L)),
                arguments(List.of(rampUsers(5).during(millis(500))), every(5, 100)),
                arguments(List.of(rampUsers(0).during(millis(100))), List.of()),
                arguments(List.of(constantUsersPerSec(20).during(millis(500))), every(10, 50)),
                arguments(List.of(rampUsersPerSec(0).to(20).during(millis(500))), List.of(0L, 223L, 316L, 387L, 447L)),
                arguments(
                        List.of(incrementUsersPerSec(10)
                                .times(2)
                                .eachLevelLasting(millis(200))
                                .startingFrom(10)),
                        List.of(0L, 100L, 200L, 250L, 300L, 350L)),
                arguments(List.of(stressPeakUsers(1).during(millis(400))), List.of(200L)),
                arguments(
                        List.of(
                                atOnceUsers(1),
                                nothingFor(millis(100)),
                                rampUsers(2).during(millis(200))),
                        List.of(0L, 100L, 200L)));
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void usersStartWhenTheProfileSays(List<OpenInjectionStep> steps, List<Long> starts) {
        try (Target target = Target.start()) {
            Trial trial = Trial.of(simulation -> simulation
                    .setUp(scenario("s").exec(http("x").get("/")).injectOpen(steps))
                    .protocols(http.baseUrl(target.url())));

            assertThat(trial.failures()).isEmpty();
            assertThat(trial.userStarts.stream().map(micros -> micros / 1000)).isEqualTo(starts);
            assertThat(target.came).hasSize(starts.size());
            assertThat(trial.requests)
                    .hasSize(starts.size())
                    .allSatisfy(request -> assertThat(request.actual()).isGreaterThanOrEqualTo(request.intended()));
        }
    }

    @Test
    void randomizedKeepsTheCountAndPoissonVariesIt() {
        try (Target target = Target.start()) {
            Trial uniform =
                    started(target, constantUsersPerSec(100).during(millis(400)).randomized(), 1);
            Trial again =
                    started(target, constantUsersPerSec(100).during(millis(400)).randomized(), 1);
            Trial ramp = started(
                    target, rampUsersPerSec(50).to(150).during(millis(400)).randomized(), 1);
            Trial poisson =
                    started(target, constantUsersPerSec(100).during(millis(400)).poisson(), 3);
            Trial other = started(
                    target, rampUsersPerSec(50).to(150).during(millis(400)).poisson(), 4);

            assertThat(uniform.userStarts)
                    .hasSize(40)
                    .isEqualTo(again.userStarts)
                    .isNotEqualTo(every(40, 10_000));
            assertThat(ramp.userStarts).hasSize(40);
            assertThat(poisson.userStarts).hasSizeBetween(15, 75);
            assertThat(other.userStarts).hasSizeBetween(15, 75);
        }
    }

    private static Trial started(Target target, OpenInjectionStep step, long seed) {
        return Trial.of(simulation -> simulation
                .setUp(scenario("s").exec(http("x").get("/")).injectOpen(step))
                .protocols(http.baseUrl(target.url()))
                .seed(seed));
    }

    @Test
    void aClosedProfileKeepsSoManyUsersAndReplacesThemAtTheirEnd() {
        try (Target target = Target.answering(request -> TruthResponse.ok("ok").after(millis(50)))) {
            Trial trial = Trial.of(simulation -> simulation
                    .setUp(scenario("s")
                            .exec(http("x").get("/"))
                            .injectClosed(constantConcurrentUsers(3).during(millis(400))))
                    .protocols(http.baseUrl(target.url())));

            assertThat(trial.failures()).isEmpty();
            assertThat(trial.userStarts).startsWith(0L, 0L, 0L);
            assertThat(trial.userStarts.size()).isBetween(4, 24);
            List<Long> ends = trial.requests.stream().map(Trial.Request::end).toList();
            assertThat(trial.userStarts.subList(3, trial.userStarts.size()))
                    .allSatisfy(start -> assertThat(ends).anyMatch(end -> start >= end && start - end < 20_000));
        }
    }

    @Test
    void closedRampsAndStaircasesRaiseTheNumberPresent() {
        try (Target target = Target.answering(request -> TruthResponse.ok("ok").after(Duration.ofSeconds(2)))) {
            Trial trial = Trial.of(simulation -> simulation
                    .setUp(
                            scenario("ramp")
                                    .exec(http("x").get("/"))
                                    .injectClosed(rampConcurrentUsers(0).to(4).during(millis(400))),
                            scenario("stairs")
                                    .exec(http("y").get("/"))
                                    .injectClosed(incrementConcurrentUsers(2)
                                            .times(2)
                                            .eachLevelLasting(millis(200))
                                            .startingFrom(1)))
                    .protocols(http.baseUrl(target.url()))
                    .maxDuration(millis(600)));

            assertThat(trial.requests).filteredOn(r -> r.path().equals("x")).hasSizeBetween(3, 4);
            assertThat(trial.requests)
                    .filteredOn(r -> r.path().equals("y"))
                    .extracting(r -> r.intended() / 1000)
                    .containsExactlyInAnyOrder(0L, 200L, 200L);
        }
    }

    @Test
    void aTargetAboveTheCapOfAClosedProfileIsAMistake() {
        try (Target target = Target.start()) {
            Trial trial = Trial.of(simulation -> simulation
                    .setUp(scenario("s")
                            .exec(http("x").get("/"))
                            .injectClosed(constantConcurrentUsers(3).during(1))
                            .maxUsers(2))
                    .protocols(http.baseUrl(target.url())));

            assertThat(trial.result.exitCode()).isEqualTo(1);
            assertThat(trial.result.problems()).hasSize(1).first().asString().contains("maxUsers");
        }
    }
}
