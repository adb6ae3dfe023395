package authors;

import static dev.onrush.dsl.CoreDsl.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.onrush.core.CallSite;
import dev.onrush.core.DefinitionException;
import dev.onrush.dsl.Assertion;
import dev.onrush.dsl.ChainBuilder;
import dev.onrush.dsl.Choice;
import dev.onrush.dsl.ClosedInjectionStep;
import dev.onrush.dsl.Executable;
import dev.onrush.dsl.FeederBuilder;
import dev.onrush.dsl.OpenInjectionStep;
import dev.onrush.dsl.PauseType;
import dev.onrush.dsl.PopulationBuilder;
import dev.onrush.dsl.ProtocolBuilder;
import dev.onrush.dsl.ScenarioBuilder;
import dev.onrush.dsl.Session;
import dev.onrush.dsl.Simulation;

/** What is wrong by itself is refused at the call that passes it: with the value, the place and what to do. */
class RefusedArgumentsTest {
    private static final long TOO_LONG = Long.MAX_VALUE;
    private static final Duration BELOW_ZERO = Duration.ofNanos(-1);
    private static final Duration OVERFLOWING = Duration.ofSeconds(Long.MAX_VALUE);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final double NAN = Double.NaN;
    private static final double INFINITE = Double.POSITIVE_INFINITY;
    private static final String MOST = "PT2562047H47M16.854775807S (292 years), was PT2562047788015215H30M7S.";
    private static final String MOST_SECONDS = "9223372036 s (292 years), was 9223372036854775807 s.";

    private interface Call {
        Object make();
    }

    static Stream<Arguments> calls() {
        List<Arguments> calls = new ArrayList<>();
        calls.addAll(actions());
        calls.addAll(openInjection());
        calls.addAll(closedInjection());
        calls.addAll(setUp());
        calls.addAll(assertions());
        return calls.stream();
    }

