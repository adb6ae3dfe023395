package dev.onrush.runner;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.function.LongSupplier;

import dev.onrush.console.SafeText;
import dev.onrush.report.ReadProgress;

/** Tells how far a long log has been read: a line every few seconds, none for what is quick. */
final class ReadProgressLines implements ReadProgress {
    private static final long EVERY_NANOS = 2_000_000_000;

    private final PrintStream out;
    private final LongSupplier nanoTime;
    private long toldNanos;

    ReadProgressLines(PrintStream out, LongSupplier nanoTime) {
        this.out = out;
        this.nanoTime = nanoTime;
        this.toldNanos = nanoTime.getAsLong();
    }

    @Override
    public void read(Path log, long bytes, long size) {
        long now = nanoTime.getAsLong();
        if (now - toldNanos >= EVERY_NANOS && size > 0) {
            toldNanos = now;
            out.println("Reading " + SafeText.of(log.toString()) + ": " + bytes * 100 / Math.max(bytes, size) + " % of "
                    + (size >> 20) + " MiB");
        }
    }
}
