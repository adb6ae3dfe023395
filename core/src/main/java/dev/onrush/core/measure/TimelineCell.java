package dev.onrush.core.measure;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/** What is kept of one step of the timeline. */
final class TimelineCell {
    /** Times of one kind: packed but for a step that is open. */
    static final class Packed {
        final Moments moments = new Moments();
        private byte[] counts = PackedCounts.NOTHING;

        void close(StepHistogram open) {
            counts = open.pack();
            open.clear();
        }

        void open(StepHistogram into) {
            into.addPacked(counts);
        }

        void add(Packed other) {
            moments.add(other.moments);
            counts = PackedCounts.merge(counts, other.counts);
        }

        Times times(StepHistogram work) {
            work.clear();
            work.addPacked(counts);
            return work.times(moments);
        }
    }

    long ok;
    long ko;
    long bytesReceived;
    long bytesSent;
    final Packed response = new Packed();
    final Packed service = new Packed();
    final Packed startDelay = new Packed();
    private @Nullable SortedMap<String, Long> errors;

    @Nullable
    HealthFold health;

    void error(String errorClass, long count) {
        SortedMap<String, Long> counts = errors;
        if (counts == null) {
            counts = new TreeMap<>();
            errors = counts;
        }
        counts.merge(errorClass, count, Long::sum);
    }

    SortedMap<String, Long> errors() {
        return errors == null ? new TreeMap<>() : new TreeMap<>(errors);
    }

    HealthFold health() {
        HealthFold known = health;
        if (known == null) {
            known = new HealthFold();
            health = known;
        }
        return known;
    }

    void add(TimelineCell other) {
        ok += other.ok;
        ko += other.ko;
        bytesReceived += other.bytesReceived;
        bytesSent += other.bytesSent;
        response.add(other.response);
        service.add(other.service);
        startDelay.add(other.startDelay);
        for (Map.Entry<String, Long> error : other.errors().entrySet()) {
            error(error.getKey(), error.getValue());
        }
        HealthFold theirs = other.health;
        if (theirs != null) {
            health().add(theirs);
        }
    }
}
