package dev.onrush.http.internal.wire;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.nio.command.RequestExecutionCommand;
import org.apache.hc.core5.http.nio.command.ShutdownCommand;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
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
    private static final int SETTING_BYTES = 6;
    private static final int MAX_CONCURRENT_STREAMS = 3;
    /** Until the peer has said so: as RFC 9113 recommends. */
    private static final int FIRST_LIMIT = 100;

    private static final Timeout TLS_GOODBYE = Timeout.ofSeconds(1);

    private final Wire wire;
    private final HttpConnection connection;
    private final IOSession session;
    private final Thread ioThread = Thread.currentThread();

    // ---- of the I/O thread
    private final Map<Integer, Http2Stream> streams = new ConcurrentHashMap<>();
    private @Nullable Http2Stream producing;
    /** Given to HttpCore, which has sent nothing of them yet. */
    private final Set<Http2Stream> queued = ConcurrentHashMap.newKeySet();

    private volatile boolean goesAway;
    private volatile boolean hasSettings;

    // ---- under the lock
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private int open;
    private int mostOpen = FIRST_LIMIT;
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

    /** Takes it up: on a stream, now or when one is free. False if this connection takes no more. From any thread. */
    boolean carry(Exchange exchange, long sequence, @Nullable ConnectionSetUp setUp) {
        synchronized (this) {
            if (isOver
                    || goesAway
                    || !session.isOpen()
                    || open == 0
                            && waiting.isEmpty()
                            && setUp == null
                            && wire.now() - idleSinceNanos >= wire.idleTimeoutNanos()) {
                return false;
            }
            if (open >= mostOpen) {
                waiting.add(new Waiting(exchange, sequence));
                return true;
            }
            open++;
        }
        start(exchange, sequence, setUp);
        return true;
    }

    private void start(Exchange exchange, long sequence, @Nullable ConnectionSetUp setUp) {
        Http2Stream stream = new Http2Stream(wire, this, exchange, sequence, setUp);
        exchange.carriedBy(stream, sequence);
        queued.add(stream);
        session.enqueue(
                new RequestExecutionCommand(stream, null, stream.dependency(), HttpCoreContext.create()),
                Command.Priority.NORMAL);
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
        streams.remove(stream.number());
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
            start(next.exchange, next.sequence, null);
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

    // ---- frames, on the I/O thread

    /** Its head goes out next. */
    void producing(Http2Stream stream) {
        producing = stream;
        queued.remove(stream);
    }

    @Override
    public void onHeaderOutput(
            org.apache.hc.core5.http.HttpConnection its, int streamId, List<? extends Header> headers) {
        Http2Stream stream = producing;
        if (stream != null) {
            producing = null;
            stream.number(streamId);
            streams.put(streamId, stream);
        }
    }

    @Override
    public void onHeaderInput(
            org.apache.hc.core5.http.HttpConnection its, int streamId, List<? extends Header> headers) {}

    @Override
    public void onFrameOutput(org.apache.hc.core5.http.HttpConnection its, int streamId, RawFrame frame) {
        Http2Stream stream = streams.get(streamId);
        if (stream != null) {
            stream.sent(FRAME_HEAD_BYTES + frame.getLength());
        }
    }

    @Override
    public void onFrameInput(org.apache.hc.core5.http.HttpConnection its, int streamId, RawFrame frame) {
        Http2Stream stream = streams.get(streamId);
        if (stream != null) {
            stream.received(FRAME_HEAD_BYTES + frame.getLength());
        } else if (frame.isType(FrameType.SETTINGS) && !frame.isFlagSet(FrameFlag.ACK)) {
            settings(frame.getPayload());
        } else if (frame.isType(FrameType.GOAWAY)) {
            goAway(frame.getPayload());
        }
    }

    private void settings(@Nullable ByteBuffer payload) {
        hasSettings = true;
        if (payload == null) {
            return;
        }
        for (int at = payload.position(); at + SETTING_BYTES <= payload.limit(); at += SETTING_BYTES) {
            if (payload.getShort(at) == MAX_CONCURRENT_STREAMS) {
                int most = payload.getInt(at + 2);
                synchronized (this) {
                    mostOpen = most < 0 ? Integer.MAX_VALUE : most;
                }
            }
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
    public void onOutputFlowControl(org.apache.hc.core5.http.HttpConnection its, int streamId, int delta, int size) {}
}
