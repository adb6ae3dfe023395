package dev.onrush.http.internal.wire;

import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicLong;

import com.sun.management.UnixOperatingSystemMXBean;

/**
 * How many sockets may be open at once. Of the process's file descriptors some are kept in reserve: a run that has none left can
 * neither resolve a name, nor load a class from a jar it has not opened yet, nor write its report.
 */
final class Descriptors {
    private static final long RESERVE = 64;

    private final long most;
    private final AtomicLong taken = new AtomicLong();

    private Descriptors(long most) {
        this.most = most;
    }

    /** Of what is free now; no limit where the system tells none. */
    static Descriptors ofProcess() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? ofFree(unix.getMaxFileDescriptorCount() - unix.getOpenFileDescriptorCount())
                : new Descriptors(Long.MAX_VALUE);
    }

    /** Keeps the reserve, and of very few half. */
    static Descriptors ofFree(long free) {
        return new Descriptors(free - Math.min(RESERVE, free / 2));
    }

    /** False if there is none left. */
    boolean take() {
        if (taken.incrementAndGet() <= most) {
            return true;
        }
        taken.decrementAndGet();
        return false;
    }

    void giveBack() {
        taken.decrementAndGet();
    }

    /** Taken and not given back. */
    long taken() {
        return taken.get();
    }
}
