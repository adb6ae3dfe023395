package dev.onrush.dsl;

import java.time.Duration;

import dev.onrush.core.Require;
import dev.onrush.core.injection.ThrottleStep.Hold;
import dev.onrush.core.injection.ThrottleStep.Jump;
import dev.onrush.core.injection.ThrottleStep.Reach;

/** One part of a throttle: how the limit of requests per second goes on. Immutable. */
public final class ThrottleStep {
    private final dev.onrush.core.injection.ThrottleStep step;

    private ThrottleStep(dev.onrush.core.injection.ThrottleStep step) {
        this.step = step;
    }

    static ThrottleStep hold(Duration duration) {
        return new ThrottleStep(new Hold(duration));
    }

    static ThrottleStep jump(int requestsPerSecond) {
        return new ThrottleStep(new Jump(requestsPerSecond));
    }

    dev.onrush.core.injection.ThrottleStep step() {
        return step;
    }

    @Override
    public String toString() {
        return step.describe();
    }

    /** {@code reachRps(n)}, without its time. */
    public static final class ReachIntermediate {
        private final int requestsPerSecond;

        ReachIntermediate(int requestsPerSecond) {
            this.requestsPerSecond = Require.notNegative("reachRps: requests per second", requestsPerSecond);
        }

        /** The limit moves there in so many seconds. */
        public ThrottleStep in(long seconds) {
            return in(Require.positiveSeconds("reachRps: duration", seconds));
        }

        public ThrottleStep in(Duration duration) {
            return new ThrottleStep(new Reach(requestsPerSecond, duration));
        }

        /** As {@link #in(long)}. */
        public ThrottleStep during(long seconds) {
            return in(seconds);
        }

        public ThrottleStep during(Duration duration) {
            return in(duration);
        }
    }
}
