package dev.onrush.dsl;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.CallSite;
import dev.onrush.core.DefinitionException;
import dev.onrush.core.Require;
import dev.onrush.core.assertion.AssertionPath;
import dev.onrush.core.assertion.Condition;
import dev.onrush.core.assertion.Figure;
import dev.onrush.core.assertion.Measure;
import dev.onrush.core.setting.Setting;

/** A test of the whole run's statistics; decides the exit code. Immutable. */
public final class Assertion {
    private final dev.onrush.core.assertion.Assertion definition;

    private Assertion(dev.onrush.core.assertion.Assertion definition) {
        this.definition = definition;
    }

    dev.onrush.core.assertion.Assertion definition() {
        return definition;
    }

    /** Which requests; the measure is still open. */
    public static final class WithPath {
        private final AssertionPath path;

        WithPath(AssertionPath path) {
            this.path = path;
        }

        /** End − intended start: what a user waits. Of a group: the cumulated response times of its requests. */
        public WithPathAndTimeMetric responseTime() {
            return new WithPathAndTimeMetric(path, Measure.TimeKind.RESPONSE_TIME);
        }

        /** End − actual start: what the target needed. */
        public WithPathAndTimeMetric serviceTime() {
            return new WithPathAndTimeMetric(path, Measure.TimeKind.SERVICE_TIME);
        }

        /** The generator's own lateness. */
        public WithPathAndTimeMetric startDelay() {
            return new WithPathAndTimeMetric(path, Measure.TimeKind.START_DELAY);
        }

        public WithPathAndCountMetric allRequests() {
            return new WithPathAndCountMetric(path, Measure.Outcome.ALL);
        }

        public WithPathAndCountMetric failedRequests() {
            return new WithPathAndCountMetric(path, Measure.Outcome.FAILED);
        }

        public WithPathAndCountMetric successfulRequests() {
            return new WithPathAndCountMetric(path, Measure.Outcome.SUCCESSFUL);
        }

        /** Requests completed per second of the measured window. */
        public WithPathAndTarget<Double> requestsPerSec() {
            return new WithPathAndTarget<>(path, new Measure.Throughput());
        }
    }

    /** Which time; the figure is still open. Over all requests, OK and KO. */
    public static final class WithPathAndTimeMetric {
        private final AssertionPath path;
        private final Measure.TimeKind kind;

        WithPathAndTimeMetric(AssertionPath path, Measure.TimeKind kind) {
            this.path = path;
            this.kind = kind;
        }

        public WithPathAndTimeTarget min() {
            return of(Figure.Moment.MIN);
        }

        public WithPathAndTimeTarget max() {
            return of(Figure.Moment.MAX);
        }

        public WithPathAndTimeTarget mean() {
            return of(Figure.Moment.MEAN);
        }

        public WithPathAndTimeTarget stdDev() {
            return of(Figure.Moment.STD_DEV);
        }

        /** The first of the report's percentiles, a setting; default 50. */
        public WithPathAndTimeTarget percentile1() {
            return of(new Figure.ReportPercentile(Setting.PERCENTILE_1));
        }

        /** The second of the report's percentiles, a setting; default 75. */
        public WithPathAndTimeTarget percentile2() {
            return of(new Figure.ReportPercentile(Setting.PERCENTILE_2));
        }

        /** The third of the report's percentiles, a setting; default 95. */
        public WithPathAndTimeTarget percentile3() {
            return of(new Figure.ReportPercentile(Setting.PERCENTILE_3));
        }

        /** The fourth of the report's percentiles, a setting; default 99. */
        public WithPathAndTimeTarget percentile4() {
            return of(new Figure.ReportPercentile(Setting.PERCENTILE_4));
        }

        /** @param percentile 0 to 100, such as 99.9 */
        public WithPathAndTimeTarget percentile(double percentile) {
            if (!(percentile >= 0 && percentile <= 100)) {
                throw new DefinitionException("percentile must be from 0 to 100, was " + percentile + ".");
            }
            return of(new Figure.Percentile(percentile));
        }

