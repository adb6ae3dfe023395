package dev.onrush.http.internal.wire;

import java.io.IOException;

import org.apache.hc.core5.http.impl.nio.ClientHttp1IOEventHandler;
import org.apache.hc.core5.http.impl.nio.ClientHttp1StreamDuplexer;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOSession;

/** HttpCore's events of one connection: passed on to its protocol, and what concerns the connection itself to that. */
final class ConnectionEvents extends ClientHttp1IOEventHandler {
    private final Wire wire;
    private final HttpConnection connection;

    ConnectionEvents(Wire wire, HttpConnection connection, ClientHttp1StreamDuplexer duplexer) {
        super(duplexer);
        this.wire = wire;
        this.connection = connection;
    }

    @Override
    public void connected(IOSession session) throws IOException {
        super.connected(session);
        connection.up();
        if (connection.isUp()) {
            wire.connectionOpened();
        } else {
            // Given up while it was connecting: it may not know its session, so nobody else would close it.
            session.close(CloseMode.IMMEDIATE);
        }
    }

    @Override
    public void exception(IOSession session, Exception cause) {
        if (!connection.isUp()) {
            connection.setUpFailed(cause);
        }
        super.exception(session, cause);
        connection.failed(cause);
    }

    @Override
    public void disconnected(IOSession session) {
        if (connection.isUp()) {
            wire.connectionClosed();
        }
        super.disconnected(session);
        connection.disconnected();
    }
}