    private static List<Arguments> actions() {
        ChainBuilder a = pause(1);
        Function<Session, Duration> noFunction = null;
        return List.of(
                refused(() -> pause(-1), "pause must not be negative, was -1 s."),
                refused(() -> pause(TOO_LONG), "pause must be at most " + MOST_SECONDS),
                refused(() -> pause(BELOW_ZERO), "pause must not be negative, was PT-0.000000001S."),
                refused(() -> pause(OVERFLOWING), "pause must be at most " + MOST),
                refused(() -> pause((Duration) null), "pause must not be null."),
                refused(() -> pause((String) null), "pause must not be null."),
                refused(() -> pause(noFunction), "pause must not be null."),
                refused(() -> pause(1, (PauseType) null), "pause: pause type must not be null."),
                refused(
                        () -> pause(4, 3),
                        "pause: min must not be above max, were PT4S and PT3S. Exchange them, or use one value."),
                refused(() -> pause(-4, 3), "pause: min must not be negative, was -4 s."),
                refused(
                        () -> pause(SECOND, Duration.ZERO),
                        "pause: min must not be above max, were PT1S and PT0S. Exchange them, or use one value."),
                refused(() -> pause(Duration.ZERO, OVERFLOWING), "pause: max must be at most " + MOST),
                refused(() -> pace(0), "pace must be positive, was 0 s."),
                refused(() -> pace(-1), "pace must be positive, was -1 s."),
                refused(() -> pace(TOO_LONG), "pace must be at most " + MOST_SECONDS),
                refused(() -> pace(Duration.ZERO), "pace must be positive, was PT0S."),
                refused(() -> pace(BELOW_ZERO), "pace must not be negative, was PT-0.000000001S."),
                refused(() -> pace(OVERFLOWING), "pace must be at most " + MOST),
                refused(() -> pace((Duration) null), "pace must not be null."),
                refused(
                        () -> pace(2, 1),
                        "pace: min must not be above max, were PT2S and PT1S. Exchange them, or use one value."),
                refused(() -> pace(0, 1), "pace: min must be positive, was 0 s."),
                refused(() -> pace(1, ""), "pace: counter must not be empty."),
                refused(() -> repeat(-1), "repeat: times must be 0 or more, was -1."),
                refused(() -> repeat((String) null), "repeat: times must not be null."),
                refused(() -> repeat(1, " "), "repeat: counter must not be empty."),
                refused(() -> foreach((List<?>) null, "x"), "foreach: elements must not be null."),
                refused(() -> foreach(List.of(1), ""), "foreach: attribute must not be empty."),
                refused(() -> foreach(List.of(1), "x", null), "foreach: counter must not be null."),
                refused(() -> during(0), "during must be positive, was 0 s."),
                refused(() -> during(-1), "during must be positive, was -1 s."),
                refused(() -> during(TOO_LONG), "during must be at most " + MOST_SECONDS),
                refused(() -> during(Duration.ZERO), "during must be positive, was PT0S."),
                refused(() -> during(BELOW_ZERO), "during must not be negative, was PT-0.000000001S."),
                refused(() -> during(OVERFLOWING), "during must be at most " + MOST),
                refused(() -> during((Duration) null), "during must not be null."),
                refused(() -> during(noFunction), "during must not be null."),
                refused(() -> doIf((String) null), "doIf: condition must not be null."),
                refused(() -> doIfOrElse((Function<Session, Boolean>) null), "doIfOrElse: condition must not be null."),
                refused(() -> percent(-1), "percent must be from 0 to 100, was -1.0."),
                refused(() -> percent(100.1), "percent must be from 0 to 100, was 100.1."),
                refused(() -> percent(NAN), "percent must be from 0 to 100, was NaN."),
                refused(() -> percent(INFINITE), "percent must be from 0 to 100, was Infinity."),
                refused(() -> new Choice.WithWeight(10, null), "percent: chain must not be null."),
                refused(() -> randomSwitch().on(), "randomSwitch: branch: at least one is needed, none was given."),
                refused(() -> randomSwitch().on((Choice.WithWeight) null), "randomSwitch: branch 1 must not be null."),
                refused(() -> exec((Function<Session, Session>) null), "exec: function must not be null."),
                refused(() -> exec((Executable) null), "exec: step 1 must not be null."),
                refused(() -> exec(a, (Executable) null), "exec: step 2 must not be null."),
                refused(() -> exec(List.of()), "exec: chain: at least one is needed, none was given."),
                refused(() -> repeat(2).on(null), "repeat: step 1 must not be null."),
                refused(() -> group((String) null), "group: name must not be null."),
                refused(() -> feed((FeederBuilder<?>) null), "feed: feeder must not be null."),
                refused(() -> feed((Iterator<Map<String, Object>>) null), "feed: feeder must not be null."),
                refused(() -> feed((Supplier<Iterator<Map<String, Object>>>) null), "feed: feeder must not be null."),
                refused(
                        () -> feed(listFeeder(List.of(Map.of("k", 1))), -1),
                        "feed: records must be 0 or more, was -1."),
                refused(() -> scenario(null), "scenario: name must not be null."),
                refused(() -> StringBody((String) null), "StringBody: text must not be null."),
                refused(() -> csv(""), "path must not be empty."),
                refused(
                        () -> normalPausesWithStdDevDuration(Duration.ZERO),
                        "normalPausesWithStdDevDuration must be positive, was PT0S."),
                refused(
                        () -> normalPausesWithStdDevDuration(OVERFLOWING),
                        "normalPausesWithStdDevDuration must be at most " + MOST),
                refused(
                        () -> normalPausesWithPercentageDuration(NAN),
                        "normalPausesWithPercentageDuration must be a finite number of 0 or more, was NaN."),
                refused(
                        () -> uniformPausesPlusOrMinusDuration(BELOW_ZERO),
                        "uniformPauses must not be negative, was PT-0.000000001S."),
                refused(
                        () -> uniformPausesPlusOrMinusPercentage(-1),
                        "uniformPauses must be a finite number of 0 or more, was -1.0."),
                refused(() -> customPauses(null), "customPauses must not be null."));
    }

