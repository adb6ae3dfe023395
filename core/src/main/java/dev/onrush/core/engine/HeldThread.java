package dev.onrush.core.engine;

import org.jspecify.annotations.Nullable;

/** Tells users that an author's code holds an I/O thread. Void as soon as that thread has come back: so for the user who held it. */
final class HeldThread extends Notice {
    private final Carrier carrier;
    private final Thread thread;
    private final long sinceNanos;
    private final String place;

    HeldThread(Carrier carrier, Thread thread, long sinceNanos, String place) {
        this.carrier = carrier;
        this.thread = thread;
        this.sinceNanos = sinceNanos;
        this.place = place;
    }

    @Override
    public @Nullable Action receive(VirtualUser user) {
        return carrier.entered() == sinceNanos ? user.threadHeld(thread, place) : null;
    }
}
