package dev.onrush.http.internal.wire;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.util.Arrays;
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
 * How a connection comes up for its first exchange: the look-up of the name, one address after the other, the way through a proxy, TLS.
 * It ends by handing that
 * exchange to the connection, or by failing it.
 */
final class ConnectionSetUp implements FutureCallback<IOSession> {
    private static final long NONE = RequestSample.NONE;

    private final Wire wire;
    private final HttpConnection connection;
    private final Origin origin;
    private final @Nullable Route route;
    private final @Nullable ProxyServer proxy;
    private final LocalAddresses.@Nullable Pair localAddress;
    private final Exchange first;
    private final long sequence;

    private volatile Phase phase = Phase.RESOLVING;

    private volatile @Nullable Future<IOSession> connecting;
    private volatile InetAddress[] addresses = {};
    /** Written by one thread at a time: by who resolved the name, then by whom the last attempt's end was told. */
    private volatile int nextAddress;

    /** What a proxy of SOCKS 4 is told. */
    private @Nullable Inet4Address target;

    private long startNanos = NONE;
    private long phaseStartNanos;
    private long dnsNanos = NONE;
    private long connectNanos = NONE;
    private long tlsNanos = NONE;

    ConnectionSetUp(Wire wire, HttpConnection connection, Exchange first, long sequence) {
        this.wire = wire;
        this.connection = connection;
        this.origin = connection.origin();
        this.route = connection.route();
        this.proxy = route == null ? null : route.proxy();
        this.localAddress = connection.pool().localAddress();
        this.first = first;
        this.sequence = sequence;
    }

    /** Begins; this is the actual start of its exchange. */
    void begin() {
        long now = wire.now();
        startNanos = now;
        phaseStartNanos = now;
        first.moveDeadline(sequence, now + limit(first.timeouts().connectNanos(), now));
        ProxyServer asked = proxy;
        if (connection.isUnderTls() && connection.pool().hasOwnKeys() && !hasTlsContext()) {
            return;
        }
        if (asked == null) {
            resolve(origin.host(), this::resolved);
        } else if (asked.kind() == ProxyServer.Kind.SOCKS4) {
            resolve(origin.host(), (found, isLookedUp) -> targetResolved(asked, found, isLookedUp));
        } else if (wire.allowsByName(origin.host())) {
            resolve(asked.host(), this::resolved);
        } else {
            end(new TargetDeniedException(origin.host(), asked));
        }
    }

    private void resolve(String host, Resolver.Found found) {
        connection.pool().resolver().resolve(host, found, this::unresolved);
    }

    /** The author may have a word in it, which fails here and not on an I/O thread. */
    private boolean hasTlsContext() {
        try {
            connection.pool().tlsContext();
            return true;
        } catch (RuntimeException | LinkageError e) {
            end(new NoKeysException(e));
            return false;
        }
    }

    /** For a proxy that wants to be told an address. */
    private void targetResolved(ProxyServer asked, InetAddress[] found, boolean isLookedUp) {
        if (isLookedUp) {
            dnsNanos = wire.now() - startNanos;
        }
        InetAddress[] allowed = wire.allowed(origin.host(), found);
        if (allowed.length == 0) {
            end(new TargetDeniedException(origin.host(), found[0]));
            return;
        }
        for (InetAddress address : allowed) {
            if (address instanceof Inet4Address version4) {
                target = version4;
                resolve(asked.host(), this::resolved);
                return;
            }
        }
        end(new ProxyRefusedException(
                ErrorClass.PROXY_REFUSED, asked + " does not lead to " + origin + ": it has no IPv4 address"));
    }

    /** Nanoseconds this phase may take from now, the total deadline included. */
    private long limit(long phaseNanos, long now) {
        return Math.min(phaseNanos, startNanos + first.timeouts().totalNanos() - now);
    }

    private void resolved(InetAddress[] found, boolean isLookedUp) {
        if (isLookedUp) {
            dnsNanos = wire.now() - startNanos;
        }
        InetAddress[] allowed = wire.allowed(peerHost(), found);
        addresses = reachable(allowed);
        if (allowed.length == 0) {
            end(new TargetDeniedException(peerHost(), found[0]));
        } else if (addresses.length == 0) {
            phase = Phase.CONNECTING;
            end(new NoRouteToHostException("no local address of the run is of the same IP version"));
        } else if (!connection.takeDescriptor()) {
            end(new NoDescriptorException());
        } else {
            connectNext();
        }
    }

    /** Those that can be reached from where the connection is to begin. */
    private InetAddress[] reachable(InetAddress[] allowed) {
        LocalAddresses.Pair from = localAddress;
        return from == null
                ? allowed
                : Arrays.stream(allowed)
                        .filter(address -> from.towards(address) != null)
                        .toArray(InetAddress[]::new);
    }