    private static List<Arguments> openInjection() {
        return List.of(
                refused(() -> nothingFor(0), "nothingFor: duration must be positive, was 0 s."),
                refused(() -> nothingFor(-1), "nothingFor: duration must be positive, was -1 s."),
                refused(() -> nothingFor(TOO_LONG), "nothingFor: duration must be at most " + MOST_SECONDS),
                refused(() -> nothingFor(Duration.ZERO), "nothingFor: duration must be positive, was PT0S."),
                refused(() -> nothingFor(OVERFLOWING), "nothingFor: duration must be at most " + MOST),
                refused(() -> nothingFor(null), "nothingFor: duration must not be null."),
                refused(() -> atOnceUsers(-1), "atOnceUsers: users must be 0 or more, was -1."),
                refused(() -> rampUsers(-1), "rampUsers: users must be 0 or more, was -1."),
                refused(() -> rampUsers(1).during(0), "rampUsers: duration must be positive, was 0 s."),
                refused(() -> rampUsers(1).during(Duration.ZERO), "rampUsers: duration must be positive, was PT0S."),
                refused(() -> rampUsers(1).during(TOO_LONG), "rampUsers: duration must be at most " + MOST_SECONDS),
                refused(() -> rampUsers(1).during(null), "rampUsers: duration must not be null."),
                refused(
                        () -> constantUsersPerSec(-1),
                        "constantUsersPerSec: rate must be a finite number of 0 or more, was -1.0."),
                refused(
                        () -> constantUsersPerSec(NAN),
                        "constantUsersPerSec: rate must be a finite number of 0 or more, was NaN."),
                refused(
                        () -> constantUsersPerSec(INFINITE),
                        "constantUsersPerSec: rate must be a finite number of 0 or more, was Infinity."),
                refused(
                        () -> constantUsersPerSec(1).during(0),
                        "constantUsersPerSec: duration must be positive, was 0 s."),
                refused(
                        () -> constantUsersPerSec(1).during(BELOW_ZERO),
                        "constantUsersPerSec: duration must not be negative, was PT-0.000000001S."),
                refused(
                        () -> constantUsersPerSec(1).during(OVERFLOWING),
                        "constantUsersPerSec: duration must be at most " + MOST),
                refused(
                        () -> rampUsersPerSec(-1),
                        "rampUsersPerSec: rate must be a finite number of 0 or more, was -1.0."),
                refused(
                        () -> rampUsersPerSec(NAN),
                        "rampUsersPerSec: rate must be a finite number of 0 or more, was NaN."),
                refused(
                        () -> rampUsersPerSec(1).to(-1),
                        "rampUsersPerSec: to must be a finite number of 0 or more, was -1.0."),
                refused(
                        () -> rampUsersPerSec(1).to(INFINITE),
                        "rampUsersPerSec: to must be a finite number of 0 or more, was Infinity."),
                refused(
                        () -> rampUsersPerSec(1).to(2).during(0),
                        "rampUsersPerSec: duration must be positive, was 0 s."),
                refused(
                        () -> rampUsersPerSec(1).to(2).during(Duration.ZERO),
                        "rampUsersPerSec: duration must be positive, was PT0S."),
                refused(() -> rampUsersPerSec(1).to(2).during(null), "rampUsersPerSec: duration must not be null."),
                refused(
                        () -> incrementUsersPerSec(-1),
                        "incrementUsersPerSec: increment must be a finite number of 0 or more, was -1.0."),
                refused(
                        () -> incrementUsersPerSec(NAN),
                        "incrementUsersPerSec: increment must be a finite number of 0 or more, was NaN."),
                refused(
                        () -> incrementUsersPerSec(1).times(0),
                        "incrementUsersPerSec: times must be at least 1, was 0."),
                refused(
                        () -> incrementUsersPerSec(1).times(1).eachLevelLasting(0),
                        "incrementUsersPerSec: eachLevelLasting must be positive, was 0 s."),
                refused(
                        () -> incrementUsersPerSec(1).times(1).eachLevelLasting(Duration.ZERO),
                        "incrementUsersPerSec: eachLevelLasting must be positive, was PT0S."),
                refused(
                        () -> incrementUsersPerSec(1)
                                .times(1)
                                .eachLevelLasting(1)
                                .startingFrom(-1),
                        "incrementUsersPerSec: startingFrom must be a finite number of 0 or more, was -1.0."),
                refused(
                        () -> incrementUsersPerSec(1)
                                .times(1)
                                .eachLevelLasting(1)
                                .startingFrom(NAN),
                        "incrementUsersPerSec: startingFrom must be a finite number of 0 or more, was NaN."),
                refused(
                        () -> incrementUsersPerSec(1)
                                .times(1)
                                .eachLevelLasting(1)
                                .separatedByRampsLasting(0),
                        "incrementUsersPerSec: separatedByRampsLasting must be positive, was 0 s."),
                refused(
                        () -> incrementUsersPerSec(1)
                                .times(1)
                                .eachLevelLasting(1)
                                .separatedByRampsLasting(Duration.ZERO),
                        "incrementUsersPerSec: separatedByRampsLasting must be positive, was PT0S."),
                refused(() -> stressPeakUsers(-1), "stressPeakUsers: users must be 0 or more, was -1."),
                refused(() -> stressPeakUsers(1).during(0), "stressPeakUsers: duration must be positive, was 0 s."),
                refused(
                        () -> stressPeakUsers(1).during(TOO_LONG),
                        "stressPeakUsers: duration must be at most " + MOST_SECONDS),
                refused(() -> aScenario().injectOpen(), "injectOpen: step: at least one is needed, none was given."),
                refused(
                        () -> aScenario().injectOpen((OpenInjectionStep) null),
                        "injectOpen: step 1 must not be null."));
    }

