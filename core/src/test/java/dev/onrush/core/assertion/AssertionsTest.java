package dev.onrush.core.assertion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.onrush.core.CallSite;
import dev.onrush.core.assertion.Measure.Outcome;
import dev.onrush.core.assertion.Measure.TimeKind;
import dev.onrush.core.measure.RunStatistics;
import dev.onrush.core.setting.Setting;
import dev.onrush.core.setting.Settings;

class AssertionsTest {
    private static final CallSite SITE = new CallSite("Shop.java", 7);
    private static final Measure P99 = time(new Figure.Percentile(99));
    private static final Condition BELOW_500 = new Condition.Below(500, false);

    @Test
    void saysWhatWasMeasuredTheLimitAndOfHowManyRequests() {
        RunStatistics run = new RunFixture()
                .request(List.of(), "open item", 12031, 3, 10, 812)
                .run();

        AssertionResult result = judge(run, details("open item"), P99, new Condition.Below(500, true));

        assertThat(result.text())
                .isEqualTo("open item: response time p99 = 812 ms, limit 500 ms (12034 requests, 3 KO).");
        assertThat(result.name()).isEqualTo("open item: response time p99, limit 500 ms");
        assertThat(result.passed()).isFalse();
        assertThat(result.actual()).isEqualTo(812);
        assertThat(result.limit()).isEqualTo("limit 500 ms");
        assertThat(result.requests()).isEqualTo(12034);
    }

    static Stream<Arguments> conditions() {
        return Stream.of(
                arguments(new Condition.Below(80, false), 79.999, true, "limit below 80 ms"),
                arguments(new Condition.Below(80, false), 80.0, false, "limit below 80 ms"),
                arguments(new Condition.Below(80, true), 80.0, true, "limit 80 ms"),
                arguments(new Condition.Below(80, true), 80.001, false, "limit 80 ms"),
                arguments(new Condition.Above(80, false), 80.001, true, "limit above 80 ms"),
                arguments(new Condition.Above(80, false), 80.0, false, "limit above 80 ms"),
                arguments(new Condition.Above(80, true), 80.0, true, "limit at least 80 ms"),
                arguments(new Condition.Above(80, true), 79.999, false, "limit at least 80 ms"),
                arguments(new Condition.Between(10, 20, true), 10.0, true, "limit 10 to 20 ms"),
                arguments(new Condition.Between(10, 20, true), 20.001, false, "limit 10 to 20 ms"),
                arguments(new Condition.Between(10, 20, false), 10.0, false, "limit 10 to 20 ms, these excluded"),
                arguments(new Condition.Between(10, 20, false), 10.001, true, "limit 10 to 20 ms, these excluded"),
                arguments(new Condition.OneOf(List.of(80.0), 1), 80.499, true, "limit exactly 80 ms"),
                arguments(new Condition.OneOf(List.of(80.0), 1), 79.5, true, "limit exactly 80 ms"),
                arguments(new Condition.OneOf(List.of(80.0), 1), 80.5, false, "limit exactly 80 ms"),
                arguments(new Condition.OneOf(List.of(80.0), 0.001), 80.001, false, "limit exactly 80 ms"),
                arguments(new Condition.OneOf(List.of(1.0, 2.0), 1), 2.4, true, "limit one of 1, 2 ms"),
                arguments(new Condition.OneOf(List.of(1.0, 2.0), 1), 3.0, false, "limit one of 1, 2 ms"));
    }

    @ParameterizedTest
    @MethodSource("conditions")
    void comparesThePrintedNumber(Condition condition, double millis, boolean passes, String limit) {
        RunStatistics run =
                new RunFixture().request(List.of(), "open", 1, 0, millis).run();

        AssertionResult result = judge(run, details("open"), time(Figure.Moment.MAX), condition);

        assertThat(result.passed()).isEqualTo(passes);
        assertThat(result.limit()).isEqualTo(limit);
    }

    static Stream<Arguments> measures() {
        return Stream.of(
                arguments(time(Figure.Moment.MIN), "response time min = 10 ms"),
                arguments(time(Figure.Moment.MAX), "response time max = 40 ms"),
                arguments(time(Figure.Moment.MEAN), "response time mean = 25 ms"),
                arguments(time(Figure.Moment.STD_DEV), "response time standard deviation = 11.18 ms"),
                arguments(time(new Figure.Percentile(50)), "response time p50 = 20 ms"),
                arguments(time(new Figure.Percentile(99.9)), "response time p99.9 = 40 ms"),
                arguments(time(new Figure.ReportPercentile(Setting.PERCENTILE_1)), "response time p50 = 20 ms"),
                arguments(time(new Figure.ReportPercentile(Setting.PERCENTILE_2)), "response time p75 = 30 ms"),
                arguments(time(new Figure.ReportPercentile(Setting.PERCENTILE_3)), "response time p95 = 40 ms"),
                arguments(time(new Figure.ReportPercentile(Setting.PERCENTILE_4)), "response time p99 = 40 ms"),
                arguments(new Measure.Time(TimeKind.SERVICE_TIME, Figure.Moment.MIN), "service time min = 10 ms"),
                arguments(new Measure.Time(TimeKind.START_DELAY, Figure.Moment.MIN), "start delay min = 10 ms"),
                arguments(new Measure.Count(Outcome.ALL), "requests = 4"),
                arguments(new Measure.Count(Outcome.FAILED), "failed requests = 1"),
                arguments(new Measure.Count(Outcome.SUCCESSFUL), "successful requests = 3"),
                arguments(new Measure.Percent(Outcome.ALL), "requests = 100 %"),
                arguments(new Measure.Percent(Outcome.FAILED), "failed requests = 25 %"),
                arguments(new Measure.Percent(Outcome.SUCCESSFUL), "successful requests = 75 %"),
                arguments(new Measure.Throughput(), "throughput = 0.4 requests/s"));
    }

