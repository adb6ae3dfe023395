package dev.onrush.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

import dev.onrush.testkit.HiccupProbe;

/** Figures of the timing tests: printed, and judged only when the machine stood still for nobody. */
public final class Figures {
    private static final int ATTEMPTS = 4;
    private static final Duration STALL = Duration.ofMillis(20);

    private Figures() {}

    /** A measurement that asserts what does not depend on the machine, and returns what does. */
    public interface Measurement<T> {
        T measure(int attempt) throws Exception;
    }

    /** Asserts what depends on the machine. */
    public interface Judgement<T> {
        void judge(T measured) throws Exception;
    }

    /** Prints one line that docs/reliability.md quotes. */
    static void print(String id, String format, Object... values) {
        String where = Runtime.getRuntime().availableProcessors() == 1 ? "on one core: " : "";
        System.out.println("FIGURE " + id + " " + where + String.format(Locale.ROOT, format, values));
    }

    /**
     * Measures and judges. If the judgement fails while the machine itself stalled for more than 20 ms, the result is
     * inconclusive and the measurement is made again, three times at most; then the test is skipped with the reason.
     */
    public static <T> void timed(String id, Measurement<T> measurement, Judgement<T> judgement) throws Exception {
        timed(id, STALL, measurement, judgement);
    }

    /** The same for a judgement that a shorter stall of the machine may spoil. */
    static <T> void timed(String id, Duration stall, Measurement<T> measurement, Judgement<T> judgement)
            throws Exception {
        Duration worst = Duration.ZERO;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try (HiccupProbe probe = HiccupProbe.start()) {
                T measured = measurement.measure(attempt);
                worst = probe.worst();
                try {
                    judgement.judge(measured);
                    print(id, "hiccup of the machine %.1f ms, attempt %d", worst.toNanos() / 1e6, attempt);
                    return;
                } catch (AssertionError e) {
                    if (worst.compareTo(stall) <= 0) {
                        throw e;
                    }
                    System.out.println(id + ": inconclusive, the machine stalled for " + worst.toMillis() + " ms: "
                            + e.getMessage().lines().findFirst().orElse(""));
                }
            }
        }
        assumeTrue(false, id + " is inconclusive: the machine stalled for " + worst.toMillis() + " ms each time");
    }

    /** Nearest rank. */
    static double percentile(double[] values, double percentile) {
        assertThat(values).isNotEmpty();
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        // 99.9 / 100 · 15 000 is a hair above 14 985 in binary.
        return sorted[Math.max(0, (int) Math.ceil(percentile / 100 * sorted.length - 1e-7) - 1)];
    }
}
