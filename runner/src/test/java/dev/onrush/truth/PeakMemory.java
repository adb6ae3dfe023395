package dev.onrush.truth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The largest resident memory of a process, as Linux counts it; seen every 20 ms while it runs. */
final class PeakMemory implements AutoCloseable {
    private static final String PEAK = "VmHWM:";

    private final Path status;
    private final CountDownLatch end = new CountDownLatch(1);
    private final Thread watcher = new Thread(this::watch, "peak-memory");
    private volatile long kib;

    private PeakMemory(long pid) {
        this.status = Path.of("/proc", Long.toString(pid), "status");
    }

    static PeakMemory of(long pid) {
        PeakMemory memory = new PeakMemory(pid);
        memory.watcher.setDaemon(true);
        memory.watcher.start();
        return memory;
    }

    private void watch() {
        try {
            do {
                Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith(PEAK))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .forEach(seen -> kib = Math.max(kib, seen));
            } while (!end.await(20, TimeUnit.MILLISECONDS));
        } catch (IOException e) {
            // It has ended.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** 0 where it cannot be told. */
    double mib() {
        return kib / 1024.0;
    }

    @Override
    public void close() {
        end.countDown();
        try {
            watcher.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
