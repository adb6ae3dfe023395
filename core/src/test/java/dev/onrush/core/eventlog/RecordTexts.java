package dev.onrush.core.eventlog;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** Keeps every record as one line of text, names resolved. */
final class RecordTexts implements LogListener {
    final List<String> lines = new ArrayList<>();
    final List<Long> ticks = new ArrayList<>();

    @Nullable
    RunHeader header;

    @Nullable
    LogTotals ended;

    @Nullable
    LogTotals closed;

    private @Nullable NameTable names;

    @Override
    public void run(RunHeader header, NameTable names) {
        this.header = header;
        this.names = names;
    }

    @Override
    public void userStart(long userId, int scenario, long intendedStartNanos, long actualStartNanos) {
        lines.add("start " + userId + " " + names.scenarioName(scenario) + " " + intendedStartNanos + " "
                + actualStartNanos);
    }

    @Override
    public void userEnd(long userId, int scenario, long endNanos, UserEnd reason) {
        lines.add("end " + userId + " " + names.scenarioName(scenario) + " " + endNanos + " " + reason);
    }

    @Override
    public void usersDropped(int scenario, long atNanos, long count, DropReason reason) {
        lines.add("dropped " + names.scenarioName(scenario) + " " + atNanos + " " + count + " " + reason);
    }

    @Override
    public void request(RequestSample s) {
        lines.add("request " + s.userId + " " + names.scenarioName(s.scenario) + " "
                + names.groupPath(names.groupOfRequest(s.request)) + " " + names.requestName(s.request) + " "
                + s.outcome + " "
                + (s.error == RequestSample.NO_ERROR
                        ? "-"
                        : names.errorClass(s.error) + ":" + names.errorMessage(s.error))
                + " " + s.status + " " + s.intendedStartNanos + " " + s.actualStartNanos + " " + s.endNanos + " "
                + s.paceOverrunNanos + " " + s.throttleWaitNanos + " " + s.connectionWaitNanos + " " + s.dnsNanos
                + " " + s.connectNanos + " " + s.tlsNanos + " " + s.firstByteNanos + " " + s.bytesSent + " "
                + s.bytesReceived + " " + s.attempt + " " + s.warmUp);
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
        lines.add("group " + userId + " " + names.scenarioName(scenario) + " " + names.groupPath(group) + " "
                + startNanos + " " + endNanos + " " + cumulatedNanos + " " + ok + " " + warmUp);
    }

    @Override
    public void stepFailure(long userId, int scenario, long atNanos, int error) {
        lines.add("failure " + userId + " " + names.scenarioName(scenario) + " " + atNanos + " "
                + names.errorClass(error) + ":" + names.errorMessage(error));
    }

    @Override
    public void health(HealthSample s) {
        lines.add("health " + s.atNanos + " " + s.longestSilenceNanos + " " + s.hiccupNanos + " " + s.gcPauseMillis
                + " " + s.processCpuPercent + " " + s.machineCpuPercent + " " + s.stealPercent + " "
                + s.heapUsedBytes + " " + s.openFiles + " " + s.openConnections + " " + s.tcpRetransmits + " "
                + s.throttledMillis + " " + s.wallClockJumpMillis + " " + s.recordsLost + " " + s.activeUsers + " "
                + s.inFlightRequests
                + (s.localPorts == HealthSample.UNKNOWN
                        ? ""
                        : " " + s.localPortsUsed + "/" + s.localPorts + " " + s.openFilesLimit + " "
                                + s.logQueuedBytes));
    }

    @Override
    public void heldThread(HeldPlace held, long atNanos) {
        lines.add("held " + atNanos + " " + held);
    }

    @Override
    public void mark(MarkKind kind, long atNanos, String text) {
        lines.add("mark " + kind + " " + atNanos + " " + text);
    }

    @Override
    public void runEnd(long atNanos, @Nullable LogTotals totals, long namesFolded) {
        lines.add("runEnd " + atNanos);
        ended = totals;
    }

    @Override
    public void tick(long nowNanos, LogTotals totals) {
        ticks.add(nowNanos);
    }

    @Override
    public void closed(long nowNanos, LogTotals totals) {
        closed = totals;
    }
}
