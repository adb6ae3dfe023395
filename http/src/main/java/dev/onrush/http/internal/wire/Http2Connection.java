package dev.onrush.http.internal.wire;

import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.nio.command.RequestExecutionCommand;
import org.apache.hc.core5.http.nio.command.ShutdownCommand;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.http2.H2ConnectionException;
import org.apache.hc.core5.http2.H2Error;
import org.apache.hc.core5.http2.frame.FrameFlag;
import org.apache.hc.core5.http2.frame.FrameType;
import org.apache.hc.core5.http2.frame.RawFrame;
import org.apache.hc.core5.http2.impl.nio.H2StreamListener;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.Command;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * A connection of HTTP/2 that is up: its streams, how many there may be, and who waits for one. It listens to the frames, because what
 * they say of a stream that was not looked at (GOAWAY), of limits and of bytes is said nowhere else.
 *
 * <p>Frames come and go on the I/O thread alone; who waits is under the lock.
 */
final class Http2Connection implements H2StreamListener {
    private static final int FRAME_HEAD_BYTES = 9;
    /** Each is to be answered: more that wait for that than this, and the peer asks only to have us keep the answers. */
    private static final int MOST_UNANSWERED = 1_000;
    /** More of them than this, and nothing else on any stream, and the peer asks only to keep us busy. */
    private static final int MOST_IN_A_ROW = 10_000;

    private static final Timeout TLS_GOODBYE = Timeout.ofSeconds(1);

    private final Wire wire;
    private final HttpConnection connection;
    private final IOSession session;
    private final Thread ioThread = Thread.currentThread();
    private final HttpCoreContext context = HttpCoreContext.create();

    // ---- of the I/O thread
    private final PeerSettings settings = new PeerSettings();
    /** Those that HttpCore has. */
    private final Map<Integer, Http2Stream> streams = new ConcurrentHashMap<>();

    private @Nullable Http2Stream producing;
    private int windowOfNext;
    /** Given to HttpCore, or to be, and nothing of them was sent yet. */
    private final Set<Http2Stream> queued = ConcurrentHashMap.newKeySet();
    /** Those that HttpCore is to reset. */
    private final Queue<Http2Stream> givenUp = new ConcurrentLinkedQueue<>();

    private long receivedBytes;
    private int unanswered;
    private int inARow;

    private volatile boolean goesAway;
    private volatile boolean hasSettings;

    // ---- under the lock
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    /** What the connection was set up for, until the peer has said how many streams it takes. */
    private @Nullable Http2Stream first;

    private int open;
    private int mostOpen;
    private boolean isOver;
    private long idleSinceNanos;

    private record Waiting(Exchange exchange, long sequence) {}

    /** On the I/O thread. */
    Http2Connection(Wire wire, HttpConnection connection, IOSession session) {
        this.wire = wire;
        this.connection = connection;
        this.session = session;
    }

    Origin origin() {
        return connection.origin();
    }

    boolean isOn(Thread thread) {
        return ioThread == thread;
    }

    /** Whether the peer has begun to speak HTTP/2. */
    boolean hasSettings() {
        return hasSettings;
    }

    boolean goesAway() {
        return goesAway;
    }

    /** Takes up what the connection was set up for, as soon as the peer has begun to speak. On the I/O thread. */
    void carryFirst(ConnectionSetUp done) {
        Http2Stream stream = new Http2Stream(wire, this, done.first(), done.sequence(), done);
        synchronized (this) {
            open++;
            first = stream;
        }
        queued.add(stream);
        done.first().carriedBy(stream, done.sequence());
    }

    /** Takes it up: on a stream, now or when one is free. False if this connection takes no more. From any thread. */
    boolean carry(Exchange exchange, long sequence) {
        synchronized (this) {
            if (isOver
                    || goesAway
                    || !session.isOpen()
                    || open == 0 && waiting.isEmpty() && wire.now() - idleSinceNanos >= wire.idleTimeoutNanos()) {
                return false;
            }
            if (open >= mostOpen) {
                waiting.add(new Waiting(exchange, sequence));
                return true;
            }
            open++;
        }
        start(exchange, sequence);
        return true;
    }

