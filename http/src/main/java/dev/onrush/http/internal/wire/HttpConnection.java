package dev.onrush.http.internal.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.net.ssl.SSLEngine;

import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.RequestChannel;
import org.apache.hc.core5.http.nio.command.RequestExecutionCommand;
import org.apache.hc.core5.http.nio.command.ShutdownCommand;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.Command;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

import dev.onrush.core.eventlog.ErrorClass;
import dev.onrush.core.eventlog.RequestSample;

/**
 * One connection and the exchange that is on it now; how it comes up is told in {@link ConnectionSetUp}. At most one exchange at a
 * time; what it learns of that exchange stays here until the next one begins, so that a connection which is given up can
 * never write into the next request of its user.
 */
public final class HttpConnection extends Carrier implements AsyncClientExchangeHandler {
    private static final long NONE = RequestSample.NONE;
    /** The JDK copies all that it is given to write, however little of it the socket takes. */
    private static final int MOST_PER_WRITE = 128 * 1024;
    /** A peer that does not answer our close_notify is not waited for longer. */
    private static final Timeout TLS_GOODBYE = Timeout.ofSeconds(1);

    private final Wire wire;
    private final Origin origin;
    private final @Nullable Route route;
    private final ConnectionPool pool;
    private final HttpCoreContext context = HttpCoreContext.create();
    private final Command command = new RequestExecutionCommand(this, null, context);
    private final AtomicBoolean isGone = new AtomicBoolean();

    /** Until it is up, what that has come to; then what the first exchange needs to know of it, until the next one. */
    private @Nullable ConnectionSetUp setUp;

    private volatile Phase phase = Phase.SETTING_UP;
    /** Nobody waits for it any more, whatever still happens to it. */
    private volatile boolean isAbandoned;

    private volatile @Nullable IOSession session;
    /** Where its callbacks come from; null until TCP is up. */
    private volatile @Nullable Thread ioThread;

    private boolean hasDescriptor;
    private boolean isUp;
    private boolean isReused;
    private @Nullable SSLEngine tlsEngine;

    // ---- the exchange on it
    private volatile @Nullable Exchange exchange;
    private long sequence;
    private long startNanos = NONE;
    private long firstByteNanos = NONE;
    private boolean isProduced;
    private boolean isChunked;
    /** Its body ends where the connection does. */
    private boolean isUntilClosed;

    private boolean keepsAlive;
    private boolean hasUnexpectedBytes;
    private int status;
    private @Nullable HttpResponse response;
    private @Nullable ByteBuffer unsentBody;
    private @Nullable EndpointDetails endpoint;
    private long sentBefore;
    private long receivedBefore;
    private @Nullable ResponseParser parser;
    private long idleSinceNanos;
    private long idleLimitNanos;

    /** @param route null: straight */
    HttpConnection(Wire wire, Origin origin, @Nullable Route route, ConnectionPool pool) {
        this.wire = wire;
        this.origin = origin;
        this.route = route;
        this.pool = pool;
        this.idleLimitNanos = wire.idleTimeoutNanos();
    }

    Origin origin() {
        return origin;
    }

    @Nullable
    Route route() {
        return route;
    }

    ConnectionPool pool() {
        return pool;
    }

    boolean leadsTo(Origin other, @Nullable Route way) {
        return (origin == other || origin.equals(other)) && (route == way || route != null && route.equals(way));
    }

    // ---- set-up

    /** Sets itself up for this exchange, whose actual start this is. */
    void open(Exchange first, long itsSequence) {
        ConnectionSetUp beginning = new ConnectionSetUp(wire, this, first, itsSequence);
        setUp = beginning;
        sequence = itsSequence;
        first.carriedBy(this, itsSequence);
        beginning.begin();
    }

    /** How it comes up; null once that is over. */
    @Nullable
    ConnectionSetUp setUp() {
        return setUp;
    }

    /** False if the process has no file descriptor left for it. */
    boolean takeDescriptor() {
        hasDescriptor = wire.descriptors().take();
        return hasDescriptor;
    }

    /** TCP is up. False if nobody wants it any more: it is closed again. */
    boolean hasSession(IOSession connected) {
        session = connected;
        ioThread = Thread.currentThread();
        if (isAbandoned) {
            connected.close(CloseMode.IMMEDIATE);
            return false;
        }
        return true;
    }

    /** What its exchanges go over from now on. */
    void session(IOSession its) {
        session = its;
    }

    /** Whether there is TLS with the target inside that of a proxy. */
    boolean isNested() {
        return origin.secure() && route != null && route.securedProxy() != null;
    }

    /** Whether it is under TLS, be it with the target or only with a proxy. */
    boolean isUnderTls() {
        return origin.secure() || route != null && route.securedProxy() != null;
    }

