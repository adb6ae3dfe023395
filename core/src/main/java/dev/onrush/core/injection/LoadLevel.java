package dev.onrush.core.injection;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A stretch of a profile on which what it asks for stays, or changes in a straight line: users per second of an open profile,
 * users present of a closed one.
 */
public record LoadLevel(long fromNanos, long toNanos, double from, double to) {
    private static final double NANOS = 1e9;

    public boolean isSteady() {
        return from == to;
    }

    public double peak() {
        return Math.max(from, to);
    }

    public double seconds() {
        return (toNanos - fromNanos) / NANOS;
    }

    /** In words, as in {@code 0 to 50}. */
    public String describe() {
        return isSteady() ? Words.rate(from) : Words.rate(from) + " to " + Words.rate(to);
    }

    LoadLevel shifted(long nanos) {
        return new LoadLevel(fromNanos + nanos, toNanos + nanos, from, to);
    }

    /** Levels in the order of time; neighbours that are one are joined. */
    static List<LoadLevel> joined(List<LoadLevel> levels) {
        List<LoadLevel> joined = new ArrayList<>();
        for (LoadLevel level : levels) {
            LoadLevel last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (last != null && last.isSteady() && level.isSteady() && last.from == level.from) {
                joined.set(joined.size() - 1, new LoadLevel(last.fromNanos, level.toNanos, level.from, level.to));
            } else {
                joined.add(level);
            }
        }
        return joined;
    }

    /** For the head of a log: begin and end in nanoseconds, then what is asked for at both, levels parted by semicolons. */
    public static String text(List<LoadLevel> levels) {
        return levels.stream()
                .map(level -> level.fromNanos + " " + level.toNanos + " " + level.from + " " + level.to)
                .collect(Collectors.joining(";"));
    }

    /** The levels of a {@link #text}; empty if it is none. */
    public static Optional<List<LoadLevel>> parse(String text) {
        List<LoadLevel> levels = new ArrayList<>();
        for (String part : text.split(";")) {
            String[] fields = part.split(" ");
            if (fields.length != 4) {
                return Optional.empty();
            }
            try {
                levels.add(new LoadLevel(
                        Long.parseLong(fields[0]),
                        Long.parseLong(fields[1]),
                        Double.parseDouble(fields[2]),
                        Double.parseDouble(fields[3])));
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        }
        return Optional.of(levels);
    }
}
