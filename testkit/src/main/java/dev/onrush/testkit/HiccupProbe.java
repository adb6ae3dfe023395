package dev.onrush.testkit;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures how much this machine and JVM stall by themselves, so that a timing test can say "inconclusive" instead of
 * blaming the code.
 *
 * <p>A thread that does nothing but wake every millisecond and note how late it is.
 */
public final class HiccupProbe implements AutoCloseable {
    private static final long STEP_NANOS = 1_000_000;
    private static final long STALL_NANOS = 20_000_000;

    private final AtomicLong worstNanos = new AtomicLong();
    private final AtomicLong stalls = new AtomicLong();
    private final Thread thread = new Thread(this::run, "hiccup-probe");
    private volatile boolean ending;

    private HiccupProbe() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Starts to measure; whoever calls closes it. */
    public static HiccupProbe start() {
        return new HiccupProbe();
    }

    /** The longest stall so far. */
    public Duration worst() {
        return Duration.ofNanos(worstNanos.get());
    }

    /** How many stalls lasted longer than 20 ms. */
    public long stalls() {
        return stalls.get();
    }

    @Override
    public void close() {
        ending = true;
        Closing.join(thread);
    }

    private void run() {
        long lastNanos = System.nanoTime();
        while (!ending) {
            LockSupport.parkNanos(STEP_NANOS);
            long nowNanos = System.nanoTime();
            long lateNanos = Math.max(0, nowNanos - lastNanos - STEP_NANOS);
            lastNanos = nowNanos;
            worstNanos.accumulateAndGet(lateNanos, Math::max);
            if (lateNanos > STALL_NANOS) {
                stalls.incrementAndGet();
            }
        }
    }
}