    /** Its TLS handshake is done, by this engine. */
    void secured(SSLEngine engine) {
        tlsEngine = engine;
    }

    private String tlsPeer() {
        ProxyServer proxy = route == null || origin.secure() ? null : route.securedProxy();
        return proxy == null ? origin.toString() : proxy.toString();
    }

    /** Whether TLS ended without the peer's close_notify: anybody on the way may have done that, and cut off what was to come. */
    private boolean isTlsCut() {
        SSLEngine engine = tlsEngine;
        return engine != null && !engine.isInboundDone();
    }

    /** Ready for requests, after TLS if there is any. */
    void up() {
        ConnectionSetUp done = setUp;
        IOSession mine = session;
        if (done == null || mine == null || !done.up()) {
            close();
            return;
        }
        isUp = true;
        startNanos = done.startNanos();
        exchange = done.first();
        begin(done.first(), mine);
    }

    /** Whether it speaks HTTP/2, now that TCP and TLS are up. */
    boolean speaksHttp2() {
        SSLEngine engine = tlsEngine;
        return engine == null ? !origin.secure() : "h2".equals(engine.getApplicationProtocol());
    }

    /** It is up for streams, of which the first carries the exchange it was set up for; null if nobody wants it any more. */
    @Nullable
    ConnectionSetUp upAsHttp2() {
        ConnectionSetUp done = setUp;
        if (done == null || !done.up()) {
            close();
            return null;
        }
        isUp = true;
        setUp = null;
        phase = Phase.IDLE;
        return done;
    }

    /** Whether that thread, and no other, can bring its exchange on. */
    @Override
    boolean isOn(Thread thread) {
        return ioThread == thread;
    }

    boolean isUp() {
        return isUp;
    }

    boolean isAbandoned() {
        return isAbandoned;
    }

    void setUpFailed(Exception cause) {
        ConnectionSetUp beginning = setUp;
        if (beginning != null) {
            beginning.failed(cause);
        }
    }

    /** Whether the exchange it is set up for goes on, with its next address. On the control thread. */
    @Override
    boolean triesNextAddress() {
        ConnectionSetUp beginning = setUp;
        return !isUp && beginning != null && beginning.triesNextAddress();
    }

    // ---- one exchange

    /** Sends it on this connection, which is up and idle. */
    void execute(Exchange next, long itsSequence) {
        sequence = itsSequence;
        exchange = next;
        startNanos = NONE;
        setUp = null;
        isReused = true;
        next.carriedBy(this, itsSequence);
        IOSession mine = session;
        if (mine == null) {
            throw new IllegalStateException("execute on a connection that is not up");
        }
        begin(next, mine);
    }

    private void begin(Exchange next, IOSession mine) {
        firstByteNanos = NONE;
        isProduced = false;
        isChunked = false;
        isUntilClosed = false;
        keepsAlive = false;
        status = 0;
        response = null;
        expectNoBody();
        byte[] content = next.request().body();
        unsentBody = content == null ? null : ByteBuffer.wrap(content);
        phase = Phase.QUEUED;
        mine.enqueue(command, Command.Priority.NORMAL);
    }

    @Override
    public void produceRequest(RequestChannel channel, HttpContext unused) throws HttpException, IOException {
        Exchange current = exchange;
        if (current == null) {
            throw new ConnectionClosedException("given up before it was sent");
        }
        EndpointDetails mine = endpoint;
        if (mine == null) {
            mine = context.getEndpointDetails();
            endpoint = mine;
        }
        sentBefore = mine.getSentBytesCount();
        receivedBefore = mine.getReceivedBytesCount();
        WireRequest request = current.request();
        if (startNanos == NONE) {
            startNanos = wire.now();
        }
        isProduced = true;
        phase = unsentBody == null ? Phase.RECEIVING : Phase.SENDING;
        channel.sendRequest(request.head(), request.details(), context);
    }

    @Override
    public int available() {
        ByteBuffer rest = unsentBody;
        return rest == null ? 0 : rest.remaining();
    }

    @Override
    public void produce(DataStreamChannel channel) throws IOException {
        ByteBuffer rest = unsentBody;
        if (rest == null) {
            return;
        }
        int from = rest.position();
        ByteBuffer part = rest.slice(from, Math.min(rest.remaining(), MOST_PER_WRITE));
        channel.write(part);
        rest.position(from + part.position());
        if (!rest.hasRemaining()) {
            unsentBody = null;
            phase = Phase.RECEIVING;
            channel.endStream();
        }
    }

    /** Asked by HttpCore just before {@link #consumeResponse}. */
    boolean keepsAlive(@Nullable HttpRequest sent, HttpResponse head, HttpContext unused) {
        keepsAlive = KeepAlive.isKept(sent, head, unused);
        return keepsAlive;
    }