    private static List<Arguments> closedInjection() {
        return List.of(
                refused(() -> constantConcurrentUsers(-1), "constantConcurrentUsers: users must be 0 or more, was -1."),
                refused(
                        () -> constantConcurrentUsers(1).during(0),
                        "constantConcurrentUsers: duration must be positive, was 0 s."),
                refused(
                        () -> constantConcurrentUsers(1).during(Duration.ZERO),
                        "constantConcurrentUsers: duration must be positive, was PT0S."),
                refused(
                        () -> constantConcurrentUsers(1).during(OVERFLOWING),
                        "constantConcurrentUsers: duration must be at most " + MOST),
                refused(() -> rampConcurrentUsers(-1), "rampConcurrentUsers: users must be 0 or more, was -1."),
                refused(() -> rampConcurrentUsers(1).to(-1), "rampConcurrentUsers: to must be 0 or more, was -1."),
                refused(
                        () -> rampConcurrentUsers(1).to(2).during(0),
                        "rampConcurrentUsers: duration must be positive, was 0 s."),
                refused(
                        () -> rampConcurrentUsers(1).to(2).during(null),
                        "rampConcurrentUsers: duration must not be null."),
                refused(
                        () -> incrementConcurrentUsers(-1),
                        "incrementConcurrentUsers: increment must be 0 or more, was -1."),
                refused(
                        () -> incrementConcurrentUsers(1).times(0),
                        "incrementConcurrentUsers: times must be at least 1, was 0."),
                refused(
                        () -> incrementConcurrentUsers(1).times(1).eachLevelLasting(0),
                        "incrementConcurrentUsers: eachLevelLasting must be positive, was 0 s."),
                refused(
                        () -> incrementConcurrentUsers(1).times(1).eachLevelLasting(BELOW_ZERO),
                        "incrementConcurrentUsers: eachLevelLasting must not be negative, was PT-0.000000001S."),
                refused(
                        () -> incrementConcurrentUsers(1)
                                .times(1)
                                .eachLevelLasting(1)
                                .startingFrom(-1),
                        "incrementConcurrentUsers: startingFrom must be 0 or more, was -1."),
                refused(
                        () -> incrementConcurrentUsers(1)
                                .times(1)
                                .eachLevelLasting(1)
                                .separatedByRampsLasting(0),
                        "incrementConcurrentUsers: separatedByRampsLasting must be positive, was 0 s."),
                refused(
                        () -> aScenario().injectClosed(),
                        "injectClosed: step: at least one is needed, none was given."),
                refused(
                        () -> aScenario().injectClosed((ClosedInjectionStep) null),
                        "injectClosed: step 1 must not be null."));
    }

    private static List<Arguments> setUp() {
        return List.of(
                refused(() -> aSetUp().maxDuration(0), "maxDuration must be positive, was 0 s."),
                refused(() -> aSetUp().maxDuration(TOO_LONG), "maxDuration must be at most " + MOST_SECONDS),
                refused(() -> aSetUp().maxDuration(Duration.ZERO), "maxDuration must be positive, was PT0S."),
                refused(() -> aSetUp().maxDuration(null), "maxDuration must not be null."),
                refused(() -> aSetUp().warmUp(0), "warmUp must be positive, was 0 s."),
                refused(() -> aSetUp().warmUp(-1), "warmUp must be positive, was -1 s."),
                refused(() -> aSetUp().warmUp(OVERFLOWING), "warmUp must be at most " + MOST),
                refused(() -> aSetUp().maxRate(0), "maxRate must be above 0, was 0. Leave it out for no limit."),
                refused(() -> aSetUp().maxRate(-1), "maxRate must be a finite number of 0 or more, was -1.0."),
                refused(() -> aSetUp().maxRate(NAN), "maxRate must be a finite number of 0 or more, was NaN."),
                refused(
                        () -> aSetUp().maxRate(INFINITE),
                        "maxRate must be a finite number of 0 or more, was Infinity."),
                refused(
                        () -> aSetUp().stopIfFailedAbove(101, 1),
                        "stopIfFailedAbove: percent must be from 0 to 100, was 101.0."),
                refused(
                        () -> aSetUp().stopIfFailedAbove(NAN, 1),
                        "stopIfFailedAbove: percent must be from 0 to 100, was NaN."),
                refused(
                        () -> aSetUp().stopIfFailedAbove(50, 0),
                        "stopIfFailedAbove: duration must be positive, was 0 s."),
                refused(
                        () -> aSetUp().stopIfFailedAbove(50, Duration.ZERO),
                        "stopIfFailedAbove: duration must be positive, was PT0S."),
                refused(
                        () -> aSetUp().uniformPauses(-1),
                        "uniformPauses must be a finite number of 0 or more, was -1.0."),
                refused(() -> aSetUp().uniformPauses(Duration.ZERO), "uniformPauses must be positive, was PT0S."),
                refused(
                        () -> aSetUp().normalPausesWithStdDevDuration(null),
                        "normalPausesWithStdDevDuration must not be null."),
                refused(() -> aSetUp().customPauses(null), "customPauses must not be null."),
                refused(() -> aSetUp().pauses(null), "pause type must not be null."),
                refused(() -> aSetUp().secret(), "secret: value: at least one is needed, none was given."),
                refused(() -> aSetUp().secret(""), "secret: value must not be empty."),
                refused(() -> aSetUp().allowTargets(" "), "allowTargets: value must not be empty."),
                refused(() -> aSetUp().protocols((ProtocolBuilder) null), "protocols: protocol 1 must not be null."),
                refused(() -> aSetUp().assertions((Assertion) null), "assertions: assertion 1 must not be null."),
                refused(() -> aPopulation().maxUsers(0), "maxUsers must be at least 1, was 0."),
                refused(() -> aPopulation().pauses(null), "pause type must not be null."),
                refused(
                        () -> aPopulation().uniformPauses(NAN),
                        "uniformPauses must be a finite number of 0 or more, was NaN."));
    }

