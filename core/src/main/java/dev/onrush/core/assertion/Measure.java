package dev.onrush.core.assertion;

import java.util.OptionalDouble;

import dev.onrush.core.measure.Times;
import dev.onrush.core.setting.Settings;

/** What is measured of requests, or of passes of a group. */
public sealed interface Measure {
    Unit unit();

    /** As in {@code response time p99}. */
    String words(Settings settings);

    /** The figure; empty if there is none, as of a time nobody took. */
    OptionalDouble of(Subject subject, Settings settings);

    /** Whether a group has it. */
    default boolean isOfGroups() {
        return true;
    }

    /** Which of a request's times. */
    enum TimeKind {
        RESPONSE_TIME("response time"),
        SERVICE_TIME("service time"),
        START_DELAY("start delay");

        private final String words;

        TimeKind(String words) {
            this.words = words;
        }
    }

    /** Which requests are counted. */
    enum Outcome {
        ALL("requests"),
        FAILED("failed requests"),
        SUCCESSFUL("successful requests");

        private final String words;

        Outcome(String words) {
            this.words = words;
        }
    }

    /** A time over all requests, OK and KO. */
    record Time(TimeKind kind, Figure figure) implements Measure {
        @Override
        public Unit unit() {
            return Unit.MILLISECONDS;
        }

        @Override
        public String words(Settings settings) {
            return kind.words + " " + figure.words(settings);
        }

        @Override
        public OptionalDouble of(Subject subject, Settings settings) {
            Times times = switch (kind) {
                case RESPONSE_TIME -> subject.responseTime();
                case SERVICE_TIME -> subject.serviceTime();
                case START_DELAY -> subject.startDelay();
            };
            return times.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(figure.millis(times, settings));
        }

        @Override
        public boolean isOfGroups() {
            return kind == TimeKind.RESPONSE_TIME;
        }
    }

    /** How many. */
    record Count(Outcome outcome) implements Measure {
        @Override
        public Unit unit() {
            return Unit.COUNT;
        }

        @Override
        public String words(Settings settings) {
            return outcome.words;
        }

        @Override
        public OptionalDouble of(Subject subject, Settings settings) {
            return OptionalDouble.of(subject.count(outcome));
        }
    }

    /** Their share in all requests of the path. Without any request: all failed, none was successful. */
    record Percent(Outcome outcome) implements Measure {
        @Override
        public Unit unit() {
            return Unit.PERCENT;
        }

        @Override
        public String words(Settings settings) {
            return outcome.words;
        }

        @Override
        public OptionalDouble of(Subject subject, Settings settings) {
            if (subject.total() == 0) {
                return OptionalDouble.of(outcome == Outcome.FAILED ? 100 : 0);
            }
            return OptionalDouble.of(100.0 * subject.count(outcome) / subject.total());
        }
    }

    /** Requests completed per second of the measured window. */
    record Throughput() implements Measure {
        @Override
        public Unit unit() {
            return Unit.PER_SECOND;
        }

        @Override
        public String words(Settings settings) {
            return "throughput";
        }

        @Override
        public OptionalDouble of(Subject subject, Settings settings) {
            return OptionalDouble.of(subject.throughput());
        }
    }
}
