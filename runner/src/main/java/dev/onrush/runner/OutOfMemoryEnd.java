package dev.onrush.runner;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * What is left when memory is out: some that was kept back, so that the log and perhaps the report can still be written; and
 * a thread that ends the process a few seconds later, whatever the others still manage to do. Once memory is out nothing here
 * takes any.
 */
final class OutOfMemoryEnd implements AutoCloseable {
    /** For the cut of the users, the rest of the log, and the report if there is memory for it. */
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(4_000);

    private static final int LEAST_RESERVE = 2 << 20;
    private static final int GREATEST_RESERVE = 8 << 20;
    /** Which part of the heap is kept back, between these bounds. */
    private static final int RESERVE_PART = 32;

    static final String LAST_WORDS =
            "onrush: the generator ran out of memory, and there was none for the report. The log is kept: --report-only"
                    + " makes the report. Give the generator a larger heap (-Xmx).";

    private final byte[] lastWords = (LAST_WORDS + "\n").getBytes(StandardCharsets.UTF_8);

    @SuppressWarnings("UnusedVariable") // it is there to be dropped
    private volatile byte @Nullable [] reserve = new byte
            [(int) Math.max(
                    LEAST_RESERVE,
                    Math.min(GREATEST_RESERVE, Runtime.getRuntime().maxMemory() / RESERVE_PART))];

    private final FileOutputStream standardError = new FileOutputStream(FileDescriptor.err);
    private final Thread thread = new Thread(this::endInTime, "out-of-memory");
    private volatile boolean isOut;
    private volatile boolean isClosed;

    /** @param ownsProcess whether the process may be ended; if not, only memory is kept back */
    OutOfMemoryEnd(boolean ownsProcess) {
        if (ownsProcess) {
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** From any thread, as often as it happens. */
    void memoryIsOut() {
        reserve = null;
        isOut = true;
        LockSupport.unpark(thread);
    }

    private void endInTime() {
        while (!isOut && !isClosed) {
            LockSupport.park(this);
        }
        long until = System.nanoTime() + PATIENCE_NANOS;
        for (long left = PATIENCE_NANOS; left > 0 && !isClosed; left = until - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
        }
        if (isClosed) {
            return;
        }
        try {
            standardError.write(lastWords);
        } catch (Throwable e) { // nobody listens, or there is no memory even for that
            Runtime.getRuntime().halt(ExitCode.CRASHED.code());
        }
        Runtime.getRuntime().halt(ExitCode.CRASHED.code());
    }

    @Override
    public void close() {
        isClosed = true;
        LockSupport.unpark(thread);
    }
}
