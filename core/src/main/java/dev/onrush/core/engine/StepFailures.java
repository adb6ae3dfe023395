package dev.onrush.core.engine;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.onrush.core.Secrets;
import dev.onrush.core.eventlog.ErrorClass;
import dev.onrush.core.session.UnresolvedException;

/** Failures of steps, by place: the first of each is logged and kept, all are counted. What is told is masked and bounded. Safe for use by many threads. */
final class StepFailures {
    private static final Logger LOG = LoggerFactory.getLogger(StepFailures.class);

    private record First(String errorClass, String message, String stack, LongAdder count) {}

    private final ConcurrentHashMap<String, First> byPlace = new ConcurrentHashMap<>();
    private final Secrets secrets;

    StepFailures(Secrets secrets) {
        this.secrets = secrets;
    }

    static String errorClass(Throwable cause) {
        if (cause instanceof UnresolvedException) {
            return ErrorClass.USER_UNRESOLVED;
        }
        return cause instanceof Error ? ErrorClass.USER_ERROR : ErrorClass.USER_EXCEPTION;
    }

    /** Returns what is told of it. */
    String count(String place, Throwable cause) {
        boolean isToldWhole = cause instanceof UnresolvedException || cause instanceof StepFailedException;
        String told = isToldWhole ? FailureText.cut(String.valueOf(cause.getMessage())) : FailureText.of(cause);
        return count(place, errorClass(cause), told, cause);
    }

    /** One that no exception tells of. Returns what is told of it. */
    String count(String place, String errorClass, String message) {
        return count(place, errorClass, FailureText.cut(message), null);
    }

    private String count(String place, String errorClass, String told, @Nullable Throwable cause) {
        String message = secrets.mask(told);
        First known = byPlace.get(place);
        if (known == null) {
            String stack = cause == null ? "" : secrets.mask(FailureText.stack(cause));
            known = keep(place, new First(errorClass, message, stack, new LongAdder()));
        }
        known.count.increment();
        return message;
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
