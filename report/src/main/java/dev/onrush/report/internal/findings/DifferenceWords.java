package dev.onrush.report.internal.findings;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.onrush.report.compare.Figure;
import dev.onrush.report.internal.text.Printed;

/** Compared figures and their differences, as people read them. */
final class DifferenceWords {
    private DifferenceWords() {}

    /** A limit, without a fraction if it has none. */
    static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    /** A figure with its unit. */
    static String value(Figure figure, @Nullable Double value) {
        if (value == null) {
            return Printed.NOTHING;
        }
        return figure.isTime() ? Printed.time(value) : Printed.percent(value) + " %";
    }

    /** A difference with its sign and unit. */
    static String signed(Figure figure, @Nullable Double difference) {
        if (difference == null) {
            return Printed.NOTHING;
        }
        return (difference > 0 ? "+" : difference < 0 ? "\u2212" : "") + signless(figure, Math.abs(difference));
    }

    /** Percent of the baseline, or percentage points. */
    static String signless(Figure figure, @Nullable Double difference) {
        if (difference == null) {
            return Printed.NOTHING;
        }
        double size = Math.abs(difference);
        int decimals = figure.isTime() && size >= 100 ? 0 : size >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + decimals + "f", difference) + (figure.isTime() ? " %" : " points");
    }
}
