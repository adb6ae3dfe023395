package dev.onrush.core.session;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The functions of expressions: those that begin a placeholder, and those that follow a value. */
final class SessionFunctions {
    static final String NAMES = "currentTimeMillis, currentDate, randomUuid, randomSecureUuid, randomAlphanumeric, "
            + "randomInt, randomLong, randomDouble";
    static final String METHODS = "size, random, exists, isUndefined, jsonStringify, htmlUnescape";

    private static final Set<String> KNOWN = Set.of(NAMES.split(", "));
    private static final String ALPHANUMERIC = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int LONGEST_RANDOM_TEXT = 1_000_000;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private SessionFunctions() {}

    static boolean isKnown(String name) {
        return KNOWN.contains(name);
    }

    /** @throws IllegalArgumentException if the arguments do not fit */
    static ValueSource of(String name, String argument) {
        return switch (name) {
            case "currentTimeMillis" -> {
                refuseArgument(argument);
                yield session -> System.currentTimeMillis();
            }
            case "currentDate" -> currentDate(argument);
            case "randomUuid" -> {
                refuseArgument(argument);
                yield session -> randomUuid(random(session)).toString();
            }
            case "randomSecureUuid" -> {
                refuseArgument(argument);
                yield session -> UUID.randomUUID().toString();
            }
            case "randomAlphanumeric" -> randomAlphanumeric(argument);
            case "randomInt" -> randomInt(argument);
            case "randomLong" -> randomLong(argument);
            case "randomDouble" -> randomDouble(argument);
            default -> throw new IllegalArgumentException("no such function");
        };
    }

    private static SplittableRandom random(UserSession session) {
        return session.identity().random();
    }

    private static void refuseArgument(String argument) {
        if (!argument.isEmpty()) {
            throw new IllegalArgumentException("takes no argument");
        }
    }

    private static ValueSource currentDate(String pattern) {
        if (pattern.isEmpty()) {
            throw new IllegalArgumentException("a pattern is needed, as in currentDate(yyyy-MM-dd)");
        }
        DateTimeFormatter format = DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
        if (format.format(ZonedDateTime.now()).isEmpty()) { // a letter that no date has shows here and not in the run
            throw new IllegalArgumentException("the pattern gives no text");
        }
        return session -> format.format(ZonedDateTime.now());
    }

    private static UUID randomUuid(SplittableRandom random) {
        long high = (random.nextLong() & 0xFFFFFFFFFFFF0FFFL) | 0x4000L;
        long low = (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new UUID(high, low);
    }

    private static ValueSource randomAlphanumeric(String argument) {
        int length = Math.toIntExact(whole(argument));
        if (length < 0 || length > LONGEST_RANDOM_TEXT) {
            throw new IllegalArgumentException("a length from 0 to " + LONGEST_RANDOM_TEXT + " is needed");
        }
        return session -> {
            SplittableRandom random = random(session);
            char[] letters = new char[length];
            for (int i = 0; i < length; i++) {
                letters[i] = ALPHANUMERIC.charAt(random.nextInt(ALPHANUMERIC.length()));
            }
            return new String(letters);
        };
    }

    private static ValueSource randomInt(String argument) {
        if (argument.isEmpty()) {
            return session -> random(session).nextInt();
        }
        long[] bounds = bounds(argument);
        int from = Math.toIntExact(bounds[0]);
        int to = Math.toIntExact(bounds[1]);
        return session -> random(session).nextInt(from, to);
    }

    private static ValueSource randomLong(String argument) {
        if (argument.isEmpty()) {
            return session -> random(session).nextLong();
        }
        long[] bounds = bounds(argument);
        return session -> random(session).nextLong(bounds[0], bounds[1]);
    }

    private static long[] bounds(String argument) {
        String[] given = argument.split(",", -1);
        if (given.length != 2) {
            throw new IllegalArgumentException("two whole numbers are needed, the second excluded");
        }
        long from = whole(given[0]);
        long to = whole(given[1]);
        if (from >= to) {
            throw new IllegalArgumentException("the first number must be less than the second, which is excluded");
        }
        return new long[] {from, to};
    }

    private static ValueSource randomDouble(String argument) {
        String[] given = argument.split(",", -1);
        if (given.length < 2 || given.length > 3) {
            throw new IllegalArgumentException("two numbers and, if wanted, the count of digits are needed");
        }
        double from = decimal(given[0]).doubleValue();
        double to = decimal(given[1]).doubleValue();
        if (!(from < to) || Double.isInfinite(to - from)) {
            throw new IllegalArgumentException("the first number must be less than the second, which is excluded");
        }
        if (given.length == 2) {
            return session -> random(session).nextDouble(from, to);
        }
        int digits = Math.toIntExact(whole(given[2]));
        if (digits < 0 || digits > 15) {
            throw new IllegalArgumentException("0 to 15 digits are possible");
        }
        // Drawn on the grid of these digits, so that rounding never reaches the excluded bound.
        BigDecimal grid = BigDecimal.TEN.pow(digits);
        long first = decimal(given[0])
                .multiply(grid)
                .setScale(0, RoundingMode.CEILING)
                .longValueExact();
        long end = decimal(given[1])
                .multiply(grid)
                .setScale(0, RoundingMode.CEILING)
                .longValueExact();
        if (first >= end) {
            throw new IllegalArgumentException("no number of " + digits + " digits lies between the two");
        }
        return session ->
                BigDecimal.valueOf(random(session).nextLong(first, end), digits).doubleValue();
    }

    private static long whole(String text) {
        try {
            return Long.parseLong(text.trim());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"" + text.trim() + "\" is no whole number", e);
        }
    }

    private static BigDecimal decimal(String text) {
        try {
            return new BigDecimal(text.trim());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"" + text.trim() + "\" is no number", e);
        }
    }

    /** The function that follows a value, as in {@code .size()}; null if there is none of that name. */
    static @Nullable ValueStep step(String name) {
        return switch (name) {
            case "size" ->
                (value, session) -> {
                    int size = Entries.size(value);
                    return size >= 0
                            ? size
                            : new MissingValue("size() of a value that is " + Entries.kind(value) + ".");
                };
            case "random" -> SessionFunctions::randomElement;
            case "exists" -> new Existence(true);
            case "isUndefined" -> new Existence(false);
            case "jsonStringify" -> (value, session) -> json(value);
            case "htmlUnescape" ->
                (value, session) -> value == null ? null : HtmlEntities.unescape(String.valueOf(value));
            default -> null;
        };
    }

    private static @Nullable Object randomElement(@Nullable Object value, UserSession session) {
        int size = value instanceof Map ? -1 : Entries.size(value);
        if (size <= 0) {
            return new MissingValue(
                    size == 0
                            ? "random() of an empty list."
                            : "random() needs a list or an array, but the value is " + Entries.kind(value) + ".");
        }
        return Entries.element(value, random(session).nextInt(size));
    }

    private static Object json(@Nullable Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JacksonException e) {
            return new MissingValue("jsonStringify() cannot write a value that is " + Entries.kind(value) + ".");
        }
    }

    /** Whether there is a value. */
    private record Existence(boolean wanted) implements ValueStep {
        @Override
        public Object apply(@Nullable Object value, UserSession session) {
            return (value instanceof MissingValue) != wanted;
        }

        @Override
        public boolean takesMissing() {
            return true;
        }
    }
}
