package dev.onrush.core.injection;

import java.math.BigDecimal;
import java.time.Duration;

/** Numbers as a person would say them. */
public final class Words {
    private Words() {}

    /** As in {@code 3 s}, {@code 250 ms}. */
    public static String of(Duration duration) {
        long nanos = duration.toNanos();
        if (nanos % 3_600_000_000_000L == 0 && nanos > 0) {
            return nanos / 3_600_000_000_000L + " h";
        }
        if (nanos % 60_000_000_000L == 0 && nanos > 0) {
            return nanos / 60_000_000_000L + " min";
        }
        if (nanos >= 1_000_000_000L || nanos == 0) {
            return decimal(BigDecimal.valueOf(nanos, 9)) + " s";
        }
        return decimal(BigDecimal.valueOf(nanos, 6)) + " ms";
    }

    static String rate(double perSecond) {
        return decimal(BigDecimal.valueOf(perSecond));
    }

    static String users(long users) {
        return users + (users == 1 ? " user" : " users");
    }

    private static String decimal(BigDecimal value) {
        return value.stripTrailingZeros().toPlainString();
    }
}
