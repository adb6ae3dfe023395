package dev.onrush.runner;

import java.util.ArrayList;
import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.onrush.RunOptions;
import dev.onrush.core.eventlog.EventLog;
import dev.onrush.core.measure.LiveSnapshot;
import dev.onrush.core.measure.LiveStatistics;
import dev.onrush.core.measure.SnapshotListener;
import dev.onrush.core.measure.micrometer.MicrometerBridge;

/** Who is told of a run while it goes on. */
final class Observers {
    private static final Logger LOG = LoggerFactory.getLogger(Observers.class);

    private Observers() {}

    static void attach(EventLog log, RunOptions options, SnapshotListener console) {
        List<SnapshotListener> listeners = new ArrayList<>();
        listeners.add(console);
        options.listeners().forEach(each -> listeners.add(new Guarded(each)));
        log.addListener(new LiveStatistics(listeners));
        for (Object registry : options.registries()) {
            log.addListener(MicrometerObserver.of(registry));
        }
    }

    /** An author's listener: one that throws is told nothing more, and the others still are. For the log thread. */
    private static final class Guarded implements SnapshotListener {
        private final SnapshotListener listener;
        private boolean failed;

        Guarded(SnapshotListener listener) {
            this.listener = listener;
        }

        @Override
        public void snapshot(LiveSnapshot snapshot) {
            if (failed) {
                return;
            }
            try {
                listener.snapshot(snapshot);
            } catch (RuntimeException | Error e) { // whatever an author's code does, the log goes on
                failed = true;
                LOG.error("{} failed and is told nothing more of this run", listener.getClass(), e);
            }
        }
    }

    /** A class of its own, so that a class path without Micrometer never loads it. */
    private static final class MicrometerObserver {
        static MicrometerBridge of(Object registry) {
            return new MicrometerBridge((MeterRegistry) registry);
        }
    }
}