    private String peerHost() {
        ProxyServer asked = proxy;
        return asked == null ? origin.host() : asked.host();
    }

    private String peer() {
        ProxyServer asked = proxy;
        return asked == null ? origin.toString() : asked.toString();
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
        ProxyServer asked = proxy;
        int port = asked == null ? origin.port() : asked.port();
        InetAddress from = localAddress == null ? null : localAddress.towards(address);
        wire.connect(
                new Host(peerHost(), port),
                new InetSocketAddress(address, port),
                from == null ? null : new InetSocketAddress(from, 0),
                connection,
                this);
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

    /** Nobody waits for it any more: what still happens to it changes none of its times. From any thread. */
    void abandon() {
        phase = Phase.CLOSED;
        cancel();
    }

    private void cancel() {
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
        if (isTunnelled()) {
            tunnel(now);
        } else {
            connected(now);
        }
    }

    private void tunnel(long now) {
        first.moveDeadline(sequence, now + limit(first.timeouts().connectNanos(), now));
        phase = Phase.TUNNEL;
    }

    /** There is a way to the target itself. */
    private void connected(long now) {
        phaseStartNanos = now;
        if (origin.secure()) {
            first.moveDeadline(sequence, now + limit(first.timeouts().handshakeNanos(), now));
            phase = Phase.HANDSHAKE;
        }
    }

    // ---- before the target's own protocol

    /** Whether something has to be said on the connection before TLS or HTTP begins. */
    boolean isTunnelled() {
        ProxyServer asked = proxy;
        return route != null
                && (route.tellsSource() || asked != null && (asked.isSecured() || asked.isTunnelTo(origin)));
    }

    /** What the peer is told of the client; empty if nothing. */
    byte[] sourceLine(InetSocketAddress local, InetSocketAddress remote) {
        return route == null || !route.tellsSource() ? new byte[0] : route.sourceLine(local, remote);
    }

    /** What is to be talked over with the proxy; null: nothing. */
    @Nullable
    ProxyTalk newTalk() {
        ProxyServer asked = proxy;
        if (asked == null || !asked.isTunnelTo(origin)) {
            return null;
        }
        return switch (asked.kind()) {
            case HTTP, HTTPS -> new ConnectTalk(asked, origin);
            case SOCKS4 -> new Socks4Talk(asked, origin, Objects.requireNonNull(target));
            case SOCKS5 -> new Socks5Talk(asked, origin);
        };
    }

    /** The proxy that TLS begins with before anything is said to it; null: none. */
    @Nullable
    ProxyServer securedProxy() {
        return route == null ? null : route.securedProxy();
    }

    /** TLS with the proxy begins; its time is one of connecting. */
    void proxyHandshake() {
        long now = wire.now();
        first.moveDeadline(sequence, now + limit(first.timeouts().handshakeNanos(), now));
        phase = Phase.PROXY_HANDSHAKE;
    }

    /** TLS with the proxy is up. */
    void proxySecured() {
        tunnel(wire.now());
    }

    /** All that has been said; connecting ends here. */
    void tunnelled() {
        long now = wire.now();
        connectNanos = now - phaseStartNanos;
        connected(now);
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
            connection.gone();
            return;
        }
        long now = wire.now();
        if (reached == Phase.CONNECTING || reached == Phase.PROXY_HANDSHAKE || reached == Phase.TUNNEL) {
            connectNanos = now - phaseStartNanos;
        } else if (reached == Phase.HANDSHAKE) {
            tlsNanos = now - phaseStartNanos;
        }
        if (cause instanceof TargetDeniedException || cause instanceof NoKeysException) {
            startNanos = NONE;
        }
        phase = Phase.CLOSED;
        connection.gone();
        if (!connection.isAbandoned()) {
            Failure why = ErrorClassifier.setUp(cause, reached, origin, peerHost(), peer());
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
        wire.reached(origin.host(), addresses[nextAddress - 1], proxy);
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
                        peerHost() + " was not resolved within " + Exchange.millis(limits.connectNanos()));
            case CONNECTING ->
                new Failure(
                        ErrorClass.CONNECT_TIMEOUT,
                        "no connection to " + peer() + " within " + Exchange.millis(limits.connectNanos()));
            case TUNNEL ->
                new Failure(
                        ErrorClass.PROXY_TIMEOUT,
                        peer() + " did not lead to " + origin + " within " + Exchange.millis(limits.connectNanos()));
            case PROXY_HANDSHAKE -> noHandshake(peer(), limits);
            case HANDSHAKE -> noHandshake(origin.toString(), limits);
            default -> Exchange.unanswered(limits);
        };
    }

    private static Failure noHandshake(String peer, Timeouts limits) {
        return new Failure(
                ErrorClass.TLS_HANDSHAKE_TIMEOUT,
                "no TLS handshake with " + peer + " within " + Exchange.millis(limits.handshakeNanos()));
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
