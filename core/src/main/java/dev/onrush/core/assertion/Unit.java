package dev.onrush.core.assertion;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** What a measure counts in. */
public enum Unit {
    COUNT(""),
    PERCENT(" %"),
    PER_SECOND(" requests/s"),
    MILLISECONDS(" ms");

    private final String suffix;

    Unit(String suffix) {
        this.suffix = suffix;
    }

    /** The value as a person reads it, as in {@code 812 ms}. Times to the microsecond, never zero for what is not. */
    public String text(double value) {
        return number(value) + suffix;
    }

    String number(double value) {
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        BigDecimal exact = BigDecimal.valueOf(value);
        BigDecimal shown = switch (this) {
            case COUNT -> exact.setScale(0, RoundingMode.HALF_UP);
            case MILLISECONDS -> exact.setScale(3, RoundingMode.HALF_UP);
            case PERCENT, PER_SECOND -> exact.round(new MathContext(6, RoundingMode.HALF_UP));
        };
        return shown.signum() == 0 ? "0" : shown.stripTrailingZeros().toPlainString();
    }

    String suffix() {
        return suffix;
    }
}
