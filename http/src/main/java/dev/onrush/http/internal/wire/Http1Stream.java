package dev.onrush.http.internal.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

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
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.reactor.Command;
import org.apache.hc.core5.reactor.IOSession;
import org.jspecify.annotations.Nullable;

import dev.onrush.core.eventlog.ErrorClass;
import dev.onrush.core.eventlog.RequestSample;

/**
 * The exchanges on a connection of HTTP/1.1, one after the other. What it learns of one stays here until the next one begins, so
 * that a connection which is given up can never write into the next request of its user.
 */
final class Http1Stream extends Carrier implements AsyncClientExchangeHandler {
    private static final long NONE = RequestSample.NONE;
    /** The JDK copies all that it is given to write, however little of it the socket takes. */
    private static final int MOST_PER_WRITE = 128 * 1024;

    private final Wire wire;
    private final HttpConnection connection;
    private final HttpCoreContext context = HttpCoreContext.create();
    private final Command command = new RequestExecutionCommand(this, null, context);

    private volatile @Nullable Exchange exchange;
    private long sequence;
    private boolean isReused;
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

    Http1Stream(Wire wire, HttpConnection connection) {
        this.wire = wire;
        this.connection = connection;
    }

    HttpConnection connection() {
        return connection;
    }

    void parser(ResponseParser its) {
        parser = its;
    }

    // ---- one exchange

    /** The connection is set up for that one. */
    void expects(Exchange first, long itsSequence) {
        sequence = itsSequence;
        first.carriedBy(this, itsSequence);
    }

    /** The connection is up for the one that was expected, whose actual start was then. */
    void begin(Exchange first, long itsStartNanos, IOSession session) {
        startNanos = itsStartNanos;
        send(first, session);
    }

    /** The connection is up and idle. */
    void execute(Exchange next, long itsSequence, IOSession session) {
        sequence = itsSequence;
        startNanos = NONE;
        isReused = true;
        next.carriedBy(this, itsSequence);
        send(next, session);
    }

    private void send(Exchange next, IOSession session) {
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
        connection.phase(Phase.QUEUED);
        // Last: the I/O thread may find the connection closed at any moment, and judges by what stands above.
        exchange = next;
        session.enqueue(command, Command.Priority.NORMAL);
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
        connection.phase(unsentBody == null ? Phase.RECEIVING : Phase.SENDING);
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
            connection.phase(Phase.RECEIVING);
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
        connection.close();
    }

    @Override
    public void streamEnd(@Nullable List<? extends Header> trailers) {
        if (isUntilClosed && connection.isTlsCut()) {
            fail(ErrorClassifier.tlsCut(connection.tlsPeer()));
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
        boolean isSent = unsentBody == null;
        unsentBody = null;
        ResponseParser reader = parser;
        if (reader != null && reader.hasLeftOver() || keepsAlive && hasMoreToRead()) {
            unexpectedBytes();
        }
        if (!isSent) {
            connection.abandon(); // politely it would wait for the rest of a body that nobody sends any more
        } else if (!keepsAlive || hasUnexpectedBytes) {
            connection.close();
        } else {
            HttpResponse head = response;
            connection.rests(now, head == null ? Long.MAX_VALUE : KeepAlive.limitNanos(head));
        }
        current.end(sequence, Outcome.ANSWERED, null, now, true);
    }

    /**
     * Whether the system holds bytes behind an answer that was larger than what is read at a time: the parser has not seen
     * them, and would take them for the answer to the next request.
     */
    private boolean hasMoreToRead() {
        EndpointDetails mine = endpoint;
        IOSession open = connection.session();
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
        if (!connection.isUp()) {
            connection.setUpFailed(cause);
            return;
        }
        Exchange current = exchange;
        if (current == null || connection.isAbandoned()) {
            return;
        }
        EndpointDetails mine = endpoint;
        boolean isSilent = mine == null || mine.getReceivedBytesCount() == receivedBefore;
        boolean isLost = ErrorClassifier.isLostConnection(cause);
        Phase reached = connection.phase();
        if (!isProduced && isReused) {
            connection.phase(Phase.CLOSED);
            exchange = null;
            current.end(sequence, Outcome.UNSENT, null, wire.now(), wire.isIoThread());
        } else if (isProduced && isReused && isSilent && isLost) {
            connection.phase(Phase.CLOSED);
            exchange = null;
            Failure stale = new Failure(
                    ErrorClass.KEEPALIVE_STALE,
                    connection.origin() + " closed a kept connection as the request was sent");
            current.end(sequence, Outcome.STALE, stale, wire.now(), wire.isIoThread());
        } else if (reached == Phase.RECEIVING && ErrorClassifier.isEnd(cause) && connection.isTlsCut()) {
            fail(ErrorClassifier.tlsCut(connection.tlsPeer()));
        } else {
            fail(ErrorClassifier.exchange(cause, reached, isChunked, connection.origin()));
        }
    }

    private void fail(Failure why) {
        Exchange current = exchange;
        exchange = null;
        connection.phase(Phase.CLOSED);
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
        ConnectionSetUp beginning = connection.setUp();
        Phase reached = connection.phase();
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

    // ---- what concerns its connection

    @Override
    void abandon() {
        connection.abandon();
    }

    @Override
    boolean isOn(Thread thread) {
        return connection.isOn(thread);
    }

    @Override
    boolean triesNextAddress() {
        return connection.triesNextAddress();
    }

    // ---- for its connection and its parser

    /** Whether its request has not gone whole. */
    boolean isSending() {
        return connection.phase() == Phase.SENDING && exchange != null;
    }

    /** Whether it carries nothing. */
    boolean isIdle() {
        return exchange == null;
    }

    boolean awaitsAnswer() {
        return isProduced && exchange != null;
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
        Phase seen = connection.phase(); // read first: it makes what other threads wrote before visible
        ConnectionSetUp beginning = connection.setUp();
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
