package dev.onrush.core.eventlog;

import static dev.onrush.core.eventlog.LogFormat.*;

/** Reads records one after another; knows the instant and the scenario from which the next one counts. */
final class RecordDecoder {
    private static final UserEnd[] USER_ENDS = UserEnd.values();
    private static final DropReason[] DROP_REASONS = DropReason.values();
    private static final MarkKind[] MARK_KINDS = MarkKind.values();

    private final RequestSample request = new RequestSample();
    private final HealthSample health = new HealthSample();
    private final ByteReader in = new ByteReader(new byte[0], 0, 0);

    long baseMicros;
    int lastScenario;
    long unknownRecords;

    /**
     * Hands over the record at {@code from}; returns the place behind it.
     *
     * @throws MalformedRecordException if there is no whole record before {@code to}
     */
    int next(byte[] bytes, int from, int to, RecordHandler handler) {
        in.over(bytes, from, to);
        int head = in.oneByte();
        if ((head & REQUEST) != 0) {
            request(head, handler);
        } else {
            int length = in.length();
            int behind = in.position() + length;
            in.end(behind);
            other(head, handler);
            in.position(behind);
        }
        return in.position();
    }

    /**
     * As {@link #next}, but of a request nothing is kept: whether it is whole and its names are known.
     *
     * @throws MalformedRecordException if it is not
     */
    int check(byte[] bytes, int from, int to, NameCheck names) {
        if ((bytes[from] & REQUEST) == 0) {
            return next(bytes, from, to, names);
        }
        in.over(bytes, from, to);
        int head = in.oneByte();
        int more = (head & REQUEST_MORE) != 0 ? (int) in.number() : 0;
        if ((head & REQUEST_SCENARIO) != 0) {
            lastScenario = in.name();
        }
        in.skipNumbers(1); // user
        int request = in.name();
        instant();
        in.skipNumbers(3); // intended start and bytes
        boolean started = (more & MORE_NOT_STARTED) == 0;
        in.skipNumbers((started ? 1 : 0)
                + (started && (head & REQUEST_FIRST_BYTE) != 0 ? 1 : 0)
                + ((head & REQUEST_STATUS) != 0 ? 1 : 0));
        int error = (head & REQUEST_ERROR) != 0 ? in.name() : RequestSample.NO_ERROR;
        in.skipNumbers(Integer.bitCount(more >>> MORE_FIRST_NUMBER));
        names.request(lastScenario, request, error);
        return in.position();
    }

    private void request(int head, RecordHandler handler) {
        RequestSample sample = request;
        sample.clear();
        int more = (head & REQUEST_MORE) != 0 ? (int) in.number() : 0;
        if ((head & REQUEST_SCENARIO) != 0) {
            lastScenario = in.name();
        }
        sample.scenario = lastScenario;
        sample.outcome = (byte) (head & REQUEST_OUTCOME);
        sample.warmUp = (more & MORE_WARM_UP) != 0;
        sample.attempt = (more & MORE_ATTEMPT) != 0;
        sample.silent = (more & MORE_SILENT) != 0;
        sample.userId = in.number();
        sample.request = in.name();
        long endMicros = instant();
        long intended = endMicros - in.signed();
        sample.bytesSent = in.number();
        sample.bytesReceived = in.number();
        boolean started = (more & MORE_NOT_STARTED) == 0;
        long startDelay = started ? in.signed() : 0;
        long afterFirstByte = started && (head & REQUEST_FIRST_BYTE) != 0 ? in.signed() : 0;
        sample.status = (head & REQUEST_STATUS) != 0 ? (int) in.signed() : 200;
        if ((head & REQUEST_ERROR) != 0) {
            sample.error = in.name();
        }
        for (int bits = more >>> MORE_FIRST_NUMBER, bit = 1 << MORE_FIRST_NUMBER; bits != 0; bits >>>= 1, bit <<= 1) {
            if ((bits & 1) != 0) {
                long nanos = in.signed() * 1000;
                switch (bit) {
                    case MORE_PACE_OVERRUN -> sample.paceOverrunNanos = nanos;
                    case MORE_THROTTLE_WAIT -> sample.throttleWaitNanos = nanos;
                    case MORE_CONNECTION_WAIT -> sample.connectionWaitNanos = nanos;
                    case MORE_DNS -> sample.dnsNanos = nanos;
                    case MORE_CONNECT -> sample.connectNanos = nanos;
                    case MORE_TLS -> sample.tlsNanos = nanos;
                    default -> {} // a later version tells more than this one knows
                }
            }
        }
        sample.intendedStartNanos = intended * 1000;
        sample.endNanos = endMicros * 1000;
        if (started) {
            sample.actualStartNanos =
                    (intended + startDelay) * 1000 + sample.paceOverrunNanos + sample.connectionWaitNanos;
            if ((head & REQUEST_FIRST_BYTE) != 0) {
                sample.firstByteNanos = sample.endNanos - sample.actualStartNanos - afterFirstByte * 1000;
            }
        }
        handler.request(sample);
    }

