package dev.onrush.core.measure;

import java.util.EnumMap;
import java.util.Map;

import dev.onrush.core.eventlog.DropReason;
import dev.onrush.core.eventlog.UserEnd;

/** Adds up the users of one scenario. */
final class ScenarioFold {
    final int column;
    /** When its first user was due: the order in which scenarios are shown. */
    long firstMicros = Long.MAX_VALUE;

    private long present;
    private long started;
    private long finished;
    private final Map<DropReason, Long> dropped = new EnumMap<>(DropReason.class);

    ScenarioFold(int column) {
        this.column = column;
    }

    void start(long atMicros) {
        started++;
        firstMicros = Math.min(firstMicros, atMicros);
    }

    /** Users that started before the records begin. */
    void present(long count) {
        present += count;
        firstMicros = Math.min(firstMicros, 0);
    }

    void end(UserEnd reason) {
        if (reason == UserEnd.THROUGH || reason == UserEnd.FEEDER_EMPTY) {
            finished++;
        }
    }

    void drop(long atMicros, long count, DropReason reason) {
        dropped.merge(reason, count, Long::sum);
        firstMicros = Math.min(firstMicros, atMicros);
    }

    void add(ScenarioFold other) {
        present += other.present;
        started += other.started;
        finished += other.finished;
        other.dropped.forEach((reason, count) -> dropped.merge(reason, count, Long::sum));
        firstMicros = Math.min(firstMicros, other.firstMicros);
    }

    UserCounts counts() {
        return new UserCounts(started, dropped, finished, present + started - finished, present);
    }
}
