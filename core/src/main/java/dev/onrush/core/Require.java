package dev.onrush.core;

import java.time.Duration;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import org.jspecify.annotations.Nullable;

/** Refuses wrong arguments at the call that passes them, with the value and the remedy. */
public final class Require {
    /** The longest duration that fits a {@code long} of nanoseconds. */
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private Require() {}

    /** A duration above zero that fits a {@code long} of nanoseconds; returns its nanoseconds. */
    public static long positiveNanos(String name, @Nullable Duration duration) {
        long nanos = nanosOrZero(name, duration);
        if (nanos == 0) {
            throw new DefinitionException(name + " must be positive, was " + duration + ".");
        }
        return nanos;
    }

    /** A duration of zero or more that fits a {@code long} of nanoseconds; returns its nanoseconds. */
    public static long nanosOrZero(String name, @Nullable Duration duration) {
        Duration given = notNull(name, duration);
        if (given.isNegative()) {
            throw new DefinitionException(name + " must not be negative, was " + given + ".");
        }
        if (given.compareTo(LONGEST) > 0) {
            throw new DefinitionException(name + " must be at most " + LONGEST + " (292 years), was " + given + ".");
        }
        return given.toNanos();
    }

    /** Seconds above zero as a duration. */
    public static Duration positiveSeconds(String name, long seconds) {
        if (seconds <= 0) {
            throw new DefinitionException(name + " must be positive, was " + seconds + " s.");
        }
        if (seconds > LONGEST.toSeconds()) {
            throw new DefinitionException(
                    name + " must be at most " + LONGEST.toSeconds() + " s (292 years), was " + seconds + " s.");
        }
        return Duration.ofSeconds(seconds);
    }

    /** A number of zero or more, neither NaN nor infinite. */
    public static double notNegative(String name, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new DefinitionException(name + " must be a finite number of 0 or more, was " + value + ".");
        }
        return value;
    }

    /** A whole number of zero or more. */
    public static int notNegative(String name, int value) {
        if (value < 0) {
            throw new DefinitionException(name + " must be 0 or more, was " + value + ".");
        }
        return value;
    }

    /** A whole number of at least {@code least}. */
    public static int atLeast(String name, int least, int value) {
        if (value < least) {
            throw new DefinitionException(name + " must be at least " + least + ", was " + value + ".");
        }
        return value;
    }

    public static <T> T notNull(String name, @Nullable T value) {
        if (value == null) {
            throw new DefinitionException(name + " must not be null.");
        }
        return value;
    }

    /** Text with something in it. */
    public static String notBlank(String name, @Nullable String value) {
        String given = notNull(name, value);
        if (given.isBlank()) {
            throw new DefinitionException(name + " must not be empty.");
        }
        return given;
    }

    public static Pattern pattern(String name, @Nullable String regex) {
        String given = notBlank(name, regex);
        try {
            return Pattern.compile(given);
        } catch (PatternSyntaxException e) {
            throw new DefinitionException(name + ": \"" + given + "\" is no regular expression: " + e.getDescription()
                    + " near position " + e.getIndex() + ".");
        }
    }
}
