package dev.onrush.http.internal.wire;

import java.util.ArrayList;
import java.util.List;

import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;

/** The connections of one user. For whoever runs the user. */
public final class UserConnections implements ConnectionPool {
    private final Wire wire;
    private final int mostPerOrigin;
    private @Nullable SSLContext tlsContext;
    /** The most recently used last. Most users have one. */
    private final List<HttpConnection> idle = new ArrayList<>(1);

    public UserConnections(Wire wire, int mostPerOrigin) {
        this.wire = wire;
        this.mostPerOrigin = mostPerOrigin;
    }

    @Override
    public void carry(Exchange exchange, long sequence) {
        Origin origin = exchange.origin();
        for (int i = idle.size() - 1; i >= 0; i--) {
            HttpConnection candidate = idle.get(i);
            if (candidate.leadsTo(origin)) {
                idle.remove(i);
                if (candidate.isFresh(wire.now())) {
                    candidate.execute(exchange, sequence);
                    return;
                }
                candidate.close();
            }
        }
        new HttpConnection(wire, origin, this).open(exchange, sequence);
    }

    @Override
    public void giveBack(HttpConnection connection) {
        if (!connection.isReusable()) {
            return;
        }
        int same = 0;
        for (HttpConnection other : idle) {
            if (other.leadsTo(connection.origin())) {
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
    public void closed(HttpConnection connection) {}

    @Override
    public synchronized SSLContext tlsContext() {
        SSLContext mine = tlsContext;
        if (mine == null) {
            mine = wire.newTlsContext();
            tlsContext = mine;
        }
        return mine;
    }

    @Override
    public void close() {
        for (HttpConnection connection : idle) {
            connection.close();
        }
        idle.clear();
    }
}
