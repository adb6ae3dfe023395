package dev.onrush.core.measure;

/**
 * The generator itself during one step of the timeline: the greatest of the step, but for pauses, stalls and retransmits,
 * which are sums. {@link dev.onrush.core.eventlog.HealthSample#UNKNOWN} (−1) is what nobody told.
 *
 * @param processCpuPercent of one core
 * @param stallMicros time in which a thread of the engine was silent for too long
 * @param localPortsUsed TCP sockets of the machine, those in TIME_WAIT included
 * @param localPorts local ports the system gives to connections
 * @param logQueuedBytes recorded and not written yet
 */
public record HealthStep(
        long longestSilenceMicros,
        long hiccupMicros,
        long gcPauseMillis,
        int processCpuPercent,
        int machineCpuPercent,
        int stealPercent,
        long heapUsedBytes,
        long openFiles,
        long openConnections,
        long tcpRetransmits,
        long throttledMillis,
        long wallClockJumpMillis,
        long inFlightRequests,
        long stallMicros,
        long localPortsUsed,
        long localPorts,
        long openFilesLimit,
        long logQueuedBytes) {
    public static final HealthStep UNKNOWN =
            new HealthStep(-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 0, -1, 0, -1, -1, -1, -1);
}
