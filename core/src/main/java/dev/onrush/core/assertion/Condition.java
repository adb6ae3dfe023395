package dev.onrush.core.assertion;

import java.util.List;
import java.util.stream.Collectors;

/** What a figure is compared with; values in the unit of the measure. */
public sealed interface Condition {
    boolean holds(double actual);

    /** The limit in words, as in {@code limit below 500 ms}. */
    String words(Unit unit);

    /** Below the limit, or at most the limit. */
    record Below(double limit, boolean inclusive) implements Condition {
        @Override
        public boolean holds(double actual) {
            return inclusive ? actual <= limit : actual < limit;
        }

        @Override
        public String words(Unit unit) {
            return "limit " + (inclusive ? "" : "below ") + unit.text(limit);
        }
    }

    /** Above the limit, or at least the limit. */
    record Above(double limit, boolean inclusive) implements Condition {
        @Override
        public boolean holds(double actual) {
            return inclusive ? actual >= limit : actual > limit;
        }

        @Override
        public String words(Unit unit) {
            return "limit " + (inclusive ? "at least " : "above ") + unit.text(limit);
        }
    }

    /** Between two values, these included or not. */
    record Between(double least, double most, boolean inclusive) implements Condition {
        @Override
        public boolean holds(double actual) {
            return inclusive ? actual >= least && actual <= most : actual > least && actual < most;
        }

        @Override
        public String words(Unit unit) {
            return "limit " + unit.number(least) + " to " + unit.text(most) + (inclusive ? "" : ", these excluded");
        }
    }

    /**
     * One of some values.
     *
     * @param grain both sides are rounded half up to whole multiples of it; 0 compares exactly
     */
    record OneOf(List<Double> values, double grain) implements Condition {
        public OneOf {
            values = List.copyOf(values);
        }

        @Override
        public boolean holds(double actual) {
            return values.stream().anyMatch(value -> same(actual, value));
        }

        private boolean same(double actual, double value) {
            return grain == 0 ? actual == value : Math.round(actual / grain) == Math.round(value / grain);
        }

        @Override
        public String words(Unit unit) {
            String list = values.stream().map(unit::number).collect(Collectors.joining(", "));
            return (values.size() == 1 ? "limit exactly " : "limit one of ") + list + unit.suffix();
        }
    }
}
