package dev.onrush.http.internal.request;

import dev.onrush.core.time.RunClock;
import dev.onrush.http.internal.wire.WireRequest;

/** The request that a response answers, and when that was: instants in nanoseconds since the run began. */
record SentRequest(String name, Url url, WireRequest wire, RunClock clock, long startNanos, long endNanos) {
    OutgoingRequest whole() {
        return OutgoingRequest.of(name, url, wire);
    }

    long startMillis() {
        return epochMillis(startNanos);
    }

    long endMillis() {
        return epochMillis(endNanos);
    }

    private long epochMillis(long nanos) {
        return clock.start().plusNanos(nanos).toEpochMilli();
    }
}
