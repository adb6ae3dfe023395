package dev.onrush.http.internal.wire;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.apache.hc.core5.reactor.IOWorkerStats;
import org.jspecify.annotations.Nullable;

import dev.onrush.core.protocol.Deadlines;
import dev.onrush.core.time.RunClock;

/**
 * Hands the wish for connections to HttpCore's I/O threads in portions. An I/O thread opens all sockets it was asked for before it
 * looks at those that are up: thousands at once, as a cold or starved generator would ask for, wait for each other, fill the
 * target's backlog and use up the local ports, and what comes after them finds no end of it. A portion is gone within one round of
 * the selector, so nothing waits here for the target: only for the generator itself.
 *
 * <p>Safe for use by many threads.
 */
final class Connects {
    /** What one I/O thread is asked for at a time. */
    static final int PORTION = 32;
    /** How soon the rest is looked at again, if nothing else happens on an I/O thread. */
    private static final long AGAIN_NANOS = 1_000_000;

    private final RunClock clock;
    private final Deadlines.Deadline again;
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private volatile IOWorkerStats @Nullable [] workers;
    /** Of the thread that asks HttpCore to connect. */
    private int turn;

    Connects(RunClock clock, Deadlines deadlines) {
        this.clock = clock;
        this.again = deadlines.create(this::more);
    }

    /** For HttpCore: which of its I/O threads is next. They take turns, and who has its portion is passed over. */
    synchronized int select(IOWorkerStats[] all) {
        workers = all;
        for (int i = 0; i < all.length; i++) {
            turn = (turn + 1) % all.length;
            if (all[turn].pendingChannelCount() < PORTION) {
                break;
            }
        }
        return turn;
    }

    /** Asks for a connection, now or soon. */
    void ask(Runnable connect) {
        if (waiting.isEmpty() && hasRoom()) {
            connect.run();
            return;
        }
        waiting.add(connect);
        more();
    }

    /** Asks for as many of those that wait as there is room for. */
    void more() {
        while (!waiting.isEmpty()) {
            if (!hasRoom()) {
                lookAgain();
                return;
            }
            Runnable next = waiting.poll();
            if (next != null) {
                next.run();
            }
        }
    }

    /** A deadline is set by one thread at a time. */
    private synchronized void lookAgain() {
        again.set(clock.now() + AGAIN_NANOS);
    }

    private boolean hasRoom() {
        IOWorkerStats[] all = workers;
        if (all == null) {
            return true;
        }
        for (IOWorkerStats worker : all) {
            if (worker.pendingChannelCount() < PORTION) {
                return true;
            }
        }
        return false;
    }
}
