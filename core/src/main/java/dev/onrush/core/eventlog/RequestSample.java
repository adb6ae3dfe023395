package dev.onrush.core.eventlog;

/**
 * What is known of one request when it has ended: the one layout from the engine to every consumer. Its owner fills it and
 * uses it again for the next request; who receives one reads it during the call and keeps no reference.
 *
 * <p>Instants are nanoseconds since the run began. The log keeps microseconds: instants are cut to whole microseconds
 * <em>before</em> differences are taken, so that response time = pace overrun + start delay + connection wait + service time
 * holds exactly in every record.
 */
public final class RequestSample {
    /** A phase or instant that did not happen. */
    public static final long NONE = -1;

    /** Number of the error of a request that was OK. */
    public static final int NO_ERROR = -1;

    /** Ended OK. */
    public static final byte OK = 0;
    /** Ended KO, with a cause. */
    public static final byte KO = 1;
    /** In flight when the run stopped: in no statistic. */
    public static final byte UNFINISHED = 2;
    /** Due but not sent, and no failure; {@link #error} names the reason. */
    public static final byte NOT_SENT = 3;

    public long userId;
    /** {@link Names#scenario}. */
    public int scenario;
    /** {@link Names#request}; the request knows its group. */
    public int request;
    /** {@link #OK}, {@link #KO}, {@link #UNFINISHED} or {@link #NOT_SENT}. */
    public byte outcome;
    /** {@link Names#error} of a KO or of what was not sent, else {@link #NO_ERROR}. */
    public int error;
    /** Status code, 0 if there was none. */
    public int status;

    /** When the schedule wanted it to start. */
    public long intendedStartNanos;
    /** When it did start; {@link #NONE} if it never got so far: such a KO has no duration. */
    public long actualStartNanos;
    /** When its last byte, or its failure, came. */
    public long endNanos;

    /** How much later than the pace asked the user came; 0 or more. */
    public long paceOverrunNanos;
    /** From due time to the slot a throttle gave; lies before the intended start; 0 or more. */
    public long throttleWaitNanos;
    /** Waiting for a free connection or stream; 0 or more. */
    public long connectionWaitNanos;
    /** Phases of the service time, each a length, {@link #NONE} if it did not happen. */
    public long dnsNanos;

    public long connectNanos;
    public long tlsNanos;
    /** From actual start to the parsed head of the answer. */
    public long firstByteNanos;

    public long bytesSent;
    public long bytesReceived;
    /** A lost first try on a connection that had gone stale: in the log, outside the statistics. */
    public boolean attempt;
    /** Its intended start lies in the warm-up: in the log, outside the statistics. */
    public boolean warmUp;
    /** Sent, and meant to be seen by nobody: in the log, outside the statistics; it fails nobody. */
    public boolean silent;

    public RequestSample() {
        clear();
    }

    /** Back to the state of a new one. */
    public void clear() {
        userId = 0;
        scenario = 0;
        request = 0;
        outcome = OK;
        error = NO_ERROR;
        status = 0;
        intendedStartNanos = 0;
        actualStartNanos = NONE;
        endNanos = 0;
        paceOverrunNanos = 0;
        throttleWaitNanos = 0;
        connectionWaitNanos = 0;
        dnsNanos = NONE;
        connectNanos = NONE;
        tlsNanos = NONE;
        firstByteNanos = NONE;
        bytesSent = 0;
        bytesReceived = 0;
        attempt = false;
        warmUp = false;
        silent = false;
    }

    /** Whether it has a duration, so that it counts into percentiles. */
    public boolean hasDuration() {
        return actualStartNanos != NONE && outcome <= KO;
    }

    /** Response time in whole microseconds: what a user waits. */
    public long responseMicros() {
        return endNanos / 1000 - intendedStartNanos / 1000;
    }

    /** Service time in whole microseconds: what the target needed. */
    public long serviceMicros() {
        return endNanos / 1000 - actualStartNanos / 1000;
    }

    /** Start delay in whole microseconds: the generator's own lateness. */
    public long startDelayMicros() {
        return actualStartNanos / 1000
                - intendedStartNanos / 1000
                - paceOverrunNanos / 1000
                - connectionWaitNanos / 1000;
    }
}
