package dev.onrush.runner;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Ctrl-C and SIGTERM while a run goes on: told with their number, counted from 1. What stood there before is restored on
 * close. Where the JVM offers no signals this does nothing, and the shutdown hook is what is left.
 */
final class StopSignals implements AutoCloseable {
    private record Replaced(Signal signal, SignalHandler handler) {}

    private final AtomicInteger received = new AtomicInteger();
    private final List<Replaced> replaced = new ArrayList<>();

    /** @param onSignal told how many have come; called on a thread of the JVM, must return at once */
    StopSignals(IntConsumer onSignal) {
        for (String name : List.of("INT", "TERM")) {
            try {
                Signal signal = new Signal(name);
                SignalHandler before = Signal.handle(signal, s -> onSignal.accept(received.incrementAndGet()));
                replaced.add(new Replaced(signal, before));
            } catch (IllegalArgumentException e) {
                // Not on this system, or kept by the JVM (-Xrs): the shutdown hook is left.
            }
        }
    }

    boolean any() {
        return received.get() > 0;
    }

    @Override
    public void close() {
        for (Replaced each : replaced) {
            Signal.handle(each.signal(), each.handler());
        }
    }
}
