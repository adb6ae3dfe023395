package dev.onrush.http.internal.wire;

import java.util.concurrent.atomic.AtomicBoolean;

import javax.net.ssl.SSLEngine;

import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.nio.command.ShutdownCommand;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.Command;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * One connection: where it leads, and how far it has come. How it comes up is told in {@link ConnectionSetUp}; the exchanges on it are
 * those of its {@link Http1Stream}, at most one at a time, unless it turns out to be an {@link Http2Connection}.
 */
final class HttpConnection {
    /** A peer that does not answer our close_notify is not waited for longer. */
    private static final Timeout TLS_GOODBYE = Timeout.ofSeconds(1);

    private final Wire wire;
    private final Origin origin;
    private final @Nullable Route route;
    private final ConnectionPool pool;
    private final Http1Stream exchanges;
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
    private @Nullable SSLEngine tlsEngine;

    private long idleSinceNanos;
    private long idleLimitNanos;

    /** @param route null: straight */
    HttpConnection(Wire wire, Origin origin, @Nullable Route route, ConnectionPool pool) {
        this.wire = wire;
        this.origin = origin;
        this.route = route;
        this.pool = pool;
        this.exchanges = new Http1Stream(wire, this);
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

    Http1Stream exchanges() {
        return exchanges;
    }

    // ---- set-up

    /** Sets itself up for this exchange, whose actual start this is. */
    void open(Exchange first, long itsSequence) {
        ConnectionSetUp beginning = new ConnectionSetUp(wire, this, first, itsSequence);
        setUp = beginning;
        exchanges.expects(first, itsSequence);
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

    String tlsPeer() {
        ProxyServer proxy = route == null || origin.secure() ? null : route.securedProxy();
        return proxy == null ? origin.toString() : proxy.toString();
    }

    /** Whether TLS ended without the peer's close_notify: anybody on the way may have done that, and cut off what was to come. */
    boolean isTlsCut() {
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
        exchanges.begin(done.first(), done.startNanos(), mine);
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
    boolean triesNextAddress() {
        ConnectionSetUp beginning = setUp;
        return !isUp && beginning != null && beginning.triesNextAddress();
    }

    // ---- exchanges, one after the other

    /** Sends it on this connection, which is up and idle. */
    void execute(Exchange next, long itsSequence) {
        setUp = null;
        IOSession mine = session;
        if (mine == null) {
            throw new IllegalStateException("execute on a connection that is not up");
        }
        exchanges.execute(next, itsSequence, mine);
    }

    // ---- its end

    /** Gives it up at once, from any thread: its exchange has been ended. */
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
        exchanges.failed(new ConnectionClosedException("closed"));
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

    // ---- for its pool and its exchanges

    Phase phase() {
        return phase;
    }

    void phase(Phase reached) {
        phase = reached;
    }

    @Nullable
    IOSession session() {
        return session;
    }

    /** Its exchange is over, and it may be used for another one for so long. */
    void rests(long nowNanos, long limitNanos) {
        idleSinceNanos = nowNanos;
        idleLimitNanos = Math.min(wire.idleTimeoutNanos(), limitNanos);
        phase = Phase.IDLE;
    }

    boolean isReusable() {
        return phase == Phase.IDLE;
    }

    /** Whether it can still be used: open, and not idle for longer than we or the server want. */
    boolean isFresh(long now) {
        IOSession mine = session;
        return phase == Phase.IDLE && mine != null && mine.isOpen() && now - idleSinceNanos < idleLimitNanos;
    }

    /** Whether it is under TLS, came up, and carries nothing. */
    boolean isDone() {
        return isUnderTls() && isUp && exchanges.isIdle();
    }
}
