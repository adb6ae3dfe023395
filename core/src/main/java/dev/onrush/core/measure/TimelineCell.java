package dev.onrush.core.measure;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/** What is kept of one step of the timeline. */
final class TimelineCell {
    long ok;
    long ko;
    long bytesReceived;
    long bytesSent;
    final Moments moments = new Moments();
    /** Response times, packed but while the step is open; the next two as well. */
    byte[] response = PackedCounts.NOTHING;

    byte[] service = PackedCounts.NOTHING;
    byte[] startDelay = PackedCounts.NOTHING;
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
        moments.add(other.moments);
        response = PackedCounts.merge(response, other.response);
        service = PackedCounts.merge(service, other.service);
        startDelay = PackedCounts.merge(startDelay, other.startDelay);
        for (Map.Entry<String, Long> error : other.errors().entrySet()) {
            error(error.getKey(), error.getValue());
        }
        HealthFold theirs = other.health;
        if (theirs != null) {
            health().add(theirs);
        }
    }
}
