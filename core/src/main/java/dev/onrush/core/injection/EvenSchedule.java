package dev.onrush.core.injection;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Users spread evenly under a rate: user k starts at the first instant after which Λ exceeds k, rounded down to the
 * nanosecond. That is the last whole nanosecond at which Λ is at most k, which is what is computed here.
 */
final class EvenSchedule implements ArrivalSchedule {
    /** Beyond this a double estimate may be off by more than the margin that is trusted. */
    private static final double TRUSTED_NANOS = 1e12;

    private final RateCurve curve;
    private final long users;
    private long user;
    private int lineIndex;
    private LinePace pace;

    EvenSchedule(RateCurve curve) {
        this.curve = curve;
        this.users = curve.users();
        this.pace = curve.lines().isEmpty()
                ? LinePace.NEVER
                : LinePace.of(curve.lines().get(0), 0);
    }

    /** The start of one user on the line that it starts on. */
    static long startOn(RateCurve.Line line, long user) {
        return new BentPace(line, Long.MAX_VALUE).startOf(user);
    }

    @Override
    public long next() {
        if (user >= users) {
            return END;
        }
        while (!pace.reaches(user)) {
            lineIndex++;
            pace = LinePace.of(curve.lines().get(lineIndex), user);
        }
        long at = pace.startOf(user);
        user++;
        return at;
    }

    /** The starts on one line of the curve. */
    private interface LinePace {
        LinePace NEVER = new LinePace() {
            @Override
            public boolean reaches(long user) {
                return false;
            }

            @Override
            public long startOf(long user) {
                throw new IllegalStateException("no users here");
            }
        };

        /** Whether Λ exceeds {@code user} at the end of the line. */
        boolean reaches(long user);

        /** For users in order, each once. */
        long startOf(long user);

        static LinePace of(RateCurve.Line line, long firstUser) {
            BigDecimal after = line.usersAfter();
            // The first user whom the end of this line does not exceed: the smallest whole k with k >= Λ(end).
            long beyond = after.setScale(0, java.math.RoundingMode.CEILING).longValueExact();
            if (beyond <= firstUser) {
                return NEVER;
            }
            if (line.from().compareTo(line.to()) == 0) {
                return FlatPace.fits(line, firstUser, beyond);
            }
            return new BentPace(line, beyond);
        }
    }

    /** A constant rate: whole quotients with the remainder carried on, as one draws a line in pixels. */
    private static final class FlatPace implements LinePace {
        private final long beyond;
        private final long step;
        private final long stepRemainder;
        private final long denominator;
        private long at;
        private long remainder;

        private FlatPace(long beyond, long at, long remainder, long step, long stepRemainder, long denominator) {
            this.beyond = beyond;
            this.at = at;
            this.remainder = remainder;
            this.step = step;
            this.stepRemainder = stepRemainder;
            this.denominator = denominator;
        }

        static LinePace fits(RateCurve.Line line, long firstUser, long beyond) {
            // start of k = floor((k − Λ0)·10⁹ / rate); both sides scaled to whole numbers.
            BigDecimal gap = BigDecimal.valueOf(1_000_000_000L);
            BigDecimal first =
                    BigDecimal.valueOf(firstUser).subtract(line.usersBefore()).multiply(gap);
            int scale = Math.max(0, Math.max(line.from().scale(), first.scale()));
            BigInteger rate = line.from().setScale(scale).unscaledValue();
            BigInteger[] start = first.setScale(scale).unscaledValue().divideAndRemainder(rate);
            BigInteger[] stride = gap.setScale(scale).unscaledValue().divideAndRemainder(rate);
            if (rate.bitLength() > 62 || stride[0].bitLength() > 62) {
                return new BentPace(line, beyond);
            }
            return new FlatPace(
                    beyond,
                    line.startNanos() + start[0].longValueExact(),
                    start[1].longValueExact(),
                    stride[0].longValueExact(),
                    stride[1].longValueExact(),
                    rate.longValueExact());
        }

        @Override
        public boolean reaches(long user) {
            return user < beyond;
        }

        @Override
        public long startOf(long user) {
            long start = at;
            at += step;
            remainder += stepRemainder;
            if (remainder >= denominator) {
                remainder -= denominator;
                at++;
            }
            return start;
        }
    }

    /** A changing rate: a double's estimate, put right by exact arithmetic where it may be off. */
    private record BentPace(RateCurve.Line line, long beyond) implements LinePace {
        @Override
        public boolean reaches(long user) {
            return user < beyond;
        }

        @Override
        public long startOf(long user) {
            double estimate = line.invert(user - line.usersBefore().doubleValue());
            double fraction = estimate - Math.floor(estimate);
            long guess = (long) estimate;
            boolean wellConditioned = line.to().compareTo(line.from()) > 0
                    && estimate < TRUSTED_NANOS
                    && user < 1_000_000_000L
                    && fraction > 0.05
                    && fraction < 0.95;
            return line.startNanos() + (wellConditioned ? guess : exactly(BigDecimal.valueOf(user), guess));
        }

        /** The last whole nanosecond of the line at which Λ is at most {@code users}, searched from a guess outwards. */
        private long exactly(BigDecimal users, long guess) {
            long low = Math.min(guess, line.lengthNanos());
            long reach = 1;
            while (low > 0 && !line.atMost(users, low)) {
                low = Math.max(0, low - reach);
                reach *= 2;
            }
            long high = low + 1;
            reach = 1;
            while (high <= line.lengthNanos() && line.atMost(users, high)) {
                low = high;
                high = Math.min(line.lengthNanos() + 1, high + reach);
                reach *= 2;
            }
            while (high - low > 1) {
                long middle = low + (high - low) / 2;
                if (line.atMost(users, middle)) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            return low;
        }
    }
}
