package dev.onrush.http.internal.wire;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.Future;

import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.net.Host;
import org.apache.hc.core5.reactor.IOSession;
import org.jspecify.annotations.Nullable;

import dev.onrush.core.eventlog.ErrorClass;
import dev.onrush.core.eventlog.RequestSample;
import dev.onrush.core.protocol.Deadlines;

/**
 * How a connection comes up for its first exchange: the look-up of the name, one address after the other, TLS. It ends by handing that
 * exchange to the connection, or by failing it.
 */
final class ConnectionSetUp implements FutureCallback<IOSession> {
    private static final long NONE = RequestSample.NONE;

    private final Wire wire;
    private final Origin origin;
    private final HttpConnection connection;
    private final Exchange first;
    private final long sequence;

    private volatile Phase phase = Phase.RESOLVING;

    private volatile @Nullable Future<IOSession> connecting;
    private volatile InetAddress[] addresses = {};
    /** Written by one thread at a time: by who resolved the name, then by whom the last attempt's end was told. */
    private volatile int nextAddress;

    private long startNanos = NONE;
    private long phaseStartNanos;
    private long dnsNanos = NONE;
    private long connectNanos = NONE;
    private long tlsNanos = NONE;

    ConnectionSetUp(Wire wire, Origin origin, HttpConnection connection, Exchange first, long sequence) {
        this.wire = wire;
        this.origin = origin;
        this.connection = connection;
        this.first = first;
        this.sequence = sequence;
    }

    /** Begins; this is the actual start of its exchange. */
    void begin() {
        long now = wire.now();
        startNanos = now;
        phaseStartNanos = now;
        first.moveDeadline(sequence, now + limit(first.timeouts().connectNanos(), now));
        wire.resolver().resolve(origin.host(), this::resolved, this::unresolved);
    }

    /** Nanoseconds this phase may take from now, the total deadline included. */
    private long limit(long phaseNanos, long now) {
        return Math.min(phaseNanos, startNanos + first.timeouts().totalNanos() - now);
    }

    private void resolved(InetAddress[] found, boolean isLookedUp) {
        if (isLookedUp) {
            dnsNanos = wire.now() - startNanos;
        }
        addresses = wire.allowed(origin.host(), found);
        if (addresses.length == 0) {
            end(new TargetDeniedException(origin.host(), found[0]));
        } else if (!connection.takeDescriptor()) {
            end(new NoDescriptorException());
        } else {
            connectNext();
        }
    }

    private void unresolved(Exception cause) {
        dnsNanos = wire.now() - startNanos;
        end(cause);
    }

    private void connectNext() {
        if (!first.isOpen(sequence)) {
            connection.gone();
            return;
        }
        InetAddress address = takeAddress();
        // Until an I/O thread is asked for it the time is the generator's own, and no fault of the target.
        first.moveDeadline(sequence, Deadlines.Deadline.NONE);
        phase = Phase.CONNECTING;
        wire.connect(
                new Host(origin.host(), origin.port()), new InetSocketAddress(address, origin.port()), connection, this);
    }

    private synchronized InetAddress takeAddress() {
        connecting = null;
        return addresses[nextAddress++];
    }

    /** Which of its addresses it is at, from 1. */
    int attempt() {
        return nextAddress;
    }

    /**
     * An I/O thread is asked now to connect it, which may have waited for others: the request starts here, unless its name had to be
     * looked up. False if nobody wants it any more.
     */
    boolean begins() {
        if (connection.isAbandoned()) {
            return false;
        }
        long now = wire.now();
        if (nextAddress == 1) {
            if (dnsNanos == NONE) {
                startNanos = now;
            }
            phaseStartNanos = now;
        }
        long left = limit(phaseStartNanos + first.timeouts().connectNanos() - now, now);
        // An address that does not answer leaves the others their share of the time.
        first.moveDeadline(sequence, now + left / (addresses.length - nextAddress + 1));
        return true;
    }

    /** An I/O thread was asked to connect it; meanwhile it may have said no, and the next address is tried. */
    void connecting(int attempt, Future<IOSession> future) {
        synchronized (this) {
            if (attempt == nextAddress && phase == Phase.CONNECTING) {
                connecting = future;
            }
        }
        if (connection.isAbandoned()) {
            cancel();
        }
    }

