package dev.onrush.dsl;

import java.time.Duration;

import dev.onrush.core.Require;
import dev.onrush.core.injection.ArrivalProcess;
import dev.onrush.core.injection.AtOnceUsers;
import dev.onrush.core.injection.NothingFor;
import dev.onrush.core.injection.OpenStep;
import dev.onrush.core.injection.RampUsers;
import dev.onrush.core.injection.StaircaseRate;
import dev.onrush.core.injection.StressPeakUsers;

/** One part of an open injection profile: users keep arriving, however slowly the target answers. Immutable. */
public class OpenInjectionStep {
    private final OpenStep step;

    OpenInjectionStep(OpenStep step) {
        this.step = step;
    }

    OpenStep step() {
        return step;
    }

    /** Nobody starts for that long. */
    public static OpenInjectionStep nothingFor(Duration duration) {
        return new OpenInjectionStep(new NothingFor(duration));
    }

    /** So many users start at one instant. */
    public static OpenInjectionStep atOnceUsers(int users) {
        return new OpenInjectionStep(new AtOnceUsers(users));
    }

    @Override
    public final String toString() {
        return step.describe();
    }

    /** {@code rampUsers(n)}, without its time. */
    public static final class Ramp {
        private final int users;

        Ramp(int users) {
            this.users = Require.notNegative("rampUsers: users", users);
        }

        /** Spreads the users evenly over so many seconds. */
        public OpenInjectionStep during(long seconds) {
            return during(Require.positiveSeconds("rampUsers: duration", seconds));
        }

        /** Spreads the users evenly over that time. */
        public OpenInjectionStep during(Duration duration) {
            return new OpenInjectionStep(new RampUsers(users, duration));
        }
    }

    /** {@code stressPeakUsers(n)}, without its time. */
    public static final class StressPeak {
        private final int users;

        StressPeak(int users) {
            this.users = Require.notNegative("stressPeakUsers: users", users);
        }

        public OpenInjectionStep during(long seconds) {
            return during(Require.positiveSeconds("stressPeakUsers: duration", seconds));
        }

        public OpenInjectionStep during(Duration duration) {
            return new OpenInjectionStep(new StressPeakUsers(users, duration));
        }
    }

    /** {@code constantUsersPerSec(rate)}, without its time. */
    public static final class ConstantRate {
        private final double rate;

        ConstantRate(double rate) {
            this.rate = Require.notNegative("constantUsersPerSec: rate", rate);
        }

        public ConstantRateOpenInjectionStep during(long seconds) {
            return during(Require.positiveSeconds("constantUsersPerSec: duration", seconds));
        }

        public ConstantRateOpenInjectionStep during(Duration duration) {
            return new ConstantRateOpenInjectionStep(new dev.onrush.core.injection.ConstantRate(rate, duration));
        }

        /** Users at one rate, evenly spaced unless said otherwise. */
        public static final class ConstantRateOpenInjectionStep extends OpenInjectionStep {
            private final dev.onrush.core.injection.ConstantRate even;

            ConstantRateOpenInjectionStep(dev.onrush.core.injection.ConstantRate even) {
                super(even);
                this.even = even;
            }

            /** The same number of users, at instants drawn uniformly. */
            public OpenInjectionStep randomized() {
                return with(ArrivalProcess.RANDOMIZED);
            }

            /** A true Poisson process of that rate: the number of users varies too. */
            public OpenInjectionStep poisson() {
                return with(ArrivalProcess.POISSON);
            }

            private OpenInjectionStep with(ArrivalProcess process) {
                return new OpenInjectionStep(
                        new dev.onrush.core.injection.ConstantRate(even.usersPerSecond(), even.duration(), process));
            }
        }
    }

    /** {@code rampUsersPerSec(from)}, without its end. */
    public static final class RampRate {
        private final double from;

        RampRate(double from) {
            this.from = Require.notNegative("rampUsersPerSec: rate", from);
        }

        /** The rate it ends at, users per second. */
        public During to(double rate) {
            return new During(from, rate);
        }

        /** {@code rampUsersPerSec(from).to(to)}, without its time. */
        public static final class During {
            private final double from;
            private final double to;

            During(double from, double to) {
                this.from = from;
                this.to = Require.notNegative("rampUsersPerSec: to", to);
            }

            public RampRateOpenInjectionStep during(long seconds) {
                return during(Require.positiveSeconds("rampUsersPerSec: duration", seconds));
            }

            public RampRateOpenInjectionStep during(Duration duration) {
                return new RampRateOpenInjectionStep(new dev.onrush.core.injection.RampRate(from, to, duration));
            }
        }

        /** Users at a rate that changes in a straight line, evenly spaced under it unless said otherwise. */
        public static final class RampRateOpenInjectionStep extends OpenInjectionStep {
            private final dev.onrush.core.injection.RampRate even;

            RampRateOpenInjectionStep(dev.onrush.core.injection.RampRate even) {
                super(even);
                this.even = even;
            }

            /** The same number of users, at instants drawn under the rate. */
            public OpenInjectionStep randomized() {
                return with(ArrivalProcess.RANDOMIZED);
            }

            /** A true Poisson process of that rate: the number of users varies too. */
            public OpenInjectionStep poisson() {
                return with(ArrivalProcess.POISSON);
            }

            private OpenInjectionStep with(ArrivalProcess process) {
                return new OpenInjectionStep(new dev.onrush.core.injection.RampRate(
                        even.fromPerSecond(), even.toPerSecond(), even.duration(), process));
            }
        }
    }

    /** {@code incrementUsersPerSec(rate)}, without its levels. */
    public static final class Stairs {
        private final double increment;

        Stairs(double increment) {
            this.increment = Require.notNegative("incrementUsersPerSec: increment", increment);
        }

        /** Exactly so many levels. */
        public Times times(int levels) {
            return new Times(increment, levels);
        }

        /** {@code incrementUsersPerSec(rate).times(levels)}, without the length of a level. */
        public static final class Times {
            private final double increment;
            private final int levels;

            Times(double increment, int levels) {
                this.increment = increment;
                this.levels = Require.atLeast("incrementUsersPerSec: times", 1, levels);
            }

            public Composite eachLevelLasting(long seconds) {
                return eachLevelLasting(Require.positiveSeconds("incrementUsersPerSec: eachLevelLasting", seconds));
            }

            public Composite eachLevelLasting(Duration duration) {
                return new Composite(new StaircaseRate(increment, levels, duration, 0, Duration.ZERO));
            }
        }

        /** Levels of rate, one above the other. */
        public static final class Composite extends OpenInjectionStep {
            private final StaircaseRate stairs;

            Composite(StaircaseRate stairs) {
                super(stairs);
                this.stairs = stairs;
            }

            /** The rate of the first level, users per second; default 0. */
            public Composite startingFrom(double rate) {
                return new Composite(
                        new StaircaseRate(stairs.increment(), stairs.levels(), stairs.level(), rate, stairs.ramp()));
            }

            public Composite separatedByRampsLasting(long seconds) {
                return separatedByRampsLasting(
                        Require.positiveSeconds("incrementUsersPerSec: separatedByRampsLasting", seconds));
            }

            /** Ramps of that length lead from level to level; without a first level also to the first. */
            public Composite separatedByRampsLasting(Duration duration) {
                Require.positiveNanos("incrementUsersPerSec: separatedByRampsLasting", duration);
                return new Composite(new StaircaseRate(
                        stairs.increment(), stairs.levels(), stairs.level(), stairs.startingFrom(), duration));
            }
        }
    }
}
