package dev.onrush.core.measure;

import java.util.Arrays;

import dev.onrush.core.health.Seconds;

/**
 * How many requests started late, second by second of their actual start, so that the seconds can be named. Steps are 1 s long and
 * double as long as there would be more than {@link #STEPS}.
 */
final class LateStarts {
    private static final int STEPS = 4096;
    private static final long LATE_MICROS = 10_000;
    private static final long LATE_PERCENT = 1;

    private long[] started = new long[64];
    private long[] late = new long[64];
    private int stepSeconds = 1;

    void add(long actualMicros, long startDelayMicros) {
        int step = step(Math.max(0, actualMicros) / 1_000_000);
        started[step]++;
        if (startDelayMicros > LATE_MICROS) {
            late[step]++;
        }
    }

    void add(LateStarts other) {
        for (int i = 0; i < other.started.length; i++) {
            if (other.started[i] > 0) {
                int step = step((long) i * other.stepSeconds);
                started[step] += other.started[i];
                late[step] += other.late[i];
            }
        }
    }

    /** Those in which more than 1 % were late. */
    Seconds seconds() {
        Seconds seconds = Seconds.NONE;
        for (int i = 0; i < started.length; i++) {
            if (late[i] * 100 > started[i] * LATE_PERCENT) {
                long first = (long) i * stepSeconds;
                seconds = seconds.and(new Seconds(first, first + stepSeconds - 1));
            }
        }
        return seconds;
    }

    private int step(long second) {
        while (second / stepSeconds >= STEPS) {
            coarsen(started);
            coarsen(late);
            stepSeconds *= 2;
        }
        int step = (int) (second / stepSeconds);
        if (step >= started.length) {
            int length = Math.min(STEPS, Math.max(step + 1, started.length * 2));
            started = Arrays.copyOf(started, length);
            late = Arrays.copyOf(late, length);
        }
        return step;
    }

    private static void coarsen(long[] steps) {
        for (int i = 0; i < steps.length; i += 2) {
            steps[i / 2] = steps[i] + (i + 1 < steps.length ? steps[i + 1] : 0);
        }
        Arrays.fill(steps, (steps.length + 1) / 2, steps.length, 0);
    }
}
