package dev.onrush.core.eventlog;

/**
 * One second of the generator itself. Filled and used again by the control thread. A figure the machine does not offer is
 * {@link #UNKNOWN}.
 */
public final class HealthSample {
    public static final long UNKNOWN = -1;

    /** End of the second, nanoseconds since the run began. */
    public long atNanos;
    /** The longest time a loop or I/O thread was silent inside one continuation. */
    public long longestSilenceNanos = UNKNOWN;
    /** How late the control thread itself woke: the machine's or the JVM's own pauses. */
    public long hiccupNanos = UNKNOWN;

    public long gcPauseMillis = UNKNOWN;
    /** CPU of this process in percent of one core. */
    public int processCpuPercent = (int) UNKNOWN;

    public int machineCpuPercent = (int) UNKNOWN;
    public int stealPercent = (int) UNKNOWN;
    public long heapUsedBytes = UNKNOWN;
    public long openFiles = UNKNOWN;
    public long openConnections = UNKNOWN;
    public long tcpRetransmits = UNKNOWN;
    public long throttledMillis = UNKNOWN;
    /** Difference between wall and monotonic clock since the last second. */
    public long wallClockJumpMillis;
    /** Records lost so far because the log could not keep up. */
    public long recordsLost;
    /** Users that are present. */
    public long activeUsers;

    public long inFlightRequests;
    /** TCP sockets of this machine, those in TIME_WAIT included: as many local ports can be taken at most. */
    public long localPortsUsed = UNKNOWN;
    /** Local ports the system gives to connections. */
    public long localPorts = UNKNOWN;
    /** Most files, sockets included, that this process may have open. */
    public long openFilesLimit = UNKNOWN;
    /** Recorded and not written to the log yet. */
    public long logQueuedBytes = UNKNOWN;
}
