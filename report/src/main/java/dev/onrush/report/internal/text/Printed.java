package dev.onrush.report.internal.text;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/** Figures as people read them, the same in every locale. The page's script formats times by the same rule. */
public final class Printed {
    public static final String NOTHING = "–";
    /** Between thousands: narrow, and no line breaks there. */
    private static final char THIN_SPACE = '\u202F';

    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Printed() {}

    public static String count(long value) {
        return grouped(Long.toString(value));
    }

    public static String count(long value, String one, String many) {
        return count(value) + " " + (value == 1 ? one : many);
    }

    /** Milliseconds without their unit, to about three digits; a microsecond still shows. */
    public static String millis(@Nullable Double millis) {
        if (millis == null) {
            return NOTHING;
        }
        if (millis == 0) {
            return "0";
        }
        double size = Math.abs(millis);
        return decimal(millis, size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3);
    }

    /** A time with the unit that suits it. */
    public static String time(@Nullable Double millis) {
        if (millis == null) {
            return NOTHING;
        }
        return millis < 10_000 ? millis(millis) + " ms" : decimal(millis / 1000, 1) + " s";
    }

    public static String perSecond(double value) {
        return decimal(value, value >= 100 || value == 0 ? 0 : value >= 10 ? 1 : 2);
    }

    /** Percent without its sign: what is not zero never prints as zero, what is not all never as 100. */
    public static String percent(double percent) {
        if (percent > 0 && percent < 0.01) {
            return "< 0.01";
        }
        if (percent > 99.99 && percent < 100) {
            return "> 99.99";
        }
        return percent == 0 || percent == 100 ? decimal(percent, 0) : decimal(percent, 2);
    }

    public static String bytes(long bytes) {
        if (bytes < 1000) {
            return count(bytes, "byte", "bytes");
        }
        String[] units = {"kB", "MB", "GB", "TB", "PB", "EB"};
        double value = bytes / 1000.0;
        int unit = 0;
        while (value >= 999.5 && unit < units.length - 1) {
            value /= 1000;
            unit++;
        }
        return decimal(value, value >= 100 ? 0 : 1) + " " + units[unit];
    }

    public static String seconds(double seconds) {
        if (seconds < 120) {
            return decimal(seconds, 1) + " s";
        }
        long whole = Math.round(seconds);
        if (whole < 7200) {
            return whole / 60 + " min " + whole % 60 + " s";
        }
        return whole / 3600 + " h " + whole / 60 % 60 + " min";
    }

    public static String start(Instant start) {
        return UTC.format(start);
    }

    /** Words with a capital in front and a full stop behind. */
    public static String sentence(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".";
    }

    private static String decimal(double value, int decimals) {
        if (!Double.isFinite(value)) {
            return NOTHING;
        }
        return grouped(
                new BigDecimal(value).setScale(decimals, RoundingMode.HALF_UP).toPlainString());
    }

    private static String grouped(String number) {
        int point = number.indexOf('.');
        int end = point < 0 ? number.length() : point;
        int first = number.startsWith("-") ? 1 : 0;
        StringBuilder grouped = new StringBuilder(number);
        for (int at = end - 3; at > first; at -= 3) {
            grouped.insert(at, THIN_SPACE);
        }
        return grouped.toString();
    }
}
