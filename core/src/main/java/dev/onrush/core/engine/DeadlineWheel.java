package dev.onrush.core.engine;

import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.protocol.Deadlines;
import dev.onrush.core.time.Timer;
import dev.onrush.core.time.TimerInbox;
import dev.onrush.core.time.TimerQueue;
import dev.onrush.core.time.TimerWheel;

/** The deadlines of a run, kept by the control thread. */
final class DeadlineWheel implements Deadlines {
    /** A node is looked at at least so often, so that one whose owner has gone does not stay until its far instant. */
    private static final long LOOK_NANOS = 5_000_000_000L;

    private final Control control;
    private final TimerWheel wheel;
    private final TimerInbox inbox = new TimerInbox();
    private final TimerQueue due = new TimerQueue();

    DeadlineWheel(Control control, long tickNanos) {
        this.control = control;
        this.wheel = new TimerWheel(tickNanos);
    }

    @Override
    public Deadline create(Runnable expired) {
        return new Node(expired);
    }

    /** By the control thread: runs what has passed. */
    void advance(long nowNanos) {
        Timer timer = inbox.takeAll();
        while (timer != null) {
            Timer after = TimerInbox.after(timer);
            wheel.add(timer, timer.atNanos());
            timer = after;
        }
        wheel.advance(nowNanos, due);
        timer = due.poll();
        while (timer != null) {
            ((Watch) timer).look(nowNanos);
            timer = due.poll();
        }
    }

    /** Whether a deadline was moved earlier since the control thread looked last. */
    boolean hasMail() {
        return !inbox.isEmpty();
    }

    long nextDue() {
        return inbox.isEmpty() ? wheel.nextDue() : 0;
    }

    long nextWake() {
        return inbox.isEmpty() ? wheel.nextWake() : 0;
    }

    /** A look at a node at an instant. The newest of a node counts; older ones do nothing. */
    private final class Watch extends Timer {
        private final Node node;

        Watch(Node node) {
            this.node = node;
        }

        void look(long nowNanos) {
            Runnable expired = node.expired;
            if (node.hasPassed(this, nowNanos) && expired != null) {
                expired.run();
            }
        }
    }

    private final class Node implements Deadline {
        /** Null once closed. */
        private volatile @Nullable Runnable expired;

        private final AtomicLong atNanos = new AtomicLong(NONE);
        /** The instant of the watch, {@link #NONE} at rest. Changed under the node's lock. */
        private volatile long watchedAt = NONE;

        private @Nullable Watch watch;

        Node(Runnable expired) {
            this.expired = expired;
        }

        @Override
        public void set(long at) {
            atNanos.set(at);
            if (at < watchedAt) {
                watchEarlier(Math.min(at, control.now() + LOOK_NANOS));
            }
        }

        @Override
        public void close() {
            expired = null;
            atNanos.set(NONE);
        }

        private synchronized void watchEarlier(long at) {
            if (at < watchedAt) {
                Watch earlier = new Watch(this);
                watch = earlier;
                watchedAt = at;
                inbox.push(earlier, at);
                control.wakeBefore(at);
            }
        }

        private synchronized boolean hasPassed(Watch asking, long nowNanos) {
            if (watch != asking) {
                return false;
            }
            watchedAt = NONE; // first this, then the instant: a set() in between asks for a new watch
            long at = atNanos.get();
            while (at <= nowNanos) {
                if (atNanos.compareAndSet(at, NONE)) {
                    return true;
                }
                at = atNanos.get();
            }
            if (at != NONE) {
                long next = Math.min(at, nowNanos + LOOK_NANOS);
                watchedAt = next;
                wheel.add(asking, next);
            }
            return false;
        }
    }
}
