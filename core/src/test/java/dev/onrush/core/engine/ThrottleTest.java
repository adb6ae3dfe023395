package dev.onrush.core.engine;

import static dev.onrush.core.engine.TestRun.open;
import static dev.onrush.core.engine.TestRun.pace;
import static dev.onrush.core.engine.TestRun.pause;
import static dev.onrush.core.engine.TestRun.repeat;
import static dev.onrush.core.engine.TestRun.request;
import static dev.onrush.core.engine.TestRun.users;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.core.injection.AtOnceUsers;
import dev.onrush.core.injection.ConstantRate;
import dev.onrush.core.injection.NothingFor;
import dev.onrush.core.injection.ThrottleProfile;
import dev.onrush.core.injection.ThrottleStep;
import dev.onrush.core.scenario.RunRules;
import dev.onrush.core.setting.Setting;
import dev.onrush.core.setting.Settings;
import dev.onrush.core.time.ManualClock;

/** When requests start under throttles, to the nanosecond. */
class ThrottleTest {
    private static final long MS = 1_000_000;
    private static final long S = 1_000_000_000;

    private TestRun run = new TestRun();

    private static ThrottleProfile limit(int perSecond, Duration duration) {
        return new ThrottleProfile(List.of(new ThrottleStep.Jump(perSecond), new ThrottleStep.Hold(duration)));
    }

    private List<Long> intended(String name) {
        return run.recorded.requests.stream()
                .filter(request -> request.name().equals(name))
                .map(Recorded.Request::intendedNanos)
                .sorted()
                .toList();
    }

    private static long mostInASecond(List<Long> instants) {
        return instants.stream()
                .mapToLong(from -> instants.stream()
                        .filter(at -> at >= from && at < from + S)
                        .count())
                .max()
                .orElse(0);
    }

    @Test
    void requestsWaitForTheirSlotsAndTheWaitLiesBeforeTheirIntendedStart() {
        run.rules(RunRules.standard().throttle(limit(4, ofSeconds(10))))
                .run(users("shop", open(new AtOnceUsers(3)), request("a", ofMillis(10)), request("b", ofMillis(10))));

        assertThat(run.recorded.requests)
                .extracting(
                        Recorded.Request::name,
                        Recorded.Request::intendedNanos,
                        Recorded.Request::actualNanos,
                        Recorded.Request::endNanos,
                        Recorded.Request::throttleWaitNanos)
                .containsExactly(
                        tuple("a", 0L, 0L, 10 * MS, 0L),
                        tuple("a", 250 * MS, 250 * MS, 260 * MS, 250 * MS),
                        tuple("a", 500 * MS, 500 * MS, 510 * MS, 500 * MS),
                        tuple("b", 750 * MS, 750 * MS, 760 * MS, 740 * MS),
                        tuple("b", 1000 * MS, 1000 * MS, 1010 * MS, 740 * MS),
                        tuple("b", 1250 * MS, 1250 * MS, 1260 * MS, 740 * MS));
    }

    @Test
    void aLoadBelowTheLimitIsNotHeldBackByMoreThanASlot() {
        run.rules(RunRules.standard().throttle(limit(10, ofSeconds(100))))
                .run(users(
                        "shop",
                        open(new NothingFor(ofMillis(1)), new ConstantRate(2, ofSeconds(5))),
                        request("a", ofMillis(1))));

        assertThat(run.recorded.requests)
                .hasSize(10)
                .allSatisfy(request -> assertThat(request.throttleWaitNanos()).isEqualTo(99 * MS));
    }

    @Test
    void theLowerOfBothLimitsWins() {
        run.rules(RunRules.standard().throttle(limit(10, ofSeconds(30))))
                .run(
                        users("slow", open(new AtOnceUsers(1)), repeat(1000, request("slow", Duration.ZERO)))
                                .throttle(limit(3, ofSeconds(30))),
                        users("slower", open(new AtOnceUsers(40)), request("slower", Duration.ZERO))
                                .throttle(limit(2, ofSeconds(30))),
                        users("any", open(new AtOnceUsers(2)), repeat(1000, request("any", Duration.ZERO))));

        List<Long> all = run.recorded.requests.stream()
                .filter(request -> request.outcome() == RequestSample.OK)
                .map(Recorded.Request::intendedNanos)
                .sorted()
                .toList();
        assertThat(all).hasSize(300).doesNotHaveDuplicates();
        assertThat(mostInASecond(all)).isEqualTo(10);
        // A slot of the run may lie anywhere in the population's: one more can come within a second.
        assertThat(mostInASecond(intended("slow"))).isBetween(3L, 4L);
        assertThat(intended("slow")).hasSizeBetween(1, 91);
        assertThat(mostInASecond(intended("slower"))).isBetween(2L, 3L);
        assertThat(intended("any").size()).isGreaterThan(160);
    }

