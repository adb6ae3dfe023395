package dev.onrush.words;

import static dev.onrush.dsl.CoreDsl.*;
import static dev.onrush.http.HttpDsl.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.onrush.dsl.ChainBuilder;
import dev.onrush.dsl.Choice;
import dev.onrush.dsl.ClosedInjectionStep;
import dev.onrush.dsl.OpenInjectionStep;
import dev.onrush.dsl.ThrottleStep;
import dev.onrush.http.internal.HttpCheckBuilders;
import dev.onrush.testkit.TruthResponse;

/** Words of older versions, and types that development environments write down, mean what their successors mean. */
@Timeout(20)
class OlderWordsTest {
    private static Target shop() {
        return Target.answering(
                request -> request.path().equals("/ko") ? TruthResponse.status(500) : TruthResponse.ok("ok"));
    }

    private static ChainBuilder get(String path) {
        return exec(http(path).get(path));
    }

    @Test
    void exitBlockOnFailTakesItsBlock() {
        try (Target target = shop()) {
            Trial trial = Trial.of(
                    target,
                    exitBlockOnFail(get("/a"), get("/ko"), get("/never")),
                    get("/b").exitBlockOnFail(get("/ko").exec(get("/never"))),
                    http("failed").get(s -> "/" + s.isFailed()));

            assertThat(trial.result.exitCode()).isZero();
            assertThat(target.targets()).containsExactly("/a", "/ko", "/b", "/ko", "/true");
        }
    }

    @Test
    void stopInjectorStopsTheRunWithItsMessageAndCode0() {
        List<ChainBuilder> stops = List.of(
                stopInjector("#{why}"),
                stopInjector(s -> "because"),
                stopInjectorIf("#{why}", "true"),
                stopInjectorIf("#{why}", s -> true),
                stopInjectorIf(s -> "because", "true"),
                stopInjectorIf(s -> "because", s -> true));
        for (ChainBuilder stop : stops) {
            Trial trial = Trial.of(simulation -> simulation.setUp(scenario("s")
                    .exec(s -> s.set("why", "because"))
                    .exec(stop)
                    .exec(dummy("never", 0))
                    .injectOpen(atOnceUsers(1))));

            assertThat(trial.result.exitCode()).isZero();
            assertThat(trial.paths()).isEmpty();
            assertThat(trial.marks)
                    .anySatisfy(mark ->
                            assertThat(mark).contains("OlderWordsTest.java:").endsWith(": because"));
        }
    }

    @Test
    void choicesAreMadeWithTheirChain() {
        try (Target target = shop()) {
            Trial trial = Trial.of(
                    target,
                    randomSwitch().on(Choice.withWeight(100.0, get("/certain")), Choice.withWeight(0, get("/never"))),
                    exec(s -> s.set("key", 2)),
                    doSwitch("#{key}").on(Choice.withKey("2", get("/never")), Choice.withKey(2, get("/case"))));

            assertThat(trial.failures()).isEmpty();
            assertThat(target.targets()).containsExactly("/certain", "/case");
        }
    }

    @Test
    void aRequestWithoutANameIsRecorded() {
        try (Target target = shop()) {
            Trial trial = Trial.of(
                    target,
                    http("").get("/a").check(HttpCheckBuilders.status().is(200)),
                    http(" ").get("/ko"));

            assertThat(trial.requests)
                    .extracting(Trial.Request::path, Trial.Request::isOk)
                    .containsExactly(tuple("(unnamed)", true), tuple("(unnamed)", false));
        }
    }

    /** Extracted by a development environment, the parts of a profile are written with these types. */
    @Test
    void partsOfProfilesHaveTypesThatCanBeNamed() {
        OpenInjectionStep.ConstantRate rate = constantUsersPerSec(2);
        OpenInjectionStep.ConstantRate.ConstantRateOpenInjectionStep constant = rate.during(1);
        OpenInjectionStep.RampRate.During ramp = rampUsersPerSec(1).to(3);
        OpenInjectionStep.RampRate.RampRateOpenInjectionStep ramped = ramp.during(1);
        OpenInjectionStep.Stairs.Composite stairs =
                incrementUsersPerSec(1).times(2).eachLevelLasting(1).startingFrom(1);
        ClosedInjectionStep.Ramp closed = rampConcurrentUsers(1);
        ClosedInjectionStep.Composite levels =
                incrementConcurrentUsers(1).times(2).eachLevelLasting(1);
        ThrottleStep.ReachIntermediate reach = reachRps(5);
        Choice.WithWeight.Then half = percent(50);

        assertThat(List.of(constant, ramped, stairs, closed.to(2).during(1), levels, reach.in(1)))
                .allSatisfy(step -> assertThat(step.toString()).isNotBlank());
        assertThat(half.then(get("/")).percent()).isEqualTo(50);
    }
}
