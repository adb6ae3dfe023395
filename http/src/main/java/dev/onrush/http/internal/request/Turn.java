package dev.onrush.http.internal.request;

import org.jspecify.annotations.Nullable;

import dev.onrush.http.internal.wire.Origin;

/** When a request of a group may go: so many to one origin at once. One object per exchange, used again for every request. */
final class Turn {
    private final ResourceGroup group;
    private final UserExchange exchange;
    private boolean isQueued;
    private long queuedNanos;
    private long waitNanos;
    /** Where it is one of those on their way; null: nowhere. */
    private @Nullable Origin admittedTo;

    Turn(ResourceGroup group, UserExchange exchange) {
        this.group = group;
        this.exchange = exchange;
    }

    void begin() {
        waitNanos = 0;
    }

    /** Whether it may go there now; else {@link UserExchange#admitted} is called as soon as it may try again. */
    boolean admits(Origin to, long nowNanos) {
        if (group.admits(exchange, to)) {
            admittedTo = to;
            return true;
        }
        isQueued = true;
        queuedNanos = nowNanos;
        return false;
    }

    void admitted(long nowNanos) {
        isQueued = false;
        waitNanos += nowNanos - queuedNanos;
    }

    /** It is on its way no more. */
    void release() {
        Origin mine = admittedTo;
        if (mine != null) {
            admittedTo = null;
            group.released(mine);
        }
    }

    /** The run is cut off; returns whether it still waited. */
    boolean cutOff() {
        boolean waited = isQueued;
        isQueued = false;
        return waited;
    }

    long waitNanos() {
        return waitNanos;
    }
}
