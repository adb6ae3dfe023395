package dev.onrush.runner;

import java.util.ArrayList;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;

import dev.onrush.RunOptions;
import dev.onrush.core.eventlog.EventLog;
import dev.onrush.core.measure.LiveStatistics;
import dev.onrush.core.measure.SnapshotListener;
import dev.onrush.core.measure.micrometer.MicrometerBridge;

/** Who is told of a run while it goes on. */
final class Observers {
    private Observers() {}

    static void attach(EventLog log, RunOptions options, SnapshotListener console) {
        List<SnapshotListener> listeners = new ArrayList<>(options.listeners());
        listeners.add(console);
        log.addListener(new LiveStatistics(listeners));
        for (Object registry : options.registries()) {
            log.addListener(MicrometerObserver.of(registry));
        }
    }

    /** A class of its own, so that a class path without Micrometer never loads it. */
    private static final class MicrometerObserver {
        static MicrometerBridge of(Object registry) {
            return new MicrometerBridge((MeterRegistry) registry);
        }
    }
}
