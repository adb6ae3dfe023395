package dev.onrush.core.eventlog;

import java.nio.file.Path;

import dev.onrush.core.time.RunClock;

/**
 * The event log of a run while it is written: one recorder for each thread of the engine, one thread that writes what they
 * recorded and hands it to the listeners. Order of use: {@link #create}, recorders and listeners, {@link #start}, … {@link
 * #close} once no recorder is used any more.
 */
public final class EventLog {
    EventLog() {}

    /**
     * Creates the file, readable by its owner only where the system knows that, and writes its head.
     *
     * @throws EventLogException if the file cannot be created
     */
    public static EventLog create(Path file, RunHeader header, Names names, RunClock clock, EventLogOptions options) {
        throw new UnsupportedOperationException();
    }

    /** A recorder for one thread; made before or while the log runs, from any thread. */
    public Recorder recorder(String threadName) {
        throw new UnsupportedOperationException();
    }

    /** Adds a listener; before {@link #start}. */
    public void addListener(LogListener listener) {
        throw new UnsupportedOperationException();
    }

    /** Begins to write: starts the log thread, if it has one. */
    public void start() {
        throw new UnsupportedOperationException();
    }

    /** Takes, writes and hands on what is recorded so far, as the log thread does; only for a log without a thread. */
    public void pump() {
        throw new UnsupportedOperationException();
    }

    /** Writes all that is left and the end of the run, tells the listeners, closes the file. Later calls change nothing. */
    public LogTotals close() {
        throw new UnsupportedOperationException();
    }

    /** The counters now; from any thread. */
    public LogTotals totals() {
        throw new UnsupportedOperationException();
    }
}
