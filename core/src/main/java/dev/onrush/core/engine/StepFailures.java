package dev.onrush.core.engine;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.onrush.core.Secrets;

/** Failures of steps, by place: the first of each is logged and kept, all are counted. Messages come masked. Safe for use by many threads. */
final class StepFailures {
    private static final Logger LOG = LoggerFactory.getLogger(StepFailures.class);

    private record First(String errorClass, String message, String stack, LongAdder count) {}

    private final ConcurrentHashMap<String, First> byPlace = new ConcurrentHashMap<>();
    private final Secrets secrets;

    StepFailures(Secrets secrets) {
        this.secrets = secrets;
    }

    void count(String place, String errorClass, Throwable cause, String message) {
        First known = byPlace.get(place);
        if (known == null) {
            First first = new First(errorClass, message, secrets.mask(FailureText.stack(cause)), new LongAdder());
            known = keep(place, first);
        }
        known.count.increment();
    }

    void count(String place, String errorClass, String message) {
        First known = byPlace.get(place);
        if (known == null) {
            known = keep(place, new First(errorClass, message, "", new LongAdder()));
        }
        known.count.increment();
    }

    /** The most frequent first. */
    List<StepFailure> all() {
        return byPlace.entrySet().stream()
                .map(e -> new StepFailure(
                        secrets.mask(e.getKey()),
                        e.getValue().count.sum(),
                        e.getValue().errorClass,
                        e.getValue().message,
                        e.getValue().stack))
                .sorted((a, b) -> Long.compare(b.count(), a.count()))
                .toList();
    }

    private First keep(String place, First first) {
        First before = byPlace.putIfAbsent(place, first);
        if (before != null) {
            return before;
        }
        LOG.warn(
                "{}: step failed with {}: {} The user is marked failed and goes on; further failures here are only counted.\n{}",
                secrets.mask(place),
                first.errorClass,
                first.message.endsWith(".") ? first.message : first.message + ".",
                first.stack);
        return first;
    }
}