    /** Gives up the address it is connecting to, if there is another one to try. On the control thread. */
    boolean triesNextAddress() {
        Future<IOSession> attempt = connecting;
        if (phase != Phase.CONNECTING || attempt == null || nextAddress >= addresses.length) {
            return false;
        }
        return attempt.cancel(true); // and so it is cancelled()
    }

    /** Stops connecting, from any thread. */
    void cancel() {
        Future<IOSession> attempt = connecting;
        if (attempt != null) {
            attempt.cancel(true);
        }
    }

    /** TCP is up; for HttpCore. */
    @Override
    public void completed(IOSession connected) {
        connecting = null;
        if (!connection.hasSession(connected)) {
            return;
        }
        long now = wire.now();
        connectNanos = now - phaseStartNanos;
        phaseStartNanos = now;
        if (origin.secure()) {
            first.moveDeadline(sequence, now + limit(first.timeouts().handshakeNanos(), now));
            phase = Phase.HANDSHAKE;
        }
    }

    /** TCP did not come up; for HttpCore. */
    @Override
    public void cancelled() {
        failed(new ConnectionClosedException("connecting was cancelled"));
    }

    /** It did not come up; for HttpCore, too, and maybe more than once. */
    @Override
    public void failed(Exception cause) {
        if (phase == Phase.CONNECTING && nextAddress < addresses.length) {
            connectNext();
        } else {
            end(cause);
        }
    }

    private void end(Exception cause) {
        Phase reached = phase;
        if (reached == Phase.CLOSED) {
            return;
        }
        long now = wire.now();
        if (reached == Phase.CONNECTING) {
            connectNanos = now - phaseStartNanos;
        } else if (reached == Phase.HANDSHAKE) {
            tlsNanos = now - phaseStartNanos;
        }
        if (cause instanceof TargetDeniedException) {
            startNanos = NONE;
        }
        phase = Phase.CLOSED;
        connection.gone();
        if (!connection.isAbandoned()) {
            Failure why = ErrorClassifier.setUp(cause, reached, origin);
            wire.connectFailed(why, now);
            first.end(sequence, Outcome.FAILED, why, now, wire.isIoThread());
        }
    }

    /** Ready for requests, after TLS if there is any. False if nobody wants it any more. */
    boolean up() {
        if (origin.secure()) {
            tlsNanos = wire.now() - phaseStartNanos;
        }
        if (connection.isAbandoned() || !first.isOpen(sequence)) {
            return false;
        }
        wire.reached(origin.host(), addresses[nextAddress - 1]);
        first.moveDeadline(sequence, startNanos + first.timeouts().totalNanos());
        return true;
    }

    Exchange first() {
        return first;
    }

    long sequence() {
        return sequence;
    }

    long startNanos() {
        return startNanos;
    }

    /** What its deadline means now. On the control thread. */
    Failure timedOut(long now) {
        Timeouts limits = first.timeouts();
        long start = startNanos;
        if (start != NONE && now - start >= limits.totalNanos()) {
            return Exchange.unanswered(limits);
        }
        return switch (phase) {
            case RESOLVING ->
                new Failure(
                        ErrorClass.DNS_TIMEOUT,
                        origin.host() + " was not resolved within " + Exchange.millis(limits.connectNanos()));
            case CONNECTING ->
                new Failure(
                        ErrorClass.CONNECT_TIMEOUT,
                        "no connection to " + origin + " within " + Exchange.millis(limits.connectNanos()));
            case HANDSHAKE ->
                new Failure(
                        ErrorClass.TLS_HANDSHAKE_TIMEOUT,
                        "no TLS handshake with " + origin + " within " + Exchange.millis(limits.handshakeNanos()));
            default -> Exchange.unanswered(limits);
        };
    }

    /** Fills in its times, and returns the actual start of its exchange. */
    long describe(RequestSample sample) {
        Objects.requireNonNull(phase); // read first: it makes what other threads wrote before visible
        sample.dnsNanos = dnsNanos;
        sample.connectNanos = connectNanos;
        sample.tlsNanos = tlsNanos;
        return startNanos;
    }
}
