package dev.onrush.report.internal.page;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** Figures for the page's scripts, in as few characters as they need: a page holds very many. */
final class ShortNumber {
    private ShortNumber() {}

    /** Without a fraction if it has none. */
    static Number of(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? (Number) (long) value : (Number) value;
    }

    /** To so many digits; those before the point stay whatever they are. */
    static Number of(double value, int digits) {
        if (value == Math.rint(value) || !Double.isFinite(value)) {
            return of(value);
        }
        BigDecimal exact = BigDecimal.valueOf(value);
        int whole = Math.max(0, exact.precision() - exact.scale());
        return of(exact.round(new MathContext(Math.max(digits, whole), RoundingMode.HALF_UP))
                .doubleValue());
    }

    /** Which are known, and whether there is any. */
    static boolean anything(List<? extends @Nullable Number> values) {
        return values.stream().anyMatch(value -> value != null && value.doubleValue() != 0);
    }
}
