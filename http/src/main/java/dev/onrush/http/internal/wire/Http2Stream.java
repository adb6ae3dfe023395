package dev.onrush.http.internal.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.concurrent.CancellableDependency;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.RequestChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http2.H2StreamResetException;
import org.jspecify.annotations.Nullable;

import dev.onrush.core.eventlog.ErrorClass;
import dev.onrush.core.eventlog.RequestSample;

/** One stream of a connection of HTTP/2, and the exchange that is on it. Used once. */
final class Http2Stream extends Carrier implements AsyncClientExchangeHandler {
    private static final long NONE = RequestSample.NONE;

    private final Wire wire;
    private final Http2Connection connection;
    private final @Nullable ConnectionSetUp setUp;
    private volatile int number;
    private final long sequence;
    private final boolean isReused;
    private final WireRequest request;
    private final long bodyLimitBytes;

    private volatile Phase phase = Phase.QUEUED;
    private volatile boolean isAbandoned;
    private volatile @Nullable Cancellable cut;
    private volatile @Nullable Exchange exchange;
    private final AtomicBoolean isOver = new AtomicBoolean();

    private long startNanos = NONE;
    private long firstByteNanos = NONE;
    private boolean isProduced;
    private int status;
    private long bodyBytes;
    private @Nullable HttpResponse response;
    private @Nullable ByteBuffer unsentBody;
    /** As HttpCore counts it: how much of the body the peer lets through now. */
    private int window;

    private volatile long bytesSent;
    private volatile long bytesReceived;

    /** @param setUp how its connection came up, if it did so for this exchange */
    Http2Stream(
            Wire wire, Http2Connection connection, Exchange exchange, long sequence, @Nullable ConnectionSetUp setUp) {
        this.wire = wire;
        this.connection = connection;
        this.exchange = exchange;
        this.sequence = sequence;
        this.setUp = setUp;
        this.isReused = setUp == null;
        this.startNanos = setUp == null ? NONE : setUp.startNanos();
        this.request = exchange.request();
        this.bodyLimitBytes = exchange.bodyLimitBytes();
        byte[] content = request.body();
        this.unsentBody = content == null ? null : ByteBuffer.wrap(content);
    }

    // ---- for HttpCore, on the I/O thread

    @Override
    public void produceRequest(RequestChannel channel, HttpContext context) throws HttpException, IOException {
        // What was given up meanwhile goes out all the same and is reset at once: HttpCore has given it its number.
        if (startNanos == NONE) {
            startNanos = wire.now();
        }
        isProduced = true;
        phase = unsentBody == null ? Phase.RECEIVING : Phase.SENDING;
        connection.producing(this);
        channel.sendRequest(request.http2Head(connection.origin()), request.details(), context);
    }

    @Override
    public int available() {
        ByteBuffer rest = unsentBody;
        return rest == null || isAbandoned ? 0 : Math.min(rest.remaining(), letThrough());
    }

    private int letThrough() {
        int surplus = connection.windowSurplus();
        return surplus == 0 ? Integer.MAX_VALUE : Math.max(0, window - surplus);
    }

    @Override
    public void produce(DataStreamChannel channel) throws IOException {
        ByteBuffer rest = unsentBody;
        int most = available();
        if (rest == null || most == 0 && rest.hasRemaining()) {
            return;
        }
        if (most == rest.remaining()) {
            channel.write(rest);
        } else {
            ByteBuffer part = rest.slice(rest.position(), most);
            channel.write(part);
            rest.position(rest.position() + part.position());
        }
        if (!rest.hasRemaining()) {
            unsentBody = null;
            phase = Phase.RECEIVING;
            channel.endStream();
        }
    }

    @Override
    public void consumeInformation(HttpResponse interim, HttpContext context) {}

    @Override
    public void consumeResponse(HttpResponse head, @Nullable EntityDetails details, HttpContext context) {
        firstByteNanos = wire.now() - startNanos;
        status = head.getCode();
        response = head;
        if (details == null) {
            answered();
            return;
        }
        Exchange current = exchange;
        if (current != null) {
            expectBody(current, head, details.getContentLength());
        }
    }

    @Override
    public void updateCapacity(CapacityChannel channel) throws IOException {
        channel.update(Integer.MAX_VALUE);
    }

    @Override
    public void consume(ByteBuffer source) {
        bodyBytes += source.remaining();
        if (!addToBody(source)) {
            end(
                    Outcome.FAILED,
                    new Failure(ErrorClass.BODY_TOO_LARGE, "body larger than " + bodyLimitBytes + " bytes"));
            cutOff();
        }
    }

    @Override
    public void streamEnd(@Nullable List<? extends Header> trailers) {
        answered();
    }

    private void answered() {
        boolean isSent = unsentBody == null;
        if (isBodyWhole()) {
            end(Outcome.ANSWERED, null);
        } else {
            end(
                    Outcome.FAILED,
                    new Failure(ErrorClass.PROTO_LENGTH, "the body is not as long as its Content-Length says"));
        }
        if (!isSent) {
            cutOff(); // nobody wants the rest
        }
    }

    /** HttpCore does not compare. */
    private boolean isBodyWhole() {
        HttpResponse head = response;
        Header length = head == null ? null : head.getFirstHeader("Content-Length");
        return length == null
                || status == 304
                || request.method().equals("HEAD")
                || String.valueOf(bodyBytes).equals(length.getValue());
    }

