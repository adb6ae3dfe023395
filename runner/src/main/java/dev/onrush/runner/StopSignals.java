package dev.onrush.runner;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Ctrl-C and SIGTERM while a run goes on: told with their number, counted from 1. What stood there before is restored on
 * close. Where the JVM offers no signals this does nothing, and the shutdown hook is what is left.
 */
final class StopSignals implements AutoCloseable {
    /** A parent process that gets Ctrl-C too often passes it on as SIGTERM at once: that is one wish, not two. */
    private static final long ECHO_NANOS = 1_000_000_000L;

    /** Told the name of a signal and how many have come. */
    interface Handler {
        void received(String name, int count);
    }

    private record Replaced(Signal signal, SignalHandler handler) {}

    private final Handler onSignal;
    private final LongSupplier nanoTime;
    private final List<Replaced> replaced = new ArrayList<>();
    private int received;
    private @Nullable String lastName;
    private long lastNanos;

    /** @param onSignal called on a thread of the JVM, must return at once */
    StopSignals(Handler onSignal, LongSupplier nanoTime) {
        this.onSignal = onSignal;
        this.nanoTime = nanoTime;
    }

    /** Listens from now on. */
    StopSignals install() {
        for (String name : List.of("INT", "TERM")) {
            try {
                Signal signal = new Signal(name);
                replaced.add(new Replaced(signal, Signal.handle(signal, s -> received(name))));
            } catch (IllegalArgumentException e) {
                // Not on this system, or kept by the JVM (-Xrs): the shutdown hook is left.
            }
        }
        return this;
    }

    void received(String name) {
        int count = counted(name);
        if (count > 0) {
            onSignal.received(name, count);
        }
    }

    /** 0 for an echo. */
    private synchronized int counted(String name) {
        long now = nanoTime.getAsLong();
        boolean echo = lastName != null && !lastName.equals(name) && now - lastNanos < ECHO_NANOS;
        lastName = name;
        lastNanos = now;
        return echo ? 0 : ++received;
    }

    /** How many have come. */
    synchronized int count() {
        return received;
    }

    @Override
    public void close() {
        for (Replaced each : replaced) {
            Signal.handle(each.signal(), each.handler());
        }
    }
}
