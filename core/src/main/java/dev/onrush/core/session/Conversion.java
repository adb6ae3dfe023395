package dev.onrush.core.session;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** From a session's value to the type a word wants. Failures are {@link IllegalArgumentException}s that say what was wanted. */
public final class Conversion {
    private static final BigDecimal NANOS_PER_SECOND = BigDecimal.valueOf(1_000_000_000);

    private Conversion() {}

    /** {@code value} as the type of {@code sample}, where that is a text, a number or a truth value; else as it is. */
    public static Object like(@Nullable Object sample, Object value) {
        if (sample instanceof String) {
            return text(value);
        }
        if (sample instanceof Integer) {
            return number(value);
        }
        if (sample instanceof Long) {
            return wholeLong(value);
        }
        if (sample instanceof Double) {
            return decimalNumber(value);
        }
        return sample instanceof Boolean ? condition(value) : value;
    }

    public static String text(Object value) {
        return String.valueOf(value);
    }

    public static Integer number(Object value) {
        try {
            return decimal(value, "a whole number").intValueExact();
        } catch (ArithmeticException e) {
            throw wanted("a whole number", value);
        }
    }

    public static Long wholeLong(Object value) {
        try {
            return decimal(value, "a whole number").longValueExact();
        } catch (ArithmeticException e) {
            throw wanted("a whole number", value);
        }
    }

    public static Double decimalNumber(Object value) {
        return value instanceof Number number
                ? (Double) number.doubleValue()
                : (Double) decimal(value, "a number").doubleValue();
    }

    public static Boolean condition(Object value) {
        if (value instanceof Boolean known) {
            return known;
        }
        if (value instanceof CharSequence) {
            String text = value.toString().trim().toLowerCase(Locale.ROOT);
            if (text.equals("true") || text.equals("false")) {
                return text.equals("true");
            }
        }
        throw wanted("true or false", value);
    }

    public static Duration duration(Object value) {
        if (value instanceof Duration duration) {
            return notNegative(duration, value);
        }
        try {
            BigDecimal nanos =
                    decimal(value, "a duration or a number of seconds").multiply(NANOS_PER_SECOND);
            return notNegative(
                    Duration.ofNanos(nanos.setScale(0, RoundingMode.HALF_UP).longValueExact()), value);
        } catch (ArithmeticException e) {
            throw wanted("a duration of at most 292 years", value);
        }
    }

    private static Duration notNegative(Duration duration, Object value) {
        if (duration.isNegative()) {
            throw wanted("a duration that is not negative", value);
        }
        return duration;
    }

    public static List<?> list(Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        if (value instanceof Collection<?> all) {
            return new ArrayList<>(all);
        }
        if (value.getClass().isArray()) {
            List<Object> list = new ArrayList<>();
            for (int i = 0; i < Array.getLength(value); i++) {
                list.add(Array.get(value, i));
            }
            return list;
        }
        throw wanted("a list", value);
    }

    public static Map<?, ?> map(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw wanted("a map", value);
    }

    static byte[] bytes(Object value) {
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        throw wanted("bytes", value);
    }

    private static BigDecimal decimal(Object value, String wanted) {
        if (value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte) {
            return BigDecimal.valueOf(((Number) value).longValue());
        }
        if (value instanceof Number || value instanceof CharSequence) {
            try {
                BigDecimal parsed = new BigDecimal(value.toString().trim());
                if (Math.abs((long) parsed.precision() - parsed.scale()) <= 400 && Math.abs(parsed.scale()) <= 400) {
                    return parsed; // beyond, arithmetic on a hostile exponent would fill the memory
                }
            } catch (NumberFormatException e) {
                throw wanted(wanted, value);
            }
        }
        throw wanted(wanted, value);
    }

    private static IllegalArgumentException wanted(String wanted, Object value) {
        String found = value instanceof Number || value instanceof CharSequence || value instanceof Duration
                ? "\"" + Excerpt.of(value.toString(), 40) + "\""
                : Entries.kind(value);
        return new IllegalArgumentException(wanted + " is wanted, but the value is " + found + ".");
    }
}
