package dev.onrush.core.engine;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.onrush.core.Secrets;

/** Places that held a thread. Written by the control thread, read by any. */
final class Stalls {
    private static final Logger LOG = LoggerFactory.getLogger(Stalls.class);

    private final ConcurrentHashMap<String, Stall> byPlace = new ConcurrentHashMap<>();
    private final Secrets secrets;

    Stalls(Secrets secrets) {
        this.secrets = secrets;
    }

    /** A silence was noticed for the first time. */
    void noticed(String place, long silentNanos, long userId, Thread thread) {
        Stall known = byPlace.get(place);
        if (known != null) {
            byPlace.put(
                    place,
                    new Stall(
                            place,
                            known.count() + 1,
                            Math.max(known.longestNanos(), silentNanos),
                            known.userId(),
                            known.thread(),
                            known.stack()));
            return;
        }
        String stack = secrets.mask(FailureText.stack(thread.getStackTrace()));
        byPlace.put(place, new Stall(place, 1, silentNanos, userId, thread.getName(), stack));
        LOG.warn(
                "{}: user {} has held thread {} for {} ms, and the other users of this thread waited. Session functions must not block.\n{}",
                secrets.mask(place),
                userId,
                thread.getName(),
                silentNanos / 1_000_000,
                stack);
    }

    /** The silence noticed last at that place goes on. */
    void lasts(String place, long silentNanos) {
        byPlace.computeIfPresent(
                place,
                (p, known) -> silentNanos <= known.longestNanos()
                        ? known
                        : new Stall(p, known.count(), silentNanos, known.userId(), known.thread(), known.stack()));
    }

    List<Stall> all() {
        return byPlace.values().stream()
                .map(stall -> new Stall(
                        secrets.mask(stall.place()),
                        stall.count(),
                        stall.longestNanos(),
                        stall.userId(),
                        stall.thread(),
                        stall.stack()))
                .sorted((a, b) -> Long.compare(b.longestNanos(), a.longestNanos()))
                .toList();
    }
}