        public WithPathAndTimeTarget p50() {
            return percentile(50);
        }

        public WithPathAndTimeTarget p75() {
            return percentile(75);
        }

        public WithPathAndTimeTarget p90() {
            return percentile(90);
        }

        public WithPathAndTimeTarget p95() {
            return percentile(95);
        }

        public WithPathAndTimeTarget p99() {
            return percentile(99);
        }

        /** 99.9. */
        public WithPathAndTimeTarget p999() {
            return percentile(99.9);
        }

        private WithPathAndTimeTarget of(Figure figure) {
            return new WithPathAndTimeTarget(path, new Measure.Time(kind, figure));
        }
    }

    /** Which requests are counted; whether as a number or as a share is still open. */
    public static final class WithPathAndCountMetric {
        private final AssertionPath path;
        private final Measure.Outcome outcome;

        WithPathAndCountMetric(AssertionPath path, Measure.Outcome outcome) {
            this.path = path;
            this.outcome = outcome;
        }

        public WithPathAndTarget<Long> count() {
            return new WithPathAndTarget<>(path, new Measure.Count(outcome));
        }

        /** 0 to 100, of all requests of the path. */
        public WithPathAndTarget<Double> percent() {
            return new WithPathAndTarget<>(path, new Measure.Percent(outcome));
        }
    }

    /** A figure; the condition is still open. */
    public static class WithPathAndTarget<T extends Number> {
        private final AssertionPath path;
        private final Measure measure;
        /** What {@code is} and {@code in} round to, in the unit of the measure; 0 for exact. */
        private final double grain;

        WithPathAndTarget(AssertionPath path, Measure measure) {
            this(path, measure, 0);
        }

        WithPathAndTarget(AssertionPath path, Measure measure, double grain) {
            this.path = path;
            this.measure = measure;
            this.grain = grain;
        }

        public final Assertion lt(T limit) {
            return with("lt", new Condition.Below(number("lt", limit), false));
        }

        public final Assertion lte(T limit) {
            return with("lte", new Condition.Below(number("lte", limit), true));
        }

        public final Assertion gt(T limit) {
            return with("gt", new Condition.Above(number("gt", limit), false));
        }

        public final Assertion gte(T limit) {
            return with("gte", new Condition.Above(number("gte", limit), true));
        }

        public final Assertion between(T least, T most) {
            return between(least, most, true);
        }

        public final Assertion between(T least, T most, boolean inclusive) {
            return span("between", number("between", least), number("between", most), inclusive);
        }

        public final Assertion around(T value, T plusOrMinus) {
            return around(value, plusOrMinus, true);
        }

        public final Assertion around(T value, T plusOrMinus, boolean inclusive) {
            return spread(number("around", value), number("around", plusOrMinus), inclusive);
        }

        /** @param fraction of the value, such as 0.1 for ± 10 % */
        public final Assertion deviatesAround(T value, double fraction) {
            return deviatesAround(value, fraction, true);
        }

        public final Assertion deviatesAround(T value, double fraction, boolean inclusive) {
            return deviates(number("deviatesAround", value), fraction, inclusive);
        }

        public final Assertion is(T value) {
            return with("is", new Condition.OneOf(List.of(number("is", value)), grain));
        }

        public final Assertion shouldBe(T value) {
            return is(value);
        }

        @SafeVarargs
        public final Assertion in(T... values) {
            return oneOf(Arrays.asList(Require.notNull("in: values", values)));
        }

        public final Assertion in(Set<T> values) {
            return oneOf(Require.notNull("in: values", values));
        }

        @SafeVarargs
        public final Assertion within(T... values) {
            return in(values);
        }

        public final Assertion within(Set<T> values) {
            return in(values);
        }

