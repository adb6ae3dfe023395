package dev.onrush.http.internal.wire;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;

/** One pool of connections for all users of a protocol. Who finds none free waits in line. Thread-safe. */
public final class SharedConnections implements ConnectionPool {
    private final Wire wire;
    private final int mostPerOrigin;
    private final @Nullable Http2Lines http2;
    private @Nullable SSLContext tlsContext;
    /** By what {@link #target} gives. */
    private final Map<Object, Line> lines = new HashMap<>();

    /** @param mostPerOrigin how many connections there may be to one origin */
    public SharedConnections(Wire wire, int mostPerOrigin) {
        this.wire = wire;
        this.mostPerOrigin = mostPerOrigin;
        this.http2 = wire.newHttp2Lines(this::carryOnHttp1);
    }

    private record Waiting(Exchange exchange, long sequence) {}

    private record Detour(Origin origin, Route route) {}

    private static Object target(Origin origin, @Nullable Route route) {
        return route == null ? origin : new Detour(origin, route);
    }

    /** Those of one origin. */
    private static final class Line {
        final Deque<HttpConnection> idle = new ArrayDeque<>();
        final Deque<Waiting> waiting = new ArrayDeque<>();
        int open;
    }

    @Override
    public void carry(Exchange exchange, long sequence) {
        if (http2 == null || !http2.carry(exchange, sequence)) {
            carryOnHttp1(exchange, sequence);
        }
    }

    private void carryOnHttp1(Exchange exchange, long sequence) {
        HttpConnection carrier;
        synchronized (lines) {
            Line line = lines.computeIfAbsent(target(exchange.origin(), exchange.route()), any -> new Line());
            carrier = fresh(line);
            if (carrier == null) {
                if (line.open >= mostPerOrigin) {
                    line.waiting.add(new Waiting(exchange, sequence));
                    return;
                }
                line.open++;
            }
        }
        start(carrier, exchange, sequence);
    }

    private @Nullable HttpConnection fresh(Line line) {
        long now = wire.now();
        HttpConnection candidate;
        while ((candidate = line.idle.pollLast()) != null) {
            if (candidate.isFresh(now)) {
                return candidate;
            }
            candidate.close();
        }
        return null;
    }

    private void start(@Nullable HttpConnection carrier, Exchange exchange, long sequence) {
        if (carrier == null) {
            new HttpConnection(wire, exchange.origin(), exchange.route(), this).open(exchange, sequence);
        } else {
            carrier.execute(exchange, sequence);
        }
    }

    @Override
    public void giveBack(Carrier carrier) {
        if (!(carrier instanceof Http1Stream exchanges)
                || !exchanges.connection().isReusable()) {
            return; // it closes, and says so
        }
        HttpConnection connection = exchanges.connection();
        Waiting next;
        synchronized (lines) {
            Line line = lines.computeIfAbsent(target(connection.origin(), connection.route()), any -> new Line());
            next = next(line);
            if (next == null) {
                line.idle.addLast(connection);
                return;
            }
        }
        begin(next, connection);
    }

    @Override
    public void closed(HttpConnection connection) {
        if (http2 != null) {
            http2.closed(connection);
        }
        Waiting next;
        synchronized (lines) {
            Line line = lines.computeIfAbsent(target(connection.origin(), connection.route()), any -> new Line());
            line.idle.remove(connection);
            line.open--;
            next = next(line);
            if (next == null) {
                return;
            }
            line.open++;
        }
        begin(next, null);
    }

    private static @Nullable Waiting next(Line line) {
        Waiting next;
        while ((next = line.waiting.poll()) != null) {
            if (next.exchange.isOpen(next.sequence)) {
                return next;
            }
        }
        return null;
    }

    private void begin(Waiting next, @Nullable HttpConnection carrier) {
        next.exchange.waited(next.sequence, wire.now());
        start(carrier, next.exchange, next.sequence);
    }

    @Override
    public synchronized SSLContext tlsContext() {
        SSLContext mine = tlsContext;
        if (mine == null) {
            mine = wire.newTlsContext(null);
            tlsContext = mine;
        }
        return mine;
    }

    @Override
    public void isHttp1(HttpConnection connection) {
        up(connection, null);
    }

    @Override
    public void isHttp2(HttpConnection connection, Http2Connection streams) {
        up(connection, streams);
    }

    private void up(HttpConnection connection, @Nullable Http2Connection streams) {
        if (http2 != null) {
            http2.up(connection, streams);
        }
    }

    @Override
    public boolean hasOwnKeys() {
        return false;
    }

    @Override
    public Resolver resolver() {
        return wire.resolver();
    }

    /** No user's own: they take turns. */
    @Override
    public LocalAddresses.@Nullable Pair localAddress() {
        return wire.nextLocalAddress();
    }

    @Override
    public void close() {
        synchronized (lines) {
            for (Line line : lines.values()) {
                line.idle.forEach(HttpConnection::close);
                line.idle.clear();
            }
        }
        if (http2 != null) {
            http2.close();
        }
    }
}