    private void other(int kind, RecordHandler handler) {
        if (kind < KIND_USER_START || kind > KIND_HELD_THREAD || kind == KIND_KEPT) {
            unknownRecords++;
            return;
        }
        long atNanos = instant() * 1000;
        switch (kind) {
            case KIND_USER_START -> {
                long user = in.number();
                int scenario = in.name();
                handler.userStart(user, scenario, (baseMicros - in.signed()) * 1000, atNanos);
            }
            case KIND_USER_END -> handler.userEnd(in.number(), in.name(), atNanos, in.oneOf(USER_ENDS));
            case KIND_USERS_DROPPED -> handler.usersDropped(in.name(), atNanos, in.number(), in.oneOf(DROP_REASONS));
            case KIND_GROUP_END -> {
                long user = in.number();
                int scenario = in.name();
                int group = in.name();
                long startNanos = (baseMicros - in.signed()) * 1000;
                long cumulatedNanos = in.signed() * 1000;
                int flags = (int) in.number();
                handler.groupEnd(
                        user, scenario, group, startNanos, atNanos, cumulatedNanos, (flags & 1) == 0, (flags & 2) != 0);
            }
            case KIND_STEP_FAILURE -> handler.stepFailure(in.number(), in.name(), atNanos, in.name());
            case KIND_HEALTH -> health(atNanos, handler);
            case KIND_MARK -> {
                MarkKind mark = in.oneOf(MARK_KINDS);
                handler.mark(mark, atNanos, in.text());
            }
            case KIND_FAILED_EXCHANGE -> failedExchange(atNanos, handler);
            case KIND_HELD_THREAD -> heldThread(atNanos, handler);
            default -> runEnd(atNanos, handler);
        }
    }

    /** The next instant, from which the one after counts. */
    private long instant() {
        baseMicros += in.signed();
        if (baseMicros > MAX_INSTANT_MICROS || baseMicros < -MAX_INSTANT_MICROS) {
            throw MalformedRecordException.INSTANCE;
        }
        return baseMicros;
    }

    private void failedExchange(long atNanos, RecordHandler handler) {
        long user = in.number();
        int scenario = in.name();
        int name = in.name();
        int error = in.name();
        int status = (int) in.signed();
        if (in.number() < ExchangeText.TEXTS) {
            throw MalformedRecordException.INSTANCE;
        }
        ExchangeText text = new ExchangeText(in.text(), in.text(), in.text(), in.text(), in.text(), in.text());
        handler.failedExchange(new FailedExchange(user, scenario, name, error, status, atNanos, text));
    }

    private void heldThread(long atNanos, RecordHandler handler) {
        long count = in.number();
        long longestNanos = in.signed() * 1000;
        long firstNanos = atNanos - in.signed() * 1000;
        long lastNanos = atNanos - in.signed() * 1000;
        long user = in.number();
        String place = in.text();
        String thread = in.text();
        handler.heldThread(
                new HeldPlace(place, count, longestNanos, firstNanos, lastNanos, user, thread, in.text()), atNanos);
    }

    private void health(long atNanos, RecordHandler handler) {
        long fields = in.number();
        if (fields < FIRST_HEALTH_FIELDS) {
            throw MalformedRecordException.INSTANCE;
        }
        HealthSample sample = health;
        sample.atNanos = atNanos;
        sample.longestSilenceNanos = nanos(in.signed());
        sample.hiccupNanos = nanos(in.signed());
        sample.gcPauseMillis = in.signed();
        sample.processCpuPercent = (int) in.signed();
        sample.machineCpuPercent = (int) in.signed();
        sample.stealPercent = (int) in.signed();
        sample.heapUsedBytes = in.signed();
        sample.openFiles = in.signed();
        sample.openConnections = in.signed();
        sample.tcpRetransmits = in.signed();
        sample.throttledMillis = in.signed();
        sample.wallClockJumpMillis = in.signed();
        sample.recordsLost = in.signed();
        sample.activeUsers = in.signed();
        sample.inFlightRequests = in.signed();
        // Versions before told less.
        sample.localPortsUsed = fields > 15 ? in.signed() : HealthSample.UNKNOWN;
        sample.localPorts = fields > 16 ? in.signed() : HealthSample.UNKNOWN;
        sample.openFilesLimit = fields > 17 ? in.signed() : HealthSample.UNKNOWN;
        sample.logQueuedBytes = fields > 18 ? in.signed() : HealthSample.UNKNOWN;
        handler.health(sample);
    }

    private static long nanos(long micros) {
        return micros == HealthSample.UNKNOWN ? HealthSample.UNKNOWN : micros * 1000;
    }

    private void runEnd(long atNanos, RecordHandler handler) {
        long namesFolded = in.number();
        LogTotals totals = new LogTotals(
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                in.number(),
                -1,
                -1);
        handler.runEnd(atNanos, totals, namesFolded);
    }
}