    @Override
    public void consumeInformation(HttpResponse interim, HttpContext unused) {}

    @Override
    public void consumeResponse(HttpResponse head, @Nullable EntityDetails details, HttpContext unused) {
        Exchange current = exchange;
        firstByteNanos = wire.now() - startNanos;
        status = head.getCode();
        response = head;
        idleLimitNanos = Math.min(wire.idleTimeoutNanos(), KeepAlive.limitNanos(head));
        if (details == null) {
            answered();
        } else {
            boolean hasLength = details.getContentLength() >= 0;
            isChunked = !hasLength && head.containsHeader("Transfer-Encoding");
            isUntilClosed = !hasLength && !isChunked;
            if (current != null && !expectBody(current, head, details.getContentLength())) {
                tooLarge(current.bodyLimitBytes());
            }
        }
    }

    @Override
    public void updateCapacity(CapacityChannel channel) throws IOException {
        channel.update(Integer.MAX_VALUE);
    }

    @Override
    public void consume(ByteBuffer source) {
        if (!addToBody(source)) {
            Exchange current = exchange;
            tooLarge(current == null ? 0 : current.bodyLimitBytes());
        }
    }

    private void tooLarge(long limit) {
        fail(new Failure(ErrorClass.BODY_TOO_LARGE, "body larger than " + limit + " bytes"));
        close();
    }

    @Override
    public void streamEnd(@Nullable List<? extends Header> trailers) {
        if (isUntilClosed && isTlsCut()) {
            fail(ErrorClassifier.tlsCut(tlsPeer()));
        } else {
            answered();
        }
    }

    private void answered() {
        Exchange current = exchange;
        if (current == null) {
            return;
        }
        long now = wire.now();
        exchange = null;
        idleSinceNanos = now;
        boolean isSent = unsentBody == null;
        unsentBody = null;
        ResponseParser reader = parser;
        if (reader != null && reader.hasLeftOver() || keepsAlive && hasMoreToRead()) {
            unexpectedBytes();
        }
        if (!isSent) {
            abandon(); // politely it would wait for the rest of a body that nobody sends any more
        } else if (!keepsAlive || hasUnexpectedBytes) {
            close();
        } else {
            phase = Phase.IDLE;
        }
        current.end(sequence, Outcome.ANSWERED, null, now, true);
    }

    /**
     * Whether the system holds bytes behind an answer that was larger than what is read at a time: the parser has not seen
     * them, and would take them for the answer to the next request.
     */
    private boolean hasMoreToRead() {
        EndpointDetails mine = endpoint;
        IOSession open = session;
        if (mine == null || open == null || mine.getReceivedBytesCount() - receivedBefore < HeadLimits.BUFFER_BYTES) {
            return false;
        }
        try {
            return open.read(ByteBuffer.allocate(1)) > 0;
        } catch (IOException e) {
            return false; // the next use of the connection tells
        }
    }

    /** For HttpCore; also called while it comes up, and more than once. */
    @Override
    public void failed(Exception cause) {
        if (!isUp) {
            setUpFailed(cause);
            return;
        }
        Exchange current = exchange;
        if (current == null || isAbandoned) {
            return;
        }
        EndpointDetails mine = endpoint;
        boolean isSilent = mine == null || mine.getReceivedBytesCount() == receivedBefore;
        boolean isLost = ErrorClassifier.isLostConnection(cause);
        Phase reached = phase;
        if (!isProduced && isReused) {
            phase = Phase.CLOSED;
            exchange = null;
            current.end(sequence, Outcome.UNSENT, null, wire.now(), wire.isIoThread());
        } else if (isProduced && isReused && isSilent && isLost) {
            phase = Phase.CLOSED;
            exchange = null;
            Failure stale = new Failure(
                    ErrorClass.KEEPALIVE_STALE, origin + " closed a kept connection as the request was sent");
            current.end(sequence, Outcome.STALE, stale, wire.now(), wire.isIoThread());
        } else if (reached == Phase.RECEIVING && ErrorClassifier.isEnd(cause) && isTlsCut()) {
            fail(ErrorClassifier.tlsCut(tlsPeer()));
        } else {
            fail(ErrorClassifier.exchange(cause, reached, isChunked, origin));
        }
    }

    private void fail(Failure why) {
        Exchange current = exchange;
        exchange = null;
        phase = Phase.CLOSED;
        if (current != null) {
            current.end(sequence, Outcome.FAILED, why, wire.now(), wire.isIoThread());
        }
    }

    @Override
    public void cancel() {
        failed(new ConnectionClosedException("not sent: the connection is closed"));
    }

    @Override
    public void releaseResources() {}