    private void start(Exchange exchange, long sequence) {
        Http2Stream stream = new Http2Stream(wire, this, exchange, sequence, null);
        exchange.carriedBy(stream, sequence);
        queued.add(stream);
        hand(stream);
    }

    private void hand(Http2Stream stream) {
        session.enqueue(
                new RequestExecutionCommand(stream, null, stream.dependency(), context), Command.Priority.NORMAL);
        if (goesAway) {
            leaveUnsent(stream); // the peer said so meanwhile, and did not see this one
        }
    }

    private void leaveUnsent(Http2Stream stream) {
        if (queued.remove(stream)) {
            stream.leftUnsent();
        }
    }

    /** A stream is over: the next one may begin. */
    void over(Http2Stream stream) {
        queued.remove(stream);
        boolean wasLast;
        synchronized (this) {
            open--;
            idleSinceNanos = wire.now();
            wasLast = open == 0;
        }
        if (wasLast && goesAway && connection.isUnderTls()) {
            session.setSocketTimeout(TLS_GOODBYE); // HttpCore closes it now, and would wait for the peer
        }
        startNext();
    }

    /** HttpCore has it no more. */
    void released(Http2Stream stream) {
        streams.remove(stream.number(), stream);
    }

    private void startNext() {
        while (true) {
            Waiting next;
            synchronized (this) {
                next = open < mostOpen && !isOver && !goesAway ? waiting.poll() : null;
                if (next == null) {
                    return;
                }
                if (!next.exchange.isOpen(next.sequence)) {
                    continue;
                }
                open++;
            }
            next.exchange.waited(next.sequence, wire.now());
            start(next.exchange, next.sequence);
        }
    }

    /** Its socket is closed, or it takes no more: those who wait go elsewhere. */
    private void takesNoMore() {
        List<Waiting> left;
        synchronized (this) {
            left = new ArrayList<>(waiting);
            waiting.clear();
        }
        for (Waiting each : left) {
            each.exchange.end(each.sequence, Outcome.UNSENT, null, wire.now(), wire.isIoThread());
        }
    }

    void disconnected() {
        synchronized (this) {
            isOver = true;
        }
        queued.forEach(stream -> stream.failed(new ConnectionClosedException("closed")));
        takesNoMore();
    }

    /** Closes it as is polite, from any thread. */
    void close() {
        if (wire.closesWithReset()) {
            session.close(CloseMode.IMMEDIATE);
            return;
        }
        if (connection.isUnderTls()) {
            session.setSocketTimeout(TLS_GOODBYE);
        }
        session.enqueue(new ShutdownCommand(CloseMode.GRACEFUL), Command.Priority.IMMEDIATE);
    }

    /** What it is set up for is given up, and the peer has not even begun to speak: nobody else is to wait for that. From any thread. */
    void closeUnlessBegun() {
        if (!hasSettings) {
            session.close(CloseMode.IMMEDIATE);
        }
    }

    // ---- streams that were given up

    /** The peer is to learn that nobody wants it any more. From any thread. */
    void reset(Http2Stream stream) {
        givenUp.add(stream);
        try {
            session.setEvent(SelectionKey.OP_WRITE);
        } catch (CancelledKeyException closed) {
            // There is nobody to learn it.
        }
    }

    /** The number of one that is to be reset; 0: none. On the I/O thread. */
    int nextGivenUp() {
        Http2Stream stream;
        while ((stream = givenUp.poll()) != null) {
            if (stream.number() > 0 && streams.get(stream.number()) == stream) {
                return stream.number();
            }
        }
        return 0;
    }

    boolean hasGivenUp() {
        return !givenUp.isEmpty();
    }

    /** Of all frames that have come whole. On the I/O thread. */
    long receivedBytes() {
        return receivedBytes;
    }