    @ParameterizedTest
    @MethodSource("measures")
    void takesEachFigureFromTheStatistics(Measure measure, String words) {
        RunStatistics run = new RunFixture().total(3, 1, 10, 20, 30, 40).run();

        AssertionResult result = judge(run, new AssertionPath.Global(), measure, new Condition.Above(0, false));

        assertThat(result.passed()).isTrue();
        assertThat(result.text()).startsWith("All requests: " + words + ", limit above 0");
    }

    static Stream<Arguments> ofNoRequest() {
        Condition atLeastZero = new Condition.Above(0, true);
        return Stream.of(
                arguments(new Measure.Count(Outcome.ALL), new Condition.OneOf(List.of(0.0), 0), true),
                arguments(new Measure.Count(Outcome.ALL), new Condition.Above(0, false), false),
                arguments(new Measure.Percent(Outcome.FAILED), new Condition.OneOf(List.of(100.0), 0), true),
                arguments(new Measure.Percent(Outcome.FAILED), new Condition.Below(1, false), false),
                arguments(new Measure.Percent(Outcome.SUCCESSFUL), new Condition.OneOf(List.of(0.0), 0), true),
                arguments(new Measure.Percent(Outcome.SUCCESSFUL), new Condition.Above(99, false), false),
                arguments(new Measure.Throughput(), new Condition.Above(1, true), false),
                arguments(P99, BELOW_500, false),
                arguments(P99, atLeastZero, false),
                arguments(time(Figure.Moment.MIN), new Condition.OneOf(List.of(0.0), 1), false),
                arguments(time(Figure.Moment.MEAN), new Condition.Between(0, 10, true), false));
    }

    @ParameterizedTest
    @MethodSource("ofNoRequest")
    void takesNoRequestAsAllFailedAndAnyTimeAsNotKept(Measure measure, Condition condition, boolean passes) {
        RunStatistics run = new RunFixture().run();

        assertThat(judge(run, new AssertionPath.Global(), measure, condition).passed())
                .isEqualTo(passes);
    }

    @Test
    void saysThatNoRequestWasRecorded() {
        AssertionResult result = judge(new RunFixture().run(), new AssertionPath.Global(), P99, BELOW_500);

        assertThat(result.text())
                .isEqualTo("All requests: response time p99: no request was recorded, limit below 500 ms.");
        assertThat(result.actual()).isNull();
    }

    @Test
    void failsATimeOfRequestsThatHaveNone() {
        RunStatistics run =
                new RunFixture().request(List.of(), "unsendable", 0, 2).run();

        AssertionResult result = judge(run, details("unsendable"), P99, BELOW_500);

        assertThat(result.passed()).isFalse();
        assertThat(result.text())
                .isEqualTo("unsendable: response time p99: none of 2 requests has a duration, limit below 500 ms.");
    }

    @Test
    void failsAPathThatMatchesNothingAndListsTheKnownNames() {
        RunStatistics run = new RunFixture()
                .request(List.of("cart"), "add", 1, 0, 5)
                .request(List.of(), "home", 1, 0, 5)
                .group(List.of(), "cart", 1, 0, RunFixture.times(9), RunFixture.times(5))
                .run();

        AssertionResult result = judge(run, details("cart", "ad"), new Measure.Count(Outcome.FAILED), BELOW_500);

        assertThat(result.passed()).isFalse();
        assertThat(result.text())
                .isEqualTo("cart > ad: failed requests: no request and no group has that path; "
                        + "known are cart, cart > add, home, limit below 500.");
    }

    @Test
    void takesAKnownPathThatWasNeverReachedAsNoRequestAtAll() {
        KnownNames known = new KnownNames(Set.of(List.of("home"), List.of("bye")), Set.of(), true);
        Assertion none = new Assertion(
                details("bye"), new Measure.Count(Outcome.ALL), new Condition.OneOf(List.of(0.0), 0), SITE);

        List<AssertionResult> results =
                Assertions.evaluate(List.of(none), new RunFixture().run(), known, Settings.defaults());

        assertThat(results).singleElement().satisfies(result -> {
            assertThat(result.passed()).isTrue();
            assertThat(result.text()).isEqualTo("bye: requests = 0, limit exactly 0 (0 requests, 0 KO).");
        });
    }

