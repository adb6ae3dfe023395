package dev.onrush.core.eventlog;

import static dev.onrush.core.eventlog.LogFormat.*;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.Secrets;

/**
 * The recorder of one thread: records go into its own chunk and are published one by one. The other side is for the log
 * thread alone: {@link #drain}. Counters are written by the owner and read, a moment old, by others.
 */
final class ThreadRecorder implements Recorder {
    private static final byte[] NOTHING = {};
    private static final VarHandle LOST;

    static {
        try {
            LOST = MethodHandles.lookup().findVarHandle(ThreadRecorder.class, "lost", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final String threadName;
    private final ChunkPool pool;
    private final Runnable wakeWriter;
    private final Secrets secrets;

    // The owner's side.
    private @Nullable Chunk chunk;
    private byte[] data = NOTHING;
    private int pos;
    /** The instant of the record before, which the next one counts from; whole microseconds. */
    private long baseMicros;

    private int lastScenario;

    long records;
    private long lost;
    long usersStarted;
    long usersEnded;
    long requestsOk;
    long requestsKo;
    long requestsUnfinished;
    long requestsNotSent;
    long attempts;

    /** The first chunk there ever was: where the log thread begins. */
    private volatile @Nullable Chunk first;

    // The log thread's side.
    private @Nullable Chunk taking;
    private int taken;
    final RecordDecoder decoder = new RecordDecoder();

    ThreadRecorder(String threadName, ChunkPool pool, Runnable wakeWriter, Secrets secrets) {
        this.threadName = threadName;
        this.pool = pool;
        this.wakeWriter = wakeWriter;
        this.secrets = secrets;
    }

    @Override
    public void request(RequestSample sample) {
        records++;
        if (sample.attempt) {
            attempts++;
        } else {
            switch (sample.outcome) {
                case RequestSample.OK -> requestsOk++;
                case RequestSample.KO -> requestsKo++;
                case RequestSample.UNFINISHED -> requestsUnfinished++;
                default -> requestsNotSent++;
            }
        }
        if (!room(MAX_REQUEST_BYTES)) {
            return;
        }
        long end = sample.endNanos / 1000;
        long intended = sample.intendedStartNanos / 1000;
        long paceOverrun = sample.paceOverrunNanos / 1000;
        long throttleWait = sample.throttleWaitNanos / 1000;
        long connectionWait = sample.connectionWaitNanos / 1000;
        boolean started = sample.actualStartNanos != RequestSample.NONE;
        boolean firstByte = sample.firstByteNanos != RequestSample.NONE && started;

        int more = (started ? 0 : MORE_NOT_STARTED)
                | (sample.warmUp ? MORE_WARM_UP : 0)
                | (sample.attempt ? MORE_ATTEMPT : 0)
                | (sample.silent ? MORE_SILENT : 0)
                | (paceOverrun != 0 ? MORE_PACE_OVERRUN : 0)
                | (throttleWait != 0 ? MORE_THROTTLE_WAIT : 0)
                | (connectionWait != 0 ? MORE_CONNECTION_WAIT : 0)
                | (sample.dnsNanos != RequestSample.NONE ? MORE_DNS : 0)
                | (sample.connectNanos != RequestSample.NONE ? MORE_CONNECT : 0)
                | (sample.tlsNanos != RequestSample.NONE ? MORE_TLS : 0);
        int head = REQUEST
                | (sample.outcome & REQUEST_OUTCOME)
                | (sample.status != 200 ? REQUEST_STATUS : 0)
                | (sample.error != RequestSample.NO_ERROR ? REQUEST_ERROR : 0)
                | (more != 0 ? REQUEST_MORE : 0)
                | (firstByte ? REQUEST_FIRST_BYTE : 0)
                | (sample.scenario != lastScenario ? REQUEST_SCENARIO : 0);

        byte[] b = data;
        int p = pos;
        b[p++] = (byte) head;
        if (more != 0) {
            p = Varint.put(b, p, more);
        }
        if ((head & REQUEST_SCENARIO) != 0) {
            p = Varint.put(b, p, sample.scenario);
            lastScenario = sample.scenario;
        }
        p = Varint.put(b, p, sample.userId);
        p = Varint.put(b, p, sample.request);
        p = Varint.putSigned(b, p, end - baseMicros);
        p = Varint.putSigned(b, p, end - intended);
        p = Varint.put(b, p, sample.bytesSent);
        p = Varint.put(b, p, sample.bytesReceived);
        if (started) {
            long actual = sample.actualStartNanos / 1000;
            p = Varint.putSigned(b, p, actual - intended - paceOverrun - connectionWait);
            if (firstByte) {
                p = Varint.putSigned(b, p, end - actual - sample.firstByteNanos / 1000);
            }
        }
        if ((head & REQUEST_STATUS) != 0) {
            p = Varint.putSigned(b, p, sample.status);
        }
        if ((head & REQUEST_ERROR) != 0) {
            p = Varint.put(b, p, sample.error);
        }
        if (more >= 1 << MORE_FIRST_NUMBER) {
            p = putMore(b, p, more, sample, paceOverrun, throttleWait, connectionWait);
        }
        baseMicros = end;
        publish(p);
    }

    private static int putMore(
            byte[] b,
            int at,
            int more,
            RequestSample sample,
            long paceOverrun,
            long throttleWait,
            long connectionWait) {
        int p = at;
        if (paceOverrun != 0) {
            p = Varint.putSigned(b, p, paceOverrun);
        }
        if (throttleWait != 0) {
            p = Varint.putSigned(b, p, throttleWait);
        }
        if (connectionWait != 0) {
            p = Varint.putSigned(b, p, connectionWait);
        }
        if ((more & MORE_DNS) != 0) {
            p = Varint.putSigned(b, p, sample.dnsNanos / 1000);
        }
        if ((more & MORE_CONNECT) != 0) {
            p = Varint.putSigned(b, p, sample.connectNanos / 1000);
        }
        if ((more & MORE_TLS) != 0) {
            p = Varint.putSigned(b, p, sample.tlsNanos / 1000);
        }
        return p;
    }

    @Override
    public void userStart(long userId, int scenario, long intendedStartNanos, long actualStartNanos) {
        records++;
        usersStarted++;
        if (!begin(KIND_USER_START, MAX_SMALL_BYTES)) {
            return;
        }
        long actual = actualStartNanos / 1000;
        instant(actual);
        number(userId);
        number(scenario);
        signed(actual - intendedStartNanos / 1000);
        end();
    }

    @Override
    public void userEnd(long userId, int scenario, long endNanos, UserEnd reason) {
        records++;
        usersEnded++;
        if (!begin(KIND_USER_END, MAX_SMALL_BYTES)) {
            return;
        }
        instant(endNanos / 1000);
        number(userId);
        number(scenario);
        number(reason.ordinal());
        end();
    }

    @Override
    public void usersDropped(int scenario, long atNanos, long count, DropReason reason) {
        records++;
        if (!begin(KIND_USERS_DROPPED, MAX_SMALL_BYTES)) {
            return;
        }
        instant(atNanos / 1000);
        number(scenario);
        number(count);
        number(reason.ordinal());
        end();
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
        records++;
        if (!begin(KIND_GROUP_END, MAX_SMALL_BYTES)) {
            return;
        }
        long endMicros = endNanos / 1000;
        instant(endMicros);
        number(userId);
        number(scenario);
        number(group);
        signed(endMicros - startNanos / 1000);
        signed(cumulatedNanos / 1000);
        number((ok ? 0 : 1) | (warmUp ? 2 : 0));
        end();
    }

    @Override
    public void stepFailure(long userId, int scenario, long atNanos, int error) {
        records++;
        if (!begin(KIND_STEP_FAILURE, MAX_SMALL_BYTES)) {
            return;
        }
        instant(atNanos / 1000);
        number(userId);
        number(scenario);
        number(error);
        end();
    }

    @Override
    public void health(HealthSample sample) {
        records++;
        if (!begin(KIND_HEALTH, MAX_HEALTH_BYTES)) {
            return;
        }
        instant(sample.atNanos / 1000);
        number(HEALTH_FIELDS);
        signed(micros(sample.longestSilenceNanos));
        signed(micros(sample.hiccupNanos));
        signed(sample.gcPauseMillis);
        signed(sample.processCpuPercent);
        signed(sample.machineCpuPercent);
        signed(sample.stealPercent);
        signed(sample.heapUsedBytes);
        signed(sample.openFiles);
        signed(sample.openConnections);
        signed(sample.tcpRetransmits);
        signed(sample.throttledMillis);
        signed(sample.wallClockJumpMillis);
        signed(sample.recordsLost);
        signed(sample.activeUsers);
        signed(sample.inFlightRequests);
        signed(sample.localPortsUsed);
        signed(sample.localPorts);
        signed(sample.openFilesLimit);
        signed(sample.logQueuedBytes);
        end();
    }

    private static long micros(long nanos) {
        return nanos == HealthSample.UNKNOWN ? HealthSample.UNKNOWN : nanos / 1000;
    }

    @Override
    public void mark(MarkKind kind, long atNanos, String text) {
        records++;
        byte[] utf8 = utf8(LogText.of(secrets.mask(text), LogText.NAME_LENGTH));
        if (!begin(KIND_MARK, MAX_SMALL_BYTES + utf8.length)) {
            return;
        }
        instant(atNanos / 1000);
        number(kind.ordinal());
        text(utf8);
        end();
    }

    @Override
    public void heldThread(HeldPlace held, long atNanos) {
        records++;
        byte[] place = utf8(LogText.of(secrets.mask(held.place()), LogText.NAME_LENGTH));
        byte[] thread = utf8(LogText.of(held.thread(), LogText.NAME_LENGTH));
        byte[] stack = utf8(LogText.of(secrets.mask(held.stack()), HeldPlace.STACK_LENGTH));
        if (!begin(KIND_HELD_THREAD, 2 * MAX_SMALL_BYTES + place.length + thread.length + stack.length)) {
            return;
        }
        instant(atNanos / 1000);
        number(held.count());
        signed(held.longestNanos() / 1000);
        signed((atNanos - held.firstNanos()) / 1000);
        signed((atNanos - held.lastNanos()) / 1000);
        number(held.userId());
        text(place);
        text(thread);
        text(stack);
        end();
    }

    @Override
    public void failedExchange(RequestSample sample, ExchangeText exchange) {
        records++;
        byte[][] texts = exchange.inLog(secrets);
        int bytes = 0;
        for (byte[] text : texts) {
            bytes += Varint.MAX_BYTES + text.length;
        }
        if (!begin(KIND_FAILED_EXCHANGE, 2 * MAX_SMALL_BYTES + bytes)) {
            return;
        }
        instant(sample.endNanos / 1000);
        number(sample.userId);
        number(sample.scenario);
        number(sample.request);
        number(sample.error);
        signed(sample.status);
        number(texts.length);
        for (byte[] text : texts) {
            text(text);
        }
        end();
    }

    /** The last record of a log; written by the log itself, which does not count it. */
    void runEnd(long atNanos, LogTotals totals, long namesFolded) {
        if (!begin(KIND_RUN_END, MAX_HEALTH_BYTES)) {
            return;
        }
        instant(atNanos / 1000);
        number(namesFolded);
        number(totals.records());
        number(totals.recordsLost());
        number(totals.usersStarted());
        number(totals.usersEnded());
        number(totals.requestsOk());
        number(totals.requestsKo());
        number(totals.requestsUnfinished());
        number(totals.requestsNotSent());
        number(totals.attempts());
        end();
    }

    long lost() {
        return (long) LOST.getOpaque(this);
    }

    // Records other than requests: kind, length of what follows in two bytes, so that a reader can pass over what it
    // does
    // not know.

    private int lengthAt;

    private boolean begin(int kind, int maxBytes) {
        if (!room(maxBytes)) {
            return false;
        }
        data[pos] = (byte) kind;
        lengthAt = pos + 1;
        pos += 3;
        return true;
    }

    private void instant(long micros) {
        signed(micros - baseMicros);
        baseMicros = micros;
    }

    private void number(long value) {
        pos = Varint.put(data, pos, value);
    }

    private void signed(long value) {
        pos = Varint.putSigned(data, pos, value);
    }

    private void text(byte[] utf8) {
        number(utf8.length);
        System.arraycopy(utf8, 0, data, pos, utf8.length);
        pos += utf8.length;
    }

    private void end() {
        int length = pos - lengthAt - 2;
        data[lengthAt] = (byte) (length | 0x80);
        data[lengthAt + 1] = (byte) (length >>> 7);
        publish(pos);
    }

    private void publish(int end) {
        pos = end;
        Chunk current = chunk;
        if (current != null) {
            current.publish(end);
        }
    }

    private boolean room(int bytes) {
        return data.length - pos >= bytes || nextChunk();
    }

    private boolean nextChunk() {
        Chunk next = pool.take();
        if (next == null) {
            LOST.setOpaque(this, lost + 1);
            wakeWriter.run();
            return false;
        }
        Chunk full = chunk;
        chunk = next;
        data = next.data;
        pos = 0;
        if (full == null) {
            first = next;
        } else {
            full.goOnIn(next);
            wakeWriter.run();
        }
        return true;
    }

    /** Hands over what is published and not yet taken; a record on which the taker fails is handed over again. For the log thread only. */
    void drain(PieceTaker taker) {
        Chunk current = taking;
        if (current == null) {
            current = first;
            if (current == null) {
                return;
            }
        }
        taking = current;
        while (true) {
            // The order matters: once the next chunk is seen, nothing more comes into this one.
            Chunk next = current.next();
            int end = current.published();
            while (taken < end) {
                taken = taker.take(this, current.data, taken, end);
            }
            if (next == null) {
                break;
            }
            taking = next;
            taken = 0;
            pool.giveBack(current);
            current = next;
        }
    }

    /** Takes the records of one thread, in their order. */
    interface PieceTaker {
        /** Takes at least one of those that lie there; returns the place behind what it took. */
        int take(ThreadRecorder recorder, byte[] data, int from, int to);
    }
}
