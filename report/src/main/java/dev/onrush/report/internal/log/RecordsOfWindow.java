package dev.onrush.report.internal.log;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.eventlog.DropReason;
import dev.onrush.core.eventlog.FailedExchange;
import dev.onrush.core.eventlog.HealthSample;
import dev.onrush.core.eventlog.HeldPlace;
import dev.onrush.core.eventlog.LogListener;
import dev.onrush.core.eventlog.LogTotals;
import dev.onrush.core.eventlog.MarkKind;
import dev.onrush.core.eventlog.NameTable;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.core.eventlog.RunHeader;
import dev.onrush.core.eventlog.UserEnd;

/**
 * Passes on what lies in a window of the run, on a time axis that begins with it: requests, groups and users by their end,
 * what else happened when it happened. Users that were there when the window began are counted.
 *
 * <p>{@code offset} lays the log of one generator on the axis of several.
 */
public final class RecordsOfWindow implements LogListener {
    private final RunHeader header;
    private final long offset;
    private final long from;
    private final long to;
    private final LogListener receiver;
    private final Map<Integer, Long> presentByScenario = new HashMap<>();
    private @Nullable NameTable names;
    /** The last instant seen, on the axis of all logs. */
    private long last;

    private boolean ended;

    /**
     * @param header handed on in place of the log's
     * @param offset when the run of this log began, on the axis of all logs
     * @param from the first instant of the window, on that axis
     * @param to the first instant behind it
     */
    public RecordsOfWindow(RunHeader header, long offset, long from, long to, LogListener receiver) {
        this.header = header;
        this.offset = offset;
        this.from = from;
        this.to = to;
        this.receiver = receiver;
    }

    /** When the run of this log ended, on the axis of all logs; known when it has been read. */
    public long runEndNanos() {
        return last;
    }

    /** How many users were there when the window began, by scenario; known when the log has been read. */
    public Map<String, Long> present() {
        Map<String, Long> present = new TreeMap<>();
        NameTable table = names;
        if (table != null) {
            presentByScenario.forEach((scenario, count) -> present.put(table.scenarioName(scenario), count));
        }
        return present;
    }

    /** All has been read: a log without an end reaches to the end of the window if it goes on behind it. */
    public void close() {
        if (!ended && last >= to) {
            receiver.runEnd(to - from, null, 0);
        }
    }

    @Override
    public void run(RunHeader run, NameTable table) {
        names = table;
        receiver.run(header, table);
    }

    @Override
    public void userStart(long userId, int scenario, long intendedStartNanos, long actualStartNanos) {
        long at = seen(actualStartNanos);
        if (at < from) {
            presentByScenario.merge(scenario, 1L, Long::sum);
        } else if (at < to) {
            receiver.userStart(userId, scenario, shifted(intendedStartNanos), at - from);
        }
    }

    @Override
    public void userEnd(long userId, int scenario, long endNanos, UserEnd reason) {
        long at = seen(endNanos);
        if (at < from) {
            presentByScenario.merge(scenario, -1L, Long::sum);
        } else if (at < to) {
            receiver.userEnd(userId, scenario, at - from, reason);
        }
    }

    @Override
    public void usersDropped(int scenario, long atNanos, long count, DropReason reason) {
        long at = seen(atNanos);
        if (isInside(at)) {
            receiver.usersDropped(scenario, at - from, count, reason);
        }
    }

    @Override
    public void request(RequestSample sample) {
        if (!isInside(seen(sample.endNanos))) {
            return;
        }
        long intended = sample.intendedStartNanos;
        long actual = sample.actualStartNanos;
        long end = sample.endNanos;
        sample.intendedStartNanos = shifted(intended);
        sample.actualStartNanos = actual == RequestSample.NONE ? actual : shifted(actual);
        sample.endNanos = shifted(end);
        receiver.request(sample);
        sample.intendedStartNanos = intended;
        sample.actualStartNanos = actual;
        sample.endNanos = end;
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
        long at = seen(endNanos);
        if (isInside(at)) {
            receiver.groupEnd(userId, scenario, group, shifted(startNanos), at - from, cumulatedNanos, ok, warmUp);
        }
    }

    @Override
    public void stepFailure(long userId, int scenario, long atNanos, int error) {
        long at = seen(atNanos);
        if (isInside(at)) {
            receiver.stepFailure(userId, scenario, at - from, error);
        }
    }

    @Override
    public void failedExchange(FailedExchange exchange) {
        long at = seen(exchange.atNanos());
        if (isInside(at)) {
            receiver.failedExchange(new FailedExchange(
                    exchange.userId(),
                    exchange.scenario(),
                    exchange.request(),
                    exchange.error(),
                    exchange.status(),
                    at - from,
                    exchange.text()));
        }
    }

    @Override
    public void health(HealthSample sample) {
        long at = seen(sample.atNanos);
        // A second is told at its end.
        if (at > from && at <= to) {
            long told = sample.atNanos;
            sample.atNanos = at - from;
            receiver.health(sample);
            sample.atNanos = told;
        }
    }

    @Override
    public void heldThread(HeldPlace held, long atNanos) {
        long at = seen(atNanos);
        long first = offset + held.firstNanos();
        long until = offset + held.lastNanos();
        if (until >= from && first < to) {
            receiver.heldThread(
                    new HeldPlace(
                            held.place(),
                            held.count(),
                            held.longestNanos(),
                            Math.max(0, first - from),
                            Math.min(to, until) - from,
                            held.userId(),
                            held.thread(),
                            held.stack()),
                    Math.max(0, Math.min(to, at) - from));
        }
    }

    @Override
    public void mark(MarkKind kind, long atNanos, String text) {
        long at = seen(atNanos);
        if (isInside(at)) {
            receiver.mark(kind, at - from, text);
        } else if (kind == MarkKind.WARM_UP_END && at >= to) {
            // All of the window is warm-up: nothing of it is measured.
            receiver.mark(kind, to - from, text);
        }
    }

    @Override
    public void runEnd(long atNanos, @Nullable LogTotals totals, long namesFolded) {
        long at = seen(atNanos);
        ended = true;
        receiver.runEnd(Math.max(0, Math.min(to, at) - from), totals, namesFolded);
    }

    private long seen(long nanos) {
        long at = nanos + offset;
        last = Math.max(last, at);
        return at;
    }

    private long shifted(long nanos) {
        return nanos + offset - from;
    }

    private boolean isInside(long at) {
        return at >= from && at < to;
    }
}
