package dev.onrush.core.measure;

/** Adds up the waits for slots of a throttle. */
final class ThrottleFold {
    private long requests;
    private long sumMicros;
    private long maxMicros;

    void add(long waitNanos) {
        if (waitNanos > 0) {
            long micros = waitNanos / 1000;
            requests++;
            sumMicros += micros;
            maxMicros = Math.max(maxMicros, micros);
        }
    }

    void add(ThrottleFold other) {
        requests += other.requests;
        sumMicros += other.sumMicros;
        maxMicros = Math.max(maxMicros, other.maxMicros);
    }

    ThrottleWaits waits() {
        return requests == 0
                ? ThrottleWaits.NONE
                : new ThrottleWaits(requests, (double) sumMicros / requests, maxMicros);
    }
}