        private Assertion oneOf(Collection<T> values) {
            return oneOf(values.stream().map(value -> number("in", value)).toList(), grain);
        }

        final Assertion oneOf(List<Double> values, double roundTo) {
            if (values.isEmpty()) {
                throw new DefinitionException("in needs at least one value.");
            }
            return with("in", new Condition.OneOf(values, roundTo));
        }

        final Assertion spread(double value, double plusOrMinus, boolean inclusive) {
            Require.notNegative("around: plus or minus", plusOrMinus);
            return span("around", value - plusOrMinus, value + plusOrMinus, inclusive);
        }

        final Assertion deviates(double value, double fraction, boolean inclusive) {
            double deviation = value * Require.notNegative("deviatesAround: fraction", fraction);
            return span("deviatesAround", value - deviation, value + deviation, inclusive);
        }

        final Assertion span(String word, double least, double most, boolean inclusive) {
            if (least > most) {
                throw new DefinitionException(word + ": the least value must not be above the greatest, were " + least
                        + " and " + most + ". Exchange them.");
            }
            return with(word, new Condition.Between(least, most, inclusive));
        }

        final Assertion with(String word, Condition condition) {
            return new Assertion(new dev.onrush.core.assertion.Assertion(path, measure, condition, CallSite.of(word)));
        }

        private static double number(String word, @Nullable Number value) {
            double number = Require.notNull(word + ": value", value).doubleValue();
            if (!Double.isFinite(number)) {
                throw new DefinitionException(word + ": value must be a finite number, was " + number + ".");
            }
            return number;
        }
    }

    /** A figure of a time; conditions take milliseconds or durations. */
    public static final class WithPathAndTimeTarget extends WithPathAndTarget<Integer> {
        private static final double MILLISECOND = 1;
        private static final double MICROSECOND = 0.001;

        WithPathAndTimeTarget(AssertionPath path, Measure.Time measure) {
            super(path, measure, MILLISECOND);
        }

        public Assertion lt(Duration limit) {
            return with("lt", new Condition.Below(millis("lt", limit), false));
        }

        public Assertion lte(Duration limit) {
            return with("lte", new Condition.Below(millis("lte", limit), true));
        }

        public Assertion gt(Duration limit) {
            return with("gt", new Condition.Above(millis("gt", limit), false));
        }

        public Assertion gte(Duration limit) {
            return with("gte", new Condition.Above(millis("gte", limit), true));
        }

        public Assertion between(Duration least, Duration most) {
            return between(least, most, true);
        }

        public Assertion between(Duration least, Duration most, boolean inclusive) {
            return span("between", millis("between", least), millis("between", most), inclusive);
        }

        public Assertion around(Duration value, Duration plusOrMinus) {
            return around(value, plusOrMinus, true);
        }

        public Assertion around(Duration value, Duration plusOrMinus, boolean inclusive) {
            return spread(millis("around", value), millis("around", plusOrMinus), inclusive);
        }

        public Assertion deviatesAround(Duration value, double fraction) {
            return deviatesAround(value, fraction, true);
        }

        public Assertion deviatesAround(Duration value, double fraction, boolean inclusive) {
            return deviates(millis("deviatesAround", value), fraction, inclusive);
        }

        /** Compares whole microseconds. */
        public Assertion is(Duration value) {
            return with("is", new Condition.OneOf(List.of(millis("is", value)), MICROSECOND));
        }

        public Assertion shouldBe(Duration value) {
            return is(value);
        }

        /** Compares whole microseconds. */
        public Assertion in(Duration... values) {
            return oneOf(
                    Arrays.stream(Require.notNull("in: values", values))
                            .map(value -> millis("in", value))
                            .toList(),
                    MICROSECOND);
        }

        public Assertion within(Duration... values) {
            return in(values);
        }

        private static double millis(String word, @Nullable Duration value) {
            return Require.nanosOrZero(word + ": value", value) / 1e6;
        }
    }
}
