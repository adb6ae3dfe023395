package dev.onrush.core.engine;

import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.injection.Slots;

/**
 * Gives the requests of one population their slots: under its own limit, the run's, or both. Under both a request starts in a slot of the
 * run, and takes one of the population with it. Safe for use by many threads.
 */
final class Throttle {
    /** The queue is full. */
    static final long REFUSED = -1;

    private final @Nullable Slots own;
    private final Shared shared;

    /** What all populations of a run have in common; also the lock of all throttles of the run. */
    static final class Shared {
        private final @Nullable Slots slots;
        private final long most;
        private final AtomicLong waiting = new AtomicLong();

        /** @param most requests that may wait at once */
        Shared(@Nullable Slots slots, long most) {
            this.slots = slots;
            this.most = most;
        }

        boolean isLimited() {
            return slots != null;
        }
    }

    Throttle(@Nullable Slots own, Shared shared) {
        this.own = own;
        this.shared = shared;
    }

    /** The slot of a request that comes now: an instant, {@link Slots#NONE} if none is left, or {@link #REFUSED}. Who has to wait for it tells {@link #waited} when it has. */
    long take(long nowNanos) {
        synchronized (shared) {
            if (shared.waiting.get() >= shared.most) {
                return REFUSED;
            }
            long slot = slot(nowNanos);
            if (slot > nowNanos) {
                shared.waiting.incrementAndGet();
            }
            return slot;
        }
    }

    void waited() {
        shared.waiting.decrementAndGet();
    }

    private long slot(long nowNanos) {
        long at = nowNanos;
        if (own != null) {
            at = own.firstFree(at);
        }
        Slots ofRun = shared.slots;
        if (ofRun != null && at != Slots.NONE) {
            at = ofRun.firstFree(at);
        }
        if (at == Slots.NONE) {
            return at;
        }
        if (ofRun != null) {
            ofRun.take(at);
            ofRun.forget(nowNanos);
        }
        if (own != null) {
            own.takeUpTo(at);
        }
        return at;
    }
}