    /** When the time of the request on the wire is over, counted from its actual start; long past before it is there. */
    @Override
    long totalDueNanos(Timeouts limits) {
        long start = startNanos;
        return isProduced && start != NONE ? start + limits.totalNanos() : Long.MIN_VALUE;
    }

    /** What its deadline means now. On the control thread. */
    @Override
    Failure timedOut(Exchange current, long now) {
        ConnectionSetUp beginning = setUp;
        Phase reached = phase;
        if (reached == Phase.SETTING_UP && beginning != null) {
            return beginning.timedOut(now);
        }
        Timeouts limits = current.timeouts();
        return reached == Phase.SENDING
                ? new Failure(
                        ErrorClass.WRITE_TIMEOUT,
                        "the request's body was not sent within " + Exchange.millis(limits.totalNanos()))
                : Exchange.unanswered(limits);
    }

    // ---- its end

    /** Gives it up at once, from any thread: its exchange has been ended. */
    @Override
    void abandon() {
        isAbandoned = true;
        phase = Phase.CLOSED;
        ConnectionSetUp beginning = setUp;
        if (beginning != null) {
            beginning.abandon();
        }
        IOSession mine = session;
        if (mine != null) {
            mine.close(CloseMode.IMMEDIATE);
        }
    }

    /** Closes it as is polite, from any thread. */
    void close() {
        phase = Phase.CLOSED;
        IOSession mine = session;
        if (mine != null) {
            if (wire.closesWithReset()) {
                mine.close(CloseMode.IMMEDIATE);
                return;
            }
            if (isUnderTls()) {
                mine.setSocketTimeout(TLS_GOODBYE);
            }
            mine.enqueue(new ShutdownCommand(CloseMode.GRACEFUL), Command.Priority.IMMEDIATE);
        }
    }

    /** The socket is closed. */
    void disconnected() {
        failed(new ConnectionClosedException("closed"));
        phase = Phase.CLOSED;
        gone();
    }

    /** There is no socket of it, or none any more. */
    void gone() {
        if (isGone.compareAndSet(false, true)) {
            if (hasDescriptor) {
                wire.descriptors().giveBack();
            }
            pool.closed(this);
        }
    }

    // ---- for its pool and its parser

    boolean isReusable() {
        return phase == Phase.IDLE;
    }

    /** Whether it can still be used: open, and not idle for longer than we or the server want. */
    boolean isFresh(long now) {
        IOSession mine = session;
        return phase == Phase.IDLE && mine != null && mine.isOpen() && now - idleSinceNanos < idleLimitNanos;
    }

    /** Whether its request has not gone whole. */
    boolean isSending() {
        return phase == Phase.SENDING && exchange != null;
    }

    /** Whether it is under TLS, came up, and carries nothing. */
    boolean isDone() {
        return isUnderTls() && isUp && exchange == null;
    }

    void parser(ResponseParser its) {
        parser = its;
    }

    boolean awaitsAnswer() {
        return isProduced && exchange != null;
    }

    boolean isHead() {
        Exchange current = exchange;
        return current != null && current.request().method().equals("HEAD");
    }

    void unexpectedBytes() {
        if (!hasUnexpectedBytes) {
            hasUnexpectedBytes = true;
            wire.countUnexpectedBytes();
        }
    }

    // ---- for the exchange's owner

    /** Status of the response, 0 if there was none. */
    @Override
    public int status() {
        return status;
    }

    /** Head of the response, null if there was none. */
    @Override
    public @Nullable HttpResponse response() {
        return response;
    }

    /** Whether it came with bytes after its end, and so will not be used again. */
    @Override
    public boolean hasUnexpectedBytes() {
        return hasUnexpectedBytes;
    }

    @Override
    void describe(RequestSample sample) {
        Phase seen = phase; // read first: it makes what other threads wrote before visible
        ConnectionSetUp beginning = setUp;
        long start = startNanos;
        if (beginning == null) {
            sample.dnsNanos = NONE;
            sample.connectNanos = NONE;
            sample.tlsNanos = NONE;
        } else {
            start = beginning.describe(sample);
        }
        // As for the head below: what starts while it is given up has not started for the user.
        sample.actualStartNanos = start <= sample.endNanos ? start : NONE;
        long head = firstByteNanos;
        // A head that comes while its request is given up was not seen by the user any more.
        boolean isHeadSeen = head != NONE && start + head <= sample.endNanos;
        sample.firstByteNanos = isHeadSeen ? head : NONE;
        sample.status = isHeadSeen ? status : 0;
        EndpointDetails mine = endpoint;
        if (mine != null && isProduced && seen != Phase.QUEUED) {
            sample.bytesSent = mine.getSentBytesCount() - sentBefore;
            sample.bytesReceived = mine.getReceivedBytesCount() - receivedBefore;
        }
    }
}
