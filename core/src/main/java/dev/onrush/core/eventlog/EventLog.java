package dev.onrush.core.eventlog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.onrush.core.time.RunClock;

/**
 * The event log of a run while it is written: one recorder for each thread of the engine, one thread that writes what they
 * recorded and hands it to the listeners. Order of use: {@link #create}, recorders and listeners, {@link #start}, … {@link
 * #close} once no recorder is used any more.
 *
 * <p>Format: docs/event-log.md.
 */
public final class EventLog {
    private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);
    private static final long TICK_NANOS = 1_000_000_000;
    /** Twice a second, so that a killed run loses less than one. */
    private static final long DRAIN_NANOS = TICK_NANOS / 2;

    private final Path file;
    private final RunHeader header;
    private final Names names;
    private final RunClock clock;
    private final EventLogOptions options;
    private final ChunkPool pool;
    private final List<ThreadRecorder> recorders = new CopyOnWriteArrayList<>();
    private final List<LogListener> listeners = new CopyOnWriteArrayList<>();
    private final BlockBuilder block;
    private final Deliverer deliverer = new Deliverer();
    private final ThreadRecorder own;

    private @Nullable WritableByteChannel channel;
    private volatile long bytes;
    private volatile long writeFailedAtNanos = -1;
    private @Nullable EventLogException writeFailure;
    private long lastTickNanos;
    private volatile boolean closing;
    private volatile @Nullable Thread thread;
    private @Nullable LogTotals closed;

    EventLog(
            Path file,
            WritableByteChannel channel,
            RunHeader header,
            Names names,
            RunClock clock,
            EventLogOptions options) {
        this(file, channel, newSyncMark(), header, names, clock, options);
    }

    EventLog(
            Path file,
            WritableByteChannel channel,
            byte[] syncMark,
            RunHeader header,
            Names names,
            RunClock clock,
            EventLogOptions options) {
        this.file = file;
        this.channel = channel;
        this.header = header.masked(options.secrets());
        this.names = names;
        this.clock = clock;
        this.options = options;
        this.pool = new ChunkPool(options.bufferBytes());
        this.own = new ThreadRecorder("log", new ChunkPool(0), () -> {}, options.secrets());
        this.block = new BlockBuilder(syncMark, names);
        byte[] head = LogHead.encode(syncMark, this.header);
        write(ByteBuffer.allocateDirect(2 * head.length).put(head).put(head).flip());
    }

    /** Nothing to be kept from anybody: a secure random would load the JDK's security providers, and the run begin later. */
    private static byte[] newSyncMark() {
        byte[] mark = new byte[LogFormat.SYNC_LENGTH];
        new SplittableRandom().nextBytes(mark);
        return mark;
    }

    /**
     * Creates the file, readable by its owner only where the system knows that, and writes its head. The instant of the start
     * is taken from the clock if the head does not tell one.
     *
     * @throws EventLogException if the file cannot be created, or not even its head be written
     */
    public static EventLog create(Path file, RunHeader header, Names names, RunClock clock, EventLogOptions options) {
        RunHeader dated = header.values().containsKey(RunHeader.START)
                ? header
                : header.with(RunHeader.START, clock.start().toString());
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ownerOnly = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        FileChannel channel;
        try {
            channel =
                    FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly);
        } catch (FileAlreadyExistsException e) {
            throw new EventLogException(file + ": exists already. Choose another results folder.", e);
        } catch (IOException e) {
            throw new EventLogException(
                    file + ": cannot be created (" + e + "). Choose another results folder with -Donrush.results.", e);
        }
        EventLog log = new EventLog(file, channel, dated, names, clock, options);
        EventLogException failure = log.writeFailure;
        if (failure != null) {
            throw failure;
        }
        return log;
    }

    /** A recorder for one thread; made before or while the log runs, from any thread. */
    public Recorder recorder(String threadName) {
        ThreadRecorder recorder = new ThreadRecorder(threadName, pool, this::wake, options.secrets());
        recorders.add(recorder);
        return recorder;
    }

    /** Adds a listener; before {@link #start}. One that throws is told nothing more. */
    public void addListener(LogListener listener) {
        listeners.add(listener);
    }

    /** Begins to write: starts the log thread, if it has one. */
    public void start() {
        for (LogListener listener : listeners) {
            guarded(listener, () -> listener.run(header, names));
        }
        if (!options.synchronous()) {
            Thread writer = new Thread(this::runThread, "log");
            writer.setDaemon(true);
            thread = writer;
            writer.start();
        }
    }

    /** Takes, writes and hands on what is recorded so far, as the log thread does; only for a log without a thread. */
    public void pump() {
        if (!options.synchronous()) {
            throw new IllegalStateException("this log has a thread of its own");
        }
        drainAndTick();
    }

    /** Writes all that is left and the end of the run, tells the listeners, closes the file. Later calls change nothing. */
    public synchronized LogTotals close() {
        LogTotals known = closed;
        if (known != null) {
            return known;
        }
        // An interrupt would close the file under what is left to be written: it is handed on when all is.
        boolean interrupted = Thread.interrupted();
        try {
            closing = true;
            Thread writer = thread;
            if (writer != null) {
                LockSupport.unpark(writer);
                interrupted |= join(writer);
            }
            return writeTheRest();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private LogTotals writeTheRest() {
        long nowNanos = clock.now();
        drain();
        own.runEnd(nowNanos, totals(), names.folded());
        own.drain(this::take);
        flushBlock();
        closeChannel();
        LogTotals totals = totals();
        for (LogListener listener : listeners) {
            guarded(listener, () -> listener.closed(nowNanos, totals));
        }
        closed = totals;
        return totals;
    }

    /** The counters now; from any thread, then a moment old. */
    public LogTotals totals() {
        long records = 0;
        long lost = 0;
        long usersStarted = 0;
        long usersEnded = 0;
        long ok = 0;
        long ko = 0;
        long unfinished = 0;
        long notSent = 0;
        long attempts = 0;
        for (ThreadRecorder recorder : recorders) {
            records += recorder.records;
            lost += recorder.lost();
            usersStarted += recorder.usersStarted;
            usersEnded += recorder.usersEnded;
            ok += recorder.requestsOk;
            ko += recorder.requestsKo;
            unfinished += recorder.requestsUnfinished;
            notSent += recorder.requestsNotSent;
            attempts += recorder.attempts;
        }
        return new LogTotals(
                records,
                lost,
                usersStarted,
                usersEnded,
                ok,
                ko,
                unfinished,
                notSent,
                attempts,
                bytes,
                writeFailedAtNanos);
    }

    /** Recorded and not written yet, in whole chunks besides the one that each thread fills; from any thread, a moment old. */
    public long queuedBytes() {
        return Math.max(0L, pool.inUse() - recorders.size()) * Chunk.BYTES;
    }

    private void wake() {
        LockSupport.unpark(thread);
    }

    /** Returns whether it was interrupted meanwhile. */
    private static boolean join(Thread writer) {
        boolean interrupted = false;
        while (true) {
            try {
                writer.join();
                return interrupted;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }

    private void runThread() {
        while (!closing) {
            try {
                drainAndTick();
            } catch (OutOfMemoryError out) {
                options.onOutOfMemory().run();
            } catch (RuntimeException | Error e) { // whatever it is, what is recorded next must be written
                LOG.error("event log: records could not be handed on", e);
            }
            LockSupport.parkNanos(this, DRAIN_NANOS - Math.floorMod(clock.now(), DRAIN_NANOS));
        }
    }

    private void drainAndTick() {
        long nowNanos = clock.now();
        drain();
        if (nowNanos / TICK_NANOS != lastTickNanos / TICK_NANOS) {
            lastTickNanos = nowNanos;
            LogTotals totals = totals();
            for (LogListener listener : listeners) {
                guarded(listener, () -> listener.tick(nowNanos, totals));
            }
        }
    }

    private void drain() {
        flushBlock(); // what is left if memory was out the last time: a block is of one thread
        for (ThreadRecorder recorder : recorders) {
            recorder.drain(this::take);
            flushBlock();
        }
        pool.provide();
    }

    /** Takes one record; returns the place behind it. If that fails, for lack of memory, nothing is taken. */
    private int take(ThreadRecorder recorder, byte[] data, int from, int to) {
        RecordDecoder decoder = recorder.decoder;
        if (block.isFull()) {
            flushBlock();
        }
        if (block.isEmpty()) {
            block.begin(decoder);
        }
        long baseMicros = decoder.baseMicros;
        int lastScenario = decoder.lastScenario;
        boolean taken = false;
        try {
            int behind = decoder.next(data, from, to, deliverer);
            block.append(data, from, behind);
            taken = true;
            return behind;
        } finally {
            if (!taken) {
                decoder.baseMicros = baseMicros;
                decoder.lastScenario = lastScenario;
            }
        }
    }

    private void flushBlock() {
        if (!block.isEmpty()) {
            write(block.finish());
        }
    }

    private void write(ByteBuffer buffer) {
        WritableByteChannel out = channel;
        if (out == null) {
            return;
        }
        int length = buffer.remaining();
        try {
            while (buffer.hasRemaining()) {
                out.write(buffer);
            }
            bytes += length;
        } catch (IOException e) {
            writeFailedAtNanos = clock.now();
            cutBack(out);
            closeChannel();
            EventLogException failure = new EventLogException(
                    file + ", byte " + bytes + ": cannot be written (" + e
                            + "). The run is recorded up to here only; make room on the disk or choose another "
                            + "results folder with -Donrush.results.",
                    e);
            writeFailure = failure;
            options.onWriteFailure().accept(failure);
        }
    }

    /** Takes back the half of a block that did get written; if that fails too, its checksum tells. */
    private void cutBack(WritableByteChannel out) {
        if (out instanceof SeekableByteChannel file) {
            try {
                file.truncate(bytes);
            } catch (IOException e) {
                LOG.debug("event log: a half block stays in the file", e);
            }
        }
    }

    private void closeChannel() {
        WritableByteChannel out = channel;
        channel = null;
        if (out != null) {
            try {
                out.close();
            } catch (IOException e) {
                LOG.warn("{}: could not be closed", file, e);
            }
        }
    }

    private void guarded(LogListener listener, Runnable call) {
        try {
            call.run();
        } catch (OutOfMemoryError out) { // the file counts, not who looks on
            options.onOutOfMemory().run();
        } catch (RuntimeException | Error e) {
            listeners.remove(listener);
            LOG.error("{}: failed and is told nothing more of this run", listener, e);
        }
    }

    /** Hands a record to the block and to each listener. */
    private final class Deliverer implements RecordHandler {
        private void each(java.util.function.Consumer<RecordHandler> call) {
            call.accept(block);
            for (LogListener listener : listeners) {
                guarded(listener, () -> call.accept(listener));
            }
        }

        @Override
        public void request(RequestSample sample) {
            block.request(sample);
            for (LogListener listener : listeners) {
                try {
                    listener.request(sample);
                } catch (RuntimeException | Error e) {
                    guarded(listener, () -> {
                        throw e;
                    });
                }
            }
        }

        @Override
        public void userStart(long userId, int scenario, long intendedStartNanos, long actualStartNanos) {
            each(to -> to.userStart(userId, scenario, intendedStartNanos, actualStartNanos));
        }

        @Override
        public void userEnd(long userId, int scenario, long endNanos, UserEnd reason) {
            each(to -> to.userEnd(userId, scenario, endNanos, reason));
        }

        @Override
        public void usersDropped(int scenario, long atNanos, long count, DropReason reason) {
            each(to -> to.usersDropped(scenario, atNanos, count, reason));
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
            each(to -> to.groupEnd(userId, scenario, group, startNanos, endNanos, cumulatedNanos, ok, warmUp));
        }

        @Override
        public void stepFailure(long userId, int scenario, long atNanos, int error) {
            each(to -> to.stepFailure(userId, scenario, atNanos, error));
        }

        @Override
        public void failedExchange(FailedExchange exchange) {
            each(to -> to.failedExchange(exchange));
        }

        @Override
        public void health(HealthSample sample) {
            each(to -> to.health(sample));
        }

        @Override
        public void heldThread(HeldPlace held, long atNanos) {
            each(to -> to.heldThread(held, atNanos));
        }

        @Override
        public void mark(MarkKind kind, long atNanos, String text) {
            each(to -> to.mark(kind, atNanos, text));
        }

        @Override
        public void runEnd(long atNanos, @Nullable LogTotals totals, long namesFolded) {
            each(to -> to.runEnd(atNanos, totals, namesFolded));
        }
    }
}
