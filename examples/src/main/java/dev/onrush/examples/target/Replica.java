package dev.onrush.examples.target;

/** One worker: serves one request at a time. Guarded by its pool. */
final class Replica {
    /** When the request in service is done; the next one from the queue begins then, however late the timer fires. */
    long busyUntilNanos;
}
