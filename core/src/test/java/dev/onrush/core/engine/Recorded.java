package dev.onrush.core.engine;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

import dev.onrush.core.eventlog.DropReason;
import dev.onrush.core.eventlog.HealthSample;
import dev.onrush.core.eventlog.MarkKind;
import dev.onrush.core.eventlog.Names;
import dev.onrush.core.eventlog.Recorder;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.core.eventlog.UserEnd;

/** Everything a run recorded, in lists, for tests; one for all threads. Polices that a user starts once and ends once. */
public final class Recorded implements Recorder {
    public record Start(long userId, int scenario, long intendedNanos, long actualNanos) {}

    public record End(long userId, long atNanos, UserEnd reason) {}

    public record Drop(long atNanos, long count, DropReason reason) {}

    public record Request(
            long userId,
            String name,
            byte outcome,
            long intendedNanos,
            long actualNanos,
            long endNanos,
            long overrunNanos,
            long throttleWaitNanos,
            boolean warmUp) {}

    public record Group(
            List<String> path, long startNanos, long endNanos, long cumulatedNanos, boolean ok, boolean warmUp) {}

    public record Failure(long userId, long atNanos, String errorClass, String message) {}

    public final List<Start> starts = new java.util.ArrayList<>();
    public final List<End> ends = new java.util.ArrayList<>();
    public final List<Drop> drops = java.util.Collections.synchronizedList(new java.util.ArrayList<>());
    public final List<Request> requests = new java.util.ArrayList<>();
    public final List<Group> groups = new CopyOnWriteArrayList<>();
    public final List<Failure> failures = new CopyOnWriteArrayList<>();
    public final List<String> marks = new CopyOnWriteArrayList<>();
    /** Of the marks, in their order. */
    public final List<Long> markNanos = new CopyOnWriteArrayList<>();

    public final AtomicLong healthSamples = new AtomicLong();
    public volatile long longestSilenceNanos;
    private final java.util.Set<Long> present = new java.util.HashSet<>();
    private final Names names;

    public Recorded(Names names) {
        this.names = names;
    }

    @Override
    public synchronized void userStart(long userId, int scenario, long intendedStartNanos, long actualStartNanos) {
        if (!present.add(userId)) {
            throw new IllegalStateException("user " + userId + " starts twice");
        }
        starts.add(new Start(userId, scenario, intendedStartNanos, actualStartNanos));
    }

    @Override
    public synchronized void userEnd(long userId, int scenario, long endNanos, UserEnd reason) {
        if (!present.remove(userId)) {
            throw new IllegalStateException("user " + userId + " ends without a start");
        }
        ends.add(new End(userId, endNanos, reason));
    }

    @Override
    public void usersDropped(int scenario, long atNanos, long count, DropReason reason) {
        drops.add(new Drop(atNanos, count, reason));
    }

    @Override
    public synchronized void request(RequestSample sample) {
        requests.add(new Request(
                sample.userId,
                names.requestName(sample.request),
                sample.outcome,
                sample.intendedStartNanos,
                sample.actualStartNanos,
                sample.endNanos,
                sample.paceOverrunNanos,
                sample.throttleWaitNanos,
                sample.warmUp));
    }

    @Override
    public void groupEnd(
            long userId,
            int scenario,
            int group,
            long startNanos,
            long endNanos,
            long cumulatedNanos,
            boolean ok,
            boolean warmUp) {
        groups.add(new Group(names.groupPath(group), startNanos, endNanos, cumulatedNanos, ok, warmUp));
    }

    @Override
    public void stepFailure(long userId, int scenario, long atNanos, int error) {
        failures.add(new Failure(userId, atNanos, names.errorClass(error), names.errorMessage(error)));
    }

    @Override
    public void health(HealthSample sample) {
        healthSamples.incrementAndGet();
        longestSilenceNanos = Math.max(longestSilenceNanos, sample.longestSilenceNanos);
    }

    @Override
    public void mark(MarkKind kind, long atNanos, String text) {
        markNanos.add(atNanos);
        marks.add(kind + " " + text);
    }
}
