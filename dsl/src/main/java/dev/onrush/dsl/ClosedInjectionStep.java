package dev.onrush.dsl;

import java.time.Duration;
import java.util.List;

import dev.onrush.core.Require;
import dev.onrush.core.injection.ClosedProfile;
import dev.onrush.core.injection.ClosedStep;
import dev.onrush.core.injection.ConstantConcurrent;
import dev.onrush.core.injection.RampConcurrent;

/** One part of a closed injection profile: so many users are present, one who ends is replaced. Immutable. */
public class ClosedInjectionStep {
    private final List<ClosedStep> steps;

    ClosedInjectionStep(List<ClosedStep> steps) {
        this.steps = List.copyOf(steps);
    }

    List<ClosedStep> steps() {
        return steps;
    }

    @Override
    public final String toString() {
        return new ClosedProfile(steps).describe();
    }

    /** {@code constantConcurrentUsers(n)}, without its time. */
    public static final class Constant {
        private final int users;

        Constant(int users) {
            this.users = Require.notNegative("constantConcurrentUsers: users", users);
        }

        public ClosedInjectionStep during(long seconds) {
            return during(Require.positiveSeconds("constantConcurrentUsers: duration", seconds));
        }

        public ClosedInjectionStep during(Duration duration) {
            return new ClosedInjectionStep(List.of(new ConstantConcurrent(users, duration)));
        }
    }

    /** {@code rampConcurrentUsers(from)}, without its end. */
    public static final class Ramp {
        private final int from;

        Ramp(int from) {
            this.from = Require.notNegative("rampConcurrentUsers: users", from);
        }

        /** The number of users it ends at. */
        public RampTo to(int users) {
            return new RampTo(from, users);
        }
    }

    /** {@code rampConcurrentUsers(from).to(to)}, without its time. */
    public static final class RampTo {
        private final int from;
        private final int to;

        RampTo(int from, int to) {
            this.from = from;
            this.to = Require.notNegative("rampConcurrentUsers: to", to);
        }

        public ClosedInjectionStep during(long seconds) {
            return during(Require.positiveSeconds("rampConcurrentUsers: duration", seconds));
        }

        public ClosedInjectionStep during(Duration duration) {
            return new ClosedInjectionStep(List.of(new RampConcurrent(from, to, duration)));
        }
    }

    /** {@code incrementConcurrentUsers(n)}, without its levels. */
    public static final class Stairs {
        private final int increment;

        Stairs(int increment) {
            this.increment = Require.notNegative("incrementConcurrentUsers: increment", increment);
        }

        /** Exactly so many levels. */
        public StairsWithTime times(int levels) {
            return new StairsWithTime(increment, levels);
        }
    }

    /** {@code incrementConcurrentUsers(n).times(levels)}, without the length of a level. */
    public static final class StairsWithTime {
        private final int increment;
        private final int levels;

        StairsWithTime(int increment, int levels) {
            this.increment = increment;
            this.levels = Require.atLeast("incrementConcurrentUsers: times", 1, levels);
        }

        public Composite eachLevelLasting(long seconds) {
            return eachLevelLasting(Require.positiveSeconds("incrementConcurrentUsers: eachLevelLasting", seconds));
        }

        public Composite eachLevelLasting(Duration duration) {
            return new Composite(increment, levels, duration, 0, Duration.ZERO);
        }
    }

    /** Levels of users present, one above the other. */
    public static final class Composite extends ClosedInjectionStep {
        private final int increment;
        private final int levels;
        private final Duration level;
        private final int startingFrom;
        private final Duration ramp;

        Composite(int increment, int levels, Duration level, int startingFrom, Duration ramp) {
            super(ClosedProfile.staircase(increment, levels, level, startingFrom, ramp));
            this.increment = increment;
            this.levels = levels;
            this.level = level;
            this.startingFrom = startingFrom;
            this.ramp = ramp;
        }

        /** The number of users of the first level; default 0. */
        public Composite startingFrom(int users) {
            return new Composite(increment, levels, level, users, ramp);
        }

        public Composite separatedByRampsLasting(long seconds) {
            return separatedByRampsLasting(
                    Require.positiveSeconds("incrementConcurrentUsers: separatedByRampsLasting", seconds));
        }

        /** Ramps of that length lead from level to level; without a first level also to the first. */
        public Composite separatedByRampsLasting(Duration duration) {
            Require.positiveNanos("incrementConcurrentUsers: separatedByRampsLasting", duration);
            return new Composite(increment, levels, level, startingFrom, duration);
        }
    }
}