    @Override
    public void failed(Exception cause) {
        Exchange current = exchange;
        if (current == null || isAbandoned) {
            over();
            return;
        }
        if (!isProduced && !connection.hasSettings()) {
            end(Outcome.FAILED, noSettings("at all"));
        } else if (!isProduced) {
            end(isReused ? Outcome.UNSENT : Outcome.FAILED, isReused ? null : why(cause));
        } else if (isReused && response == null && bytesReceived == 0 && ErrorClassifier.isLostConnection(cause)) {
            end(
                    Outcome.STALE,
                    new Failure(
                            ErrorClass.KEEPALIVE_STALE,
                            connection.origin() + " closed a kept connection as the request was sent"));
        } else {
            end(Outcome.FAILED, why(cause));
        }
    }

    /** HttpCore sends nothing before them. */
    private Failure noSettings(String when) {
        return new Failure(
                ErrorClass.H2_PROTOCOL, connection.origin() + " does not speak HTTP/2: it sent no SETTINGS " + when);
    }

    private Failure why(Exception cause) {
        Origin origin = connection.origin();
        if (connection.goesAway()) {
            return new Failure(ErrorClass.H2_GOAWAY, origin + " ends the connection (GOAWAY)");
        }
        if (cause instanceof H2StreamResetException reset) {
            return new Failure(
                    ErrorClass.h2Reset(reset.getCode()), origin + " reset the stream (" + reset.getCode() + ")");
        }
        return ErrorClassifier.http2(cause, phase, origin);
    }

    /** The peer goes away, and nothing of it was sent: it goes elsewhere. */
    void leftUnsent() {
        if (isReused) {
            end(Outcome.UNSENT, null);
        } else {
            goneAway();
        }
    }

    /** The peer goes away and has not looked at it. */
    void goneAway() {
        end(Outcome.FAILED, new Failure(ErrorClass.H2_GOAWAY, connection.origin() + " ends the connection (GOAWAY)"));
        cutOff();
    }

    private void end(Outcome how, @Nullable Failure why) {
        Exchange current = exchange;
        exchange = null;
        phase = how == Outcome.ANSWERED ? Phase.IDLE : Phase.CLOSED;
        over();
        if (current != null) {
            current.end(sequence, how, why, wire.now(), wire.isIoThread());
        }
    }

    private void over() {
        if (isOver.compareAndSet(false, true)) {
            connection.over(this);
        }
    }

    @Override
    public void cancel() {
        failed(new ConnectionClosedException("not sent: the connection is closed"));
    }

    @Override
    public void releaseResources() {
        over();
        connection.released(this);
    }

    /** Where HttpCore hands in what ends the stream. */
    CancellableDependency dependency() {
        return new CancellableDependency() {
            @Override
            public void setDependency(Cancellable its) {
                cut = its;
                if (isAbandoned) {
                    cutOff();
                }
            }

            @Override
            public boolean isCancelled() {
                return isAbandoned;
            }

            @Override
            public boolean cancel() {
                abandon();
                return true;
            }
        };
    }

    /** HttpCore is told, which looks at it when something comes; and that is seen to. */
    private void cutOff() {
        Cancellable its = cut;
        if (its != null) {
            its.cancel();
            connection.reset(this);
        }
    }

    /** Among those of its connection; 0 until it has begun. */
    int number() {
        return number;
    }

    void number(int its) {
        number = its;
    }

    void window(int its) {
        window = its;
    }

    void sent(int bytes) {
        bytesSent += bytes; // by the I/O thread alone
    }

    void received(int bytes) {
        bytesReceived += bytes;
    }

    // ---- for the exchange

    @Override
    long totalDueNanos(Timeouts limits) {
        long start = startNanos;
        return isProduced && start != NONE ? start + limits.totalNanos() : Long.MIN_VALUE;
    }

    @Override
    boolean triesNextAddress() {
        return false;
    }

    @Override
    Failure timedOut(Exchange current, long now) {
        Timeouts limits = current.timeouts();
        if (!connection.hasSettings()) {
            return noSettings("within " + Exchange.millis(limits.totalNanos()));
        }
        if (phase != Phase.SENDING) {
            return Exchange.unanswered(limits);
        }
        return new Failure(
                ErrorClass.H2_FLOW_STALL,
                "the request's body was not let through within " + Exchange.millis(limits.totalNanos()));
    }

    @Override
    void abandon() {
        isAbandoned = true;
        phase = Phase.CLOSED;
        cutOff();
        if (setUp != null) {
            connection.closeUnlessBegun();
        }
    }

    @Override
    boolean isOn(Thread thread) {
        return connection.isOn(thread);
    }

    @Override
    void describe(RequestSample sample) {
        Phase seen = phase; // read first: it makes what other threads wrote before visible
        long start = startNanos;
        sample.actualStartNanos = start <= sample.endNanos ? start : NONE;
        if (setUp == null) {
            sample.dnsNanos = NONE;
            sample.connectNanos = NONE;
            sample.tlsNanos = NONE;
        } else {
            setUp.describe(sample);
        }
        long head = firstByteNanos;
        boolean isHeadSeen = head != NONE && start + head <= sample.endNanos;
        sample.firstByteNanos = isHeadSeen ? head : NONE;
        sample.status = isHeadSeen ? status : 0;
        if (seen != Phase.QUEUED) {
            sample.bytesSent = bytesSent;
            sample.bytesReceived = bytesReceived;
        }
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public @Nullable HttpResponse response() {
        return response;
    }

    @Override
    public boolean hasUnexpectedBytes() {
        return false;
    }
}
