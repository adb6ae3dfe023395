package dev.onrush.core.injection;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * A rate over time made of straight lines, and its integral Λ: how many users should have started by then. Rates are taken
 * as the decimal numbers the author wrote, so that Λ is exact at every nanosecond.
 */
public final class RateCurve {
    private static final BigDecimal NANOS_PER_SECOND = BigDecimal.valueOf(1_000_000_000L);
    private static final BigDecimal TWO = BigDecimal.valueOf(2);

    /**
     * One straight piece.
     *
     * @param startNanos where it begins on the curve
     * @param usersBefore Λ there
     */
    record Line(long startNanos, long lengthNanos, BigDecimal from, BigDecimal to, BigDecimal usersBefore) {
        /** Λ at its end. */
        BigDecimal usersAfter() {
            return usersBefore.add(usersWithin(lengthNanos));
        }

        /** The users of its first {@code nanos}; exact, as rates and lengths are finite decimals. */
        BigDecimal usersWithin(long nanos) {
            BigDecimal time = BigDecimal.valueOf(nanos);
            // (from·t + (to − from)·t²/(2·length)) / 10⁹; at the end, (from + to)/2·length: no endless fraction arises
            // there.
            if (nanos == lengthNanos) {
                return from.add(to).multiply(time).divide(TWO).divide(NANOS_PER_SECOND);
            }
            BigDecimal flat = from.multiply(time);
            BigDecimal bend = to.subtract(from)
                    .multiply(time)
                    .multiply(time)
                    .divide(BigDecimal.valueOf(lengthNanos).multiply(TWO), 40, RoundingMode.FLOOR);
            return flat.add(bend).divide(NANOS_PER_SECOND);
        }

        /** Whether at most {@code users} have started after {@code nanos} of this line: exact. */
        boolean atMost(BigDecimal users, long nanos) {
            BigDecimal time = BigDecimal.valueOf(nanos);
            BigDecimal twoLengths = BigDecimal.valueOf(lengthNanos).multiply(TWO);
            BigDecimal left = twoLengths
                    .multiply(from)
                    .multiply(time)
                    .add(to.subtract(from).multiply(time).multiply(time));
            return left.compareTo(
                            users.subtract(usersBefore).multiply(twoLengths).multiply(NANOS_PER_SECOND))
                    <= 0;
        }

        /** Nanoseconds into this line at which Λ − Λ(start) is {@code users}, as close as a double comes. */
        double invert(double users) {
            double a = from.doubleValue() / 1e9;
            double slope = (to.doubleValue() - from.doubleValue()) / 1e9 / lengthNanos;
            if (users <= 0) {
                return 0;
            }
            double root = Math.sqrt(Math.max(0, a * a + 2 * slope * users));
            return Math.min(lengthNanos, 2 * users / (a + root));
        }
    }

    private final List<Line> lines;

    private RateCurve(List<Line> lines) {
        this.lines = List.copyOf(lines);
    }

    static RateCurve nothing(long lengthNanos) {
        return line(0, 0, lengthNanos);
    }

    /** From one rate to another, users per second, in a straight line. */
    static RateCurve line(double fromPerSecond, double toPerSecond, long lengthNanos) {
        if (lengthNanos == 0) {
            return new RateCurve(List.of());
        }
        return new RateCurve(List.of(new Line(
                0, lengthNanos, BigDecimal.valueOf(fromPerSecond), BigDecimal.valueOf(toPerSecond), BigDecimal.ZERO)));
    }

    /** This curve and then that one; Λ runs on across the seam. */
    RateCurve then(RateCurve following) {
        List<Line> joined = new ArrayList<>(lines);
        long offset = durationNanos();
        BigDecimal users = usersExactly();
        for (Line line : following.lines) {
            joined.add(new Line(
                    Math.addExact(offset, line.startNanos),
                    line.lengthNanos,
                    line.from,
                    line.to,
                    users.add(line.usersBefore)));
        }
        return new RateCurve(joined);
    }

    List<Line> lines() {
        return lines;
    }

    List<LoadLevel> loadLevels() {
        return lines.stream()
                .map(line -> new LoadLevel(
                        line.startNanos,
                        line.startNanos + line.lengthNanos,
                        line.from.doubleValue(),
                        line.to.doubleValue()))
                .toList();
    }

    long durationNanos() {
        if (lines.isEmpty()) {
            return 0;
        }
        Line last = lines.get(lines.size() - 1);
        return Math.addExact(last.startNanos, last.lengthNanos);
    }

    /** Λ at the end. */
    BigDecimal usersExactly() {
        return lines.isEmpty() ? BigDecimal.ZERO : lines.get(lines.size() - 1).usersAfter();
    }

    /** Λ at the end, rounded half up: how many users start when they are evenly spread. */
    long users() {
        return usersExactly().setScale(0, RoundingMode.HALF_UP).longValueExact();
    }

    /** Λ at that instant. */
    BigDecimal usersAt(long nanos) {
        for (Line line : lines) {
            if (nanos < line.startNanos + line.lengthNanos) {
                return line.usersBefore.add(line.usersWithin(nanos - line.startNanos));
            }
        }
        return usersExactly();
    }

    /** The last whole nanosecond at which Λ is at most {@code user}, whom Λ(end) exceeds. */
    long startOf(long user) {
        for (Line line : lines) {
            if (line.usersAfter().compareTo(BigDecimal.valueOf(user)) > 0) {
                return EvenSchedule.startOn(line, user);
            }
        }
        throw new IllegalArgumentException("user " + user + " of " + usersExactly());
    }

    double usersBefore(long nanos) {
        double users = 0;
        for (Line line : lines) {
            long within = Math.min(line.lengthNanos, nanos - line.startNanos);
            if (within > 0) {
                users = line.usersBefore.doubleValue()
                        + line.usersWithin(within).doubleValue();
            }
        }
        return users;
    }

    double peakRate() {
        return lines.stream()
                .mapToDouble(line -> line.from.max(line.to).doubleValue())
                .max()
                .orElse(0);
    }

    /** The instant at which Λ is {@code users}, which lie between 0 and Λ(end); nanoseconds, rounded down. */
    long invert(double users) {
        for (Line line : lines) {
            if (line.usersAfter().doubleValue() > users) {
                return line.startNanos + (long) line.invert(users - line.usersBefore.doubleValue());
            }
        }
        return durationNanos();
    }
}