    // ---- frames, on the I/O thread

    /** Its head goes out next. */
    void producing(Http2Stream stream) {
        producing = stream;
        queued.remove(stream);
    }

    /** How much larger HttpCore believes each stream's window to be than it is. */
    int windowSurplus() {
        return settings.surplus();
    }

    @Override
    public void onHeaderOutput(
            org.apache.hc.core5.http.HttpConnection its, int streamId, List<? extends Header> headers) {
        Http2Stream stream = producing;
        if (stream != null) {
            producing = null;
            stream.number(streamId);
            stream.window(windowOfNext);
            streams.put(streamId, stream);
        }
    }

    @Override
    public void onHeaderInput(
            org.apache.hc.core5.http.HttpConnection its, int streamId, List<? extends Header> headers) {}

    @Override
    public void onFrameOutput(org.apache.hc.core5.http.HttpConnection its, int streamId, RawFrame frame) {
        Http2Stream stream = streamId == 0 ? null : streams.get(streamId);
        if (stream != null) {
            stream.sent(FRAME_HEAD_BYTES + frame.getLength());
        } else if (asks(frame) && frame.isFlagSet(FrameFlag.ACK)) {
            unanswered--;
        }
    }

    @Override
    public void onFrameInput(org.apache.hc.core5.http.HttpConnection its, int streamId, RawFrame frame) {
        int bytes = FRAME_HEAD_BYTES + frame.getLength();
        receivedBytes += bytes;
        Http2Stream stream = streamId == 0 ? null : streams.get(streamId);
        if (stream != null) {
            inARow = 0;
            stream.received(bytes);
        } else if (asks(frame) && !frame.isFlagSet(FrameFlag.ACK)) {
            asked();
            if (frame.isType(FrameType.SETTINGS)) {
                settings(frame.getPayload());
            }
        } else if (frame.isType(FrameType.GOAWAY)) {
            goAway(frame.getPayload());
        }
    }

    /** Whether it is one of those that are answered by their like. */
    private static boolean asks(RawFrame frame) {
        return frame.isType(FrameType.PING) || frame.isType(FrameType.SETTINGS);
    }

    private void asked() {
        unanswered++;
        inARow++;
        if (unanswered > MOST_UNANSWERED || inARow > MOST_IN_A_ROW) {
            throw new UncheckedIOException(new H2ConnectionException(
                    H2Error.ENHANCE_YOUR_CALM,
                    "a flood of PING and SETTINGS, " + inARow + " in a row, " + unanswered + " not answered yet"));
        }
    }

    private void settings(@Nullable ByteBuffer payload) {
        if (payload != null) {
            settings.read(payload);
        }
        Http2Stream begins = null;
        synchronized (this) {
            hasSettings = true;
            mostOpen = settings.mostStreams();
            if (mostOpen > 0) {
                begins = first;
                first = null;
            }
        }
        if (begins != null && queued.contains(begins)) {
            hand(begins);
        }
        startNext();
    }

    private void goAway(@Nullable ByteBuffer payload) {
        if (payload == null || payload.remaining() < 4) {
            return;
        }
        goesAway = true;
        int last = payload.getInt(payload.position()) & Integer.MAX_VALUE;
        new ArrayList<>(streams.entrySet()).forEach(entry -> {
            if (entry.getKey() > last) {
                entry.getValue().goneAway();
            }
        });
        queued.forEach(this::leaveUnsent);
        takesNoMore();
    }

    @Override
    public void onInputFlowControl(org.apache.hc.core5.http.HttpConnection its, int streamId, int delta, int size) {}

    @Override
    public void onOutputFlowControl(org.apache.hc.core5.http.HttpConnection its, int streamId, int delta, int size) {
        if (streamId == 0) {
            return;
        }
        Http2Stream stream = streams.get(streamId);
        if (stream == null) {
            windowOfNext = size;
        } else {
            stream.window(size);
        }
    }
}
