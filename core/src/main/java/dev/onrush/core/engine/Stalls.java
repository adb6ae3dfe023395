package dev.onrush.core.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.onrush.core.Secrets;
import dev.onrush.core.eventlog.HeldPlace;
import dev.onrush.core.eventlog.Recorder;

/** Places that held a thread. Written by the control thread, read by any. */
final class Stalls {
    private static final Logger LOG = LoggerFactory.getLogger(Stalls.class);

    private final ConcurrentHashMap<String, HeldPlace> byPlace = new ConcurrentHashMap<>();
    /** What was recorded last of each place; for the control thread. */
    private final Map<String, HeldPlace> recorded = new HashMap<>();

    private final Secrets secrets;

    Stalls(Secrets secrets) {
        this.secrets = secrets;
    }

    /** A silence was noticed for the first time. */
    void noticed(String place, long silentNanos, long nowNanos, long userId, Thread thread) {
        HeldPlace known = byPlace.get(place);
        if (known != null) {
            byPlace.put(
                    place,
                    new HeldPlace(
                            place,
                            known.count() + 1,
                            Math.max(known.longestNanos(), silentNanos),
                            known.firstNanos(),
                            nowNanos,
                            known.userId(),
                            known.thread(),
                            known.stack()));
            return;
        }
        String stack = secrets.mask(FailureText.heldStack(thread.getStackTrace()));
        byPlace.put(
                place,
                new HeldPlace(
                        place, 1, silentNanos, nowNanos - silentNanos, nowNanos, userId, thread.getName(), stack));
        LOG.warn(
                "{}: user {} has held thread {} for {} ms, and the other users of this thread waited. Session functions must not block.\n{}",
                secrets.mask(place),
                userId,
                thread.getName(),
                silentNanos / 1_000_000,
                stack);
    }

    /** The silence noticed last at that place goes on. */
    void lasts(String place, long silentNanos, long nowNanos) {
        byPlace.computeIfPresent(
                place,
                (p, known) -> new HeldPlace(
                        p,
                        known.count(),
                        Math.max(known.longestNanos(), silentNanos),
                        known.firstNanos(),
                        nowNanos,
                        known.userId(),
                        known.thread(),
                        known.stack()));
    }

    /** Records what is new since the last time. */
    void record(Recorder recorder, long nowNanos) {
        byPlace.forEach((place, held) -> {
            if (!held.equals(recorded.put(place, held))) {
                recorder.heldThread(held, nowNanos);
            }
        });
    }

    List<HeldPlace> all() {
        return byPlace.values().stream()
                .map(held -> new HeldPlace(
                        secrets.mask(held.place()),
                        held.count(),
                        held.longestNanos(),
                        held.firstNanos(),
                        held.lastNanos(),
                        held.userId(),
                        held.thread(),
                        held.stack()))
                .sorted((a, b) -> Long.compare(b.longestNanos(), a.longestNanos()))
                .toList();
    }
}