    @Test
    void judgesEachRequestByItself() {
        RunStatistics run = new RunFixture()
                .request(List.of("cart"), "add", 1, 0, 600)
                .request(List.of(), "home", 1, 0, 5)
                .run();
        Assertion each = new Assertion(new AssertionPath.ForAll(), P99, BELOW_500, SITE);

        List<AssertionResult> results = Assertions.evaluate(List.of(each), run, Settings.defaults());

        assertThat(results)
                .extracting(AssertionResult::text)
                .containsExactly(
                        "cart > add: response time p99 = 600 ms, limit below 500 ms (1 request, 0 KO).",
                        "home: response time p99 = 5 ms, limit below 500 ms (1 request, 0 KO).");
        assertThat(results).extracting(AssertionResult::passed).containsExactly(false, true);
    }

    @Test
    void failsOnceForEachRequestOfARunWithoutAny() {
        Assertion each = new Assertion(
                new AssertionPath.ForAll(), new Measure.Count(Outcome.FAILED), new Condition.Below(1, false), SITE);

        List<AssertionResult> results = Assertions.evaluate(List.of(each), new RunFixture().run(), Settings.defaults());

        assertThat(results).singleElement().satisfies(result -> {
            assertThat(result.passed()).isFalse();
            assertThat(result.text())
                    .isEqualTo("Each request: failed requests: no request was recorded, limit below 1.");
        });
    }

    @Test
    void usesCumulatedTimesAndPassesOfAGroup() {
        RunStatistics run = new RunFixture()
                .group(List.of(), "cart", 3, 1, RunFixture.times(900), RunFixture.times(40))
                .run();

        AssertionResult result = judge(run, details("cart"), P99, BELOW_500);

        assertThat(result.text()).isEqualTo("cart: response time p99 = 40 ms, limit below 500 ms (4 passes, 1 KO).");
        assertThat(judge(run, details("cart"), new Measure.Throughput(), BELOW_500)
                        .actual())
                .isEqualTo(0.4);
    }

    @Test
    void failsWhatAGroupDoesNotHave() {
        RunStatistics run = new RunFixture()
                .group(List.of(), "cart", 3, 1, RunFixture.times(900), RunFixture.times(40))
                .run();

        AssertionResult result =
                judge(run, details("cart"), new Measure.Time(TimeKind.START_DELAY, Figure.Moment.MAX), BELOW_500);

        assertThat(result.passed()).isFalse();
        assertThat(result.text()).isEqualTo("cart: start delay max: a group has no such time, limit below 500 ms.");
    }

    @Test
    void findsAPathThatCannotExistBeforeTheRun() {
        KnownNames known =
                new KnownNames(Set.of(List.of("cart", "add"), List.of("home")), Set.of(List.of("cart")), true);

        assertThat(new Assertion(details("shop", "home"), P99, BELOW_500, SITE).problems(known))
                .singleElement()
                .hasToString("assertion on \"shop > home\", Shop.java:7: no request and no group of the simulation has"
                        + " that path; known are cart, cart > add, home. A path is groups, then request; a scenario is"
                        + " not part of it.");
        assertThat(new Assertion(details("home"), P99, BELOW_500, SITE).problems(known))
                .isEmpty();
        assertThat(new Assertion(details("cart"), P99, BELOW_500, SITE).problems(known))
                .isEmpty();
        assertThat(new Assertion(details("home Redirect 1"), P99, BELOW_500, SITE).problems(known))
                .isEmpty();
        assertThat(new Assertion(new AssertionPath.Global(), P99, BELOW_500, SITE).problems(known))
                .isEmpty();
    }

    @Test
    void leavesAPathToTheRunIfNamesDependOnSessions() {
        KnownNames known = new KnownNames(Set.of(List.of("home")), Set.of(), false);

        assertThat(new Assertion(details("item 7"), P99, BELOW_500, SITE).problems(known))
                .isEmpty();
    }

    @Test
    void refusesTheStartDelayOfAGroup() {
        KnownNames known = new KnownNames(Set.of(), Set.of(List.of("cart")), true);
        Measure startDelay = new Measure.Time(TimeKind.START_DELAY, Figure.Moment.MAX);

        assertThat(new Assertion(details("cart"), startDelay, BELOW_500, SITE).problems(known))
                .singleElement()
                .hasToString("assertion on \"cart\", Shop.java:7: a group has no start delay."
                        + " Use responseTime(), or the path of a request in it.");
    }

    private static AssertionResult judge(RunStatistics run, AssertionPath path, Measure measure, Condition condition) {
        List<AssertionResult> results =
                Assertions.evaluate(List.of(new Assertion(path, measure, condition, SITE)), run, Settings.defaults());
        assertThat(results).hasSize(1);
        return results.get(0);
    }

    private static AssertionPath details(String... names) {
        return new AssertionPath.Details(List.of(names));
    }

    private static Measure time(Figure figure) {
        return new Measure.Time(TimeKind.RESPONSE_TIME, figure);
    }
}