    private static List<Arguments> assertions() {
        Assertion.WithPathAndTimeTarget time = global().responseTime().max();
        Assertion.WithPathAndTarget<Double> share = global().failedRequests().percent();
        return List.of(
                refused(() -> global().responseTime().percentile(-0.1), "percentile must be from 0 to 100, was -0.1."),
                refused(
                        () -> global().responseTime().percentile(100.1),
                        "percentile must be from 0 to 100, was 100.1."),
                refused(() -> global().responseTime().percentile(NAN), "percentile must be from 0 to 100, was NaN."),
                refused(() -> time.lt((Integer) null), "lt: value must not be null."),
                refused(() -> time.lt((Duration) null), "lt: value must not be null."),
                refused(() -> time.lte(BELOW_ZERO), "lte: value must not be negative, was PT-0.000000001S."),
                refused(() -> time.gt(OVERFLOWING), "gt: value must be at most " + MOST),
                refused(
                        () -> time.between(2, 1),
                        "between: the least value must not be above the greatest, were 2.0 and 1.0. Exchange them."),
                refused(
                        () -> time.between(SECOND, Duration.ZERO),
                        "between: the least value must not be above the greatest, were 1000.0 and 0.0. Exchange them."),
                refused(
                        () -> time.around(5, -1),
                        "around: plus or minus must be a finite number of 0 or more, was -1.0."),
                refused(
                        () -> time.deviatesAround(5, -0.1),
                        "deviatesAround: fraction must be a finite number of 0 or more, was -0.1."),
                refused(
                        () -> time.deviatesAround(5, NAN),
                        "deviatesAround: fraction must be a finite number of 0 or more, was NaN."),
                refused(() -> share.lt(NAN), "lt: value must be a finite number, was NaN."),
                refused(() -> share.gte(INFINITE), "gte: value must be a finite number, was Infinity."),
                refused(() -> share.in(java.util.Set.of()), "in needs at least one value."),
                refused(() -> details(), "details: name: at least one is needed, none was given."),
                refused(() -> details("cart", null), "details: name 2 must not be null."));
    }

    @ParameterizedTest(name = "{index} {1}")
    @MethodSource("calls")
    void areRefusedAtTheCallWithValuePlaceAndRemedy(Call call, String text) {
        Throwable refused = catchThrowable(call::make);

        assertThat(refused).isInstanceOf(DefinitionException.class).hasMessage(text);
        assertThat(CallSite.of(refused).file()).isEqualTo("RefusedArgumentsTest.java");
        assertThat(CallSite.of(refused).line()).isPositive();
    }

    private static Arguments refused(Call call, String text) {
        return arguments(call, text);
    }

    private static Simulation.SetUp aSetUp() {
        return new Simulation() {}.setUp(aPopulation());
    }

    private static PopulationBuilder aPopulation() {
        return aScenario().injectOpen(atOnceUsers(1));
    }

    private static ScenarioBuilder aScenario() {
        return scenario("shop").exec(pause(1));
    }
}