    @Test
    void thePopulationsOwnLimitHoldsExactlyIfThereIsNoOther() {
        run.run(
                users("slow", open(new AtOnceUsers(2)), repeat(20, request("slow", Duration.ZERO)))
                        .throttle(limit(3, ofSeconds(30))),
                users("free", open(new AtOnceUsers(1)), repeat(20, request("free", Duration.ZERO))));

        assertThat(intended("slow")).hasSize(40).doesNotHaveDuplicates();
        assertThat(mostInASecond(intended("slow"))).isEqualTo(3);
        assertThat(intended("free")).hasSize(20).containsOnly(0L);
    }

    @Test
    void theRunEndsWithTheShortestThrottleAndPausesAreOff() {
        RunOutcome outcome = run.rules(RunRules.standard().throttle(limit(1, ofSeconds(5))))
                .run(
                        users(
                                "a",
                                open(new AtOnceUsers(1)),
                                repeat(100, pause(ofSeconds(9)), request("a", ofMillis(1)))),
                        users("b", open(new AtOnceUsers(1)), repeat(100, request("b", ofMillis(1))))
                                .throttle(limit(50, ofSeconds(3))));

        assertThat(outcome.endNanos()).isEqualTo(3 * S);
        assertThat(outcome.crashed()).isFalse();
        assertThat(intended("a")).isNotEmpty();
    }

    @Test
    void paceOverrunIsPartOfTheWait() {
        run.rules(RunRules.standard().throttle(limit(2, ofSeconds(10))))
                .run(users("a", open(new AtOnceUsers(1)), repeat(3, pace(ofMillis(100)), request("a", ofMillis(150)))));

        assertThat(run.recorded.requests)
                .extracting(
                        Recorded.Request::intendedNanos,
                        Recorded.Request::overrunNanos,
                        Recorded.Request::throttleWaitNanos)
                .containsExactly(tuple(0L, 0L, 0L), tuple(500 * MS, 0L, 400 * MS), tuple(1000 * MS, 0L, 800 * MS));
    }

    @Test
    void aRequestTooManyIsRefused() {
        run = new TestRun(new ManualClock(), Settings.of(Map.of(Setting.THROTTLE_QUEUE, "3")));
        run.rules(RunRules.standard().throttle(limit(1, ofSeconds(10))))
                .run(users(
                        "a",
                        open(new AtOnceUsers(6), new NothingFor(ofSeconds(5)), new AtOnceUsers(3)),
                        request("a", ofMillis(1))));

        assertThat(run.recorded.requests)
                .extracting(Recorded.Request::outcome)
                .filteredOn(outcome -> outcome == RequestSample.KO)
                .hasSize(2);
        assertThat(run.recorded.requests).hasSize(9);
    }

    @Test
    void tellsThatItBendsTheProfileAndRefusesAWarmUpAsLongAsItself() {
        RunPlan plan = run.rules(RunRules.standard().throttle(limit(4, ofSeconds(10))))
                .plan(users("shop", open(new AtOnceUsers(3)), request("a", ofMillis(10))));

        assertThat(plan.warnings())
                .containsExactly(
                        "scenario \"shop\" is throttled (jump to 4 requests/s, then hold for 10 s): its requests wait"
                                + " for slots, so that the load is not what its profile asks for, and it makes no pauses.");
        assertThatThrownBy(() -> new TestRun()
                        .rules(RunRules.standard()
                                .throttle(limit(4, ofSeconds(10)))
                                .warmUp(ofSeconds(10)))
                        .plan(users("shop", open(new AtOnceUsers(3)), request("a", ofMillis(10)))))
                .hasMessageContaining("warmUp is PT10S and the throttle PT10S: nothing would be measured.");
    }
}
