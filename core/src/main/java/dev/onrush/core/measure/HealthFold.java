package dev.onrush.core.measure;

import dev.onrush.core.eventlog.HealthSample;

/** Adds up the generator's health over one step. */
final class HealthFold {
    /** Silence from here on is a stall. */
    static final long STALL_MICROS = 50_000;

    private long longestSilenceMicros = -1;
    private long hiccupMicros = -1;
    private long gcPauseMillis = -1;
    private int processCpuPercent = -1;
    private int machineCpuPercent = -1;
    private int stealPercent = -1;
    private long heapUsedBytes = -1;
    private long openFiles = -1;
    private long openConnections = -1;
    private long tcpRetransmits = -1;
    private long throttledMillis = -1;
    private long wallClockJumpMillis;
    private long inFlightRequests = -1;
    private long localPortsUsed = -1;
    private long localPorts = -1;
    private long openFilesLimit = -1;
    private long logQueuedBytes = -1;
    long stallMicros;

    /** How long threads were silent for too long in that second; 0 if they were not. */
    static long stallMicros(HealthSample sample) {
        long nanos = Math.max(sample.longestSilenceNanos, sample.hiccupNanos);
        return nanos / 1000 >= STALL_MICROS ? nanos / 1000 : 0;
    }

    void add(HealthSample sample) {
        HealthFold second = new HealthFold();
        second.longestSilenceMicros = micros(sample.longestSilenceNanos);
        second.hiccupMicros = micros(sample.hiccupNanos);
        second.gcPauseMillis = sample.gcPauseMillis;
        second.processCpuPercent = sample.processCpuPercent;
        second.machineCpuPercent = sample.machineCpuPercent;
        second.stealPercent = sample.stealPercent;
        second.heapUsedBytes = sample.heapUsedBytes;
        second.openFiles = sample.openFiles;
        second.openConnections = sample.openConnections;
        second.tcpRetransmits = sample.tcpRetransmits;
        second.throttledMillis = sample.throttledMillis;
        second.wallClockJumpMillis = sample.wallClockJumpMillis;
        second.inFlightRequests = sample.inFlightRequests;
        second.localPortsUsed = sample.localPortsUsed;
        second.localPorts = sample.localPorts;
        second.openFilesLimit = sample.openFilesLimit;
        second.logQueuedBytes = sample.logQueuedBytes;
        second.stallMicros = stallMicros(sample);
        add(second);
    }

    /** Of another generator at the same time: what both have open adds up. */
    void openBeside(HealthFold other) {
        openConnections = sum(openConnections, other.openConnections);
        inFlightRequests = sum(inFlightRequests, other.inFlightRequests);
    }

    void add(HealthFold other) {
        longestSilenceMicros = Math.max(longestSilenceMicros, other.longestSilenceMicros);
        hiccupMicros = Math.max(hiccupMicros, other.hiccupMicros);
        gcPauseMillis = sum(gcPauseMillis, other.gcPauseMillis);
        processCpuPercent = Math.max(processCpuPercent, other.processCpuPercent);
        machineCpuPercent = Math.max(machineCpuPercent, other.machineCpuPercent);
        stealPercent = Math.max(stealPercent, other.stealPercent);
        heapUsedBytes = Math.max(heapUsedBytes, other.heapUsedBytes);
        openFiles = Math.max(openFiles, other.openFiles);
        openConnections = Math.max(openConnections, other.openConnections);
        tcpRetransmits = sum(tcpRetransmits, other.tcpRetransmits);
        throttledMillis = sum(throttledMillis, other.throttledMillis);
        wallClockJumpMillis += other.wallClockJumpMillis;
        inFlightRequests = Math.max(inFlightRequests, other.inFlightRequests);
        localPortsUsed = Math.max(localPortsUsed, other.localPortsUsed);
        localPorts = Math.max(localPorts, other.localPorts);
        openFilesLimit = Math.max(openFilesLimit, other.openFilesLimit);
        logQueuedBytes = Math.max(logQueuedBytes, other.logQueuedBytes);
        stallMicros += other.stallMicros;
    }

    private static long sum(long one, long other) {
        return one < 0 ? other : other < 0 ? one : one + other;
    }

    private static long micros(long nanos) {
        return nanos < 0 ? -1 : nanos / 1000;
    }

    HealthStep step() {
        return new HealthStep(
                longestSilenceMicros,
                hiccupMicros,
                gcPauseMillis,
                processCpuPercent,
                machineCpuPercent,
                stealPercent,
                heapUsedBytes,
                openFiles,
                openConnections,
                tcpRetransmits,
                throttledMillis,
                wallClockJumpMillis,
                inFlightRequests,
                stallMicros,
                localPortsUsed,
                localPorts,
                openFilesLimit,
                logQueuedBytes);
    }
}
