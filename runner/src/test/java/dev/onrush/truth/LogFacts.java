package dev.onrush.truth;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.eventlog.DropReason;
import dev.onrush.core.eventlog.EventLogReader;
import dev.onrush.core.eventlog.HealthSample;
import dev.onrush.core.eventlog.HeldPlace;
import dev.onrush.core.eventlog.LogTotals;
import dev.onrush.core.eventlog.MarkKind;
import dev.onrush.core.eventlog.NameTable;
import dev.onrush.core.eventlog.ReadSummary;
import dev.onrush.core.eventlog.RecordHandler;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.core.eventlog.RunHeader;
import dev.onrush.core.eventlog.UserEnd;

/** What the event log of a run says, record by record, counted without any code of the statistics. */
final class LogFacts implements RecordHandler {
    /** One request as it was recorded; all instants in nanoseconds since the run began. */
    record Request(
            long userId,
            String name,
            byte outcome,
            String errorClass,
            int status,
            long intendedNanos,
            long actualNanos,
            long endNanos,
            long responseMicros,
            long serviceMicros,
            long startDelayMicros,
            long paceOverrunNanos,
            long connectionWaitNanos,
            List<Long> phasesNanos,
            long bytesSent,
            long bytesReceived,
            boolean hasDuration,
            boolean attempt,
            boolean warmUp) {
        boolean isOk() {
            return outcome == RequestSample.OK;
        }

        boolean isKo() {
            return outcome == RequestSample.KO;
        }

        boolean isUnfinished() {
            return outcome == RequestSample.UNFINISHED;
        }

        /** Whether any of it went to the target, as far as the generator knows. */
        boolean left() {
            return bytesSent > 0;
        }

        /** Whether statistics count it. */
        boolean counts() {
            return !attempt && !warmUp;
        }
    }

    record Start(long userId, String scenario, long intendedNanos, long actualNanos) {}

    final List<Request> requests = new ArrayList<>();
    final List<Start> starts = new ArrayList<>();
    final Map<UserEnd, Long> ends = new TreeMap<>();
    /** Errors without a request, by class. */
    final Map<String, Long> stepFailures = new TreeMap<>();
    /** When each user ended, by its id. */
    final Map<Long, Long> endedNanos = new HashMap<>();

    final Map<Long, Long> hiccupsNanos = new TreeMap<>();
    final Map<Long, Long> silencesNanos = new TreeMap<>();
    /** Of each second, by its end. */
    final Map<Long, Long> gcMillis = new TreeMap<>();

    final Map<Long, Integer> cpuPercents = new TreeMap<>();

    /** The newest of each place. */
    final Map<String, HeldPlace> held = new TreeMap<>();

    /** When each was first told. */
    final Map<String, Long> heldTold = new TreeMap<>();

    final List<String> marks = new ArrayList<>();
    long heapMaxBytes;
    long dropped;
    long endNanos = -1;

    @Nullable
    LogTotals totals;

    private final Map<Integer, String> requestNames = new HashMap<>();
    private @Nullable NameTable names;
    private @Nullable RunHeader header;
    private @Nullable ReadSummary reading;

    static LogFacts of(Path log) {
        LogFacts facts = new LogFacts();
        facts.reading = EventLogReader.read(log, facts);
        return facts;
    }

    ReadSummary reading() {
        return java.util.Objects.requireNonNull(reading);
    }

    RunHeader header() {
        return java.util.Objects.requireNonNull(header);
    }

    long ended() {
        return ends.values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public void run(RunHeader its, NameTable table) {
        header = its;
        names = table;
    }

    private NameTable names() {
        return java.util.Objects.requireNonNull(names);
    }

    @Override
    public void userStart(long userId, int scenario, long intendedStartNanos, long actualStartNanos) {
        starts.add(new Start(userId, names().scenarioName(scenario), intendedStartNanos, actualStartNanos));
    }

    @Override
    public void userEnd(long userId, int scenario, long endNanos, UserEnd reason) {
        ends.merge(reason, 1L, Long::sum);
        endedNanos.put(userId, endNanos);
    }

    @Override
    public void usersDropped(int scenario, long atNanos, long count, DropReason reason) {
        dropped += count;
    }

    @Override
    public void request(RequestSample s) {
        String error = s.error == RequestSample.NO_ERROR ? "" : names().errorClass(s.error);
        requests.add(new Request(
                s.userId,
                requestNames.computeIfAbsent(s.request, names()::requestName),
                s.outcome,
                error,
                s.status,
                s.intendedStartNanos,
                s.actualStartNanos,
                s.endNanos,
                s.responseMicros(),
                s.serviceMicros(),
                s.startDelayMicros(),
                s.paceOverrunNanos,
                s.connectionWaitNanos,
                List.of(s.dnsNanos, s.connectNanos, s.tlsNanos, s.firstByteNanos),
                s.bytesSent,
                s.bytesReceived,
                s.hasDuration(),
                s.attempt,
                s.warmUp));
    }

    @Override
    public void stepFailure(long userId, int scenario, long atNanos, int error) {
        stepFailures.merge(names().errorClass(error), 1L, Long::sum);
    }

    @Override
    public void health(HealthSample sample) {
        hiccupsNanos.put(sample.atNanos, sample.hiccupNanos);
        silencesNanos.put(sample.atNanos, sample.longestSilenceNanos);
        gcMillis.put(sample.atNanos, sample.gcPauseMillis);
        cpuPercents.put(sample.atNanos, sample.processCpuPercent);
        heapMaxBytes = Math.max(heapMaxBytes, sample.heapUsedBytes);
    }

    @Override
    public void heldThread(HeldPlace place, long atNanos) {
        held.put(place.place(), place);
        heldTold.putIfAbsent(place.place(), atNanos);
    }

    @Override
    public void mark(MarkKind kind, long atNanos, String text) {
        marks.add(text);
    }

    @Override
    public void runEnd(long atNanos, @Nullable LogTotals counted, long namesFolded) {
        endNanos = atNanos;
        totals = counted;
    }
}
