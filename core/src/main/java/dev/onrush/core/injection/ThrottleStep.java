package dev.onrush.core.injection;

import java.time.Duration;

import dev.onrush.core.Require;

/** One part of a throttle: how the limit of requests per second goes on. */
public sealed interface ThrottleStep {
    /** 0: the limit changes at once. */
    default long durationNanos() {
        return 0;
    }

    /** The limit at its end, if it was that before. */
    double after(double before);

    String describe();

    /** The limit moves there in a straight line. */
    record Reach(int requestsPerSecond, Duration duration) implements ThrottleStep {
        public Reach {
            Require.notNegative("reachRps: requests per second", requestsPerSecond);
            Require.positiveNanos("reachRps: duration", duration);
        }

        @Override
        public long durationNanos() {
            return duration.toNanos();
        }

        @Override
        public double after(double before) {
            return requestsPerSecond;
        }

        @Override
        public String describe() {
            return "to " + requestsPerSecond + " requests/s over " + Words.of(duration);
        }
    }

    /** The limit stays. */
    record Hold(Duration duration) implements ThrottleStep {
        public Hold {
            Require.positiveNanos("holdFor: duration", duration);
        }

        @Override
        public long durationNanos() {
            return duration.toNanos();
        }

        @Override
        public double after(double before) {
            return before;
        }

        @Override
        public String describe() {
            return "hold for " + Words.of(duration);
        }
    }

    /** The limit changes at once. */
    record Jump(int requestsPerSecond) implements ThrottleStep {
        public Jump {
            Require.atLeast("jumpToRps: requests per second", 1, requestsPerSecond);
        }

        @Override
        public double after(double before) {
            return requestsPerSecond;
        }

        @Override
        public String describe() {
            return "jump to " + requestsPerSecond + " requests/s";
        }
    }
}
