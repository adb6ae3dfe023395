package dev.onrush.http.internal.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;

/** The connections of one user. For whoever runs the user. */
public final class UserConnections implements ConnectionPool {
    private final Wire wire;
    private final int mostPerOrigin;
    private final Resolver resolver;
    private final LocalAddresses.@Nullable Pair localAddress;
    private final @Nullable Supplier<@Nullable KeyManagerFactory> keys;
    private final @Nullable Http2Lines http2;
    private @Nullable SSLContext tlsContext;
    /** The most recently used last. Most users have one. */
    private final List<HttpConnection> idle = new ArrayList<>(1);

    public UserConnections(Wire wire, int mostPerOrigin) {
        this(wire, mostPerOrigin, null);
    }

    /** @param keys what this user shows of itself under TLS, asked once, when it is needed; null: nothing */
    public UserConnections(Wire wire, int mostPerOrigin, @Nullable Supplier<@Nullable KeyManagerFactory> keys) {
        this.wire = wire;
        this.mostPerOrigin = mostPerOrigin;
        this.resolver = wire.resolverOfNextUser();
        this.localAddress = wire.nextLocalAddress();
        this.keys = keys;
        this.http2 = wire.newHttp2Lines(this::open);
    }

    @Override
    public void carry(Exchange exchange, long sequence) {
        Origin origin = exchange.origin();
        Route route = exchange.route();
        if (http2 != null && http2.carry(exchange, sequence)) {
            return;
        }
        for (int i = idle.size() - 1; i >= 0; i--) {
            HttpConnection candidate = idle.get(i);
            if (candidate.leadsTo(origin, route)) {
                idle.remove(i);
                if (candidate.isFresh(wire.now())) {
                    candidate.execute(exchange, sequence);
                    return;
                }
                candidate.close();
            }
        }
        open(exchange, sequence);
    }

    private void open(Exchange exchange, long sequence) {
        new HttpConnection(wire, exchange.origin(), exchange.route(), this).open(exchange, sequence);
    }

    @Override
    public void giveBack(Carrier carrier) {
        if (!(carrier instanceof Http1Stream exchanges)
                || !exchanges.connection().isReusable()) {
            return;
        }
        HttpConnection connection = exchanges.connection();
        int same = 0;
        for (HttpConnection other : idle) {
            if (other.leadsTo(connection.origin(), connection.route())) {
                same++;
            }
        }
        if (same >= mostPerOrigin) {
            connection.close();
        } else {
            idle.add(connection);
        }
    }

    @Override
    public void closed(HttpConnection connection) {
        if (http2 != null) {
            http2.closed(connection);
        }
    }

    @Override
    public synchronized SSLContext tlsContext() {
        SSLContext mine = tlsContext;
        if (mine == null) {
            mine = wire.newTlsContext(keys == null ? null : keys.get());
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
        return keys != null;
    }

    @Override
    public Resolver resolver() {
        return resolver;
    }

    @Override
    public LocalAddresses.@Nullable Pair localAddress() {
        return localAddress;
    }

    @Override
    public void close() {
        for (HttpConnection connection : idle) {
            connection.close();
        }
        idle.clear();
        if (http2 != null) {
            http2.close();
        }
    }
}
