package dev.onrush.runner;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
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

    private record Replaced(Signal signal, SignalHandler handler) {}

    private final IntConsumer onSignal;
    private final LongSupplier nanoTime;
    private final List<Replaced> replaced = new ArrayList<>();
    private int received;
    private @Nullable String lastName;
    private long lastNanos;

    /** @param onSignal told how many have come; called on a thread of the JVM, must return at once */
    StopSignals(IntConsumer onSignal, LongSupplier nanoTime) {
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

    synchronized void received(String name) {
        long now = nanoTime.getAsLong();
        boolean echo = lastName != null && !lastName.equals(name) && now - lastNanos < ECHO_NANOS;
        lastName = name;
        lastNanos = now;
        if (!echo) {
            onSignal.accept(++received);
        }
    }

    synchronized boolean any() {
        return received > 0;
    }

    @Override
    public void close() {
        for (Replaced each : replaced) {
            Signal.handle(each.signal(), each.handler());
        }
    }
}
