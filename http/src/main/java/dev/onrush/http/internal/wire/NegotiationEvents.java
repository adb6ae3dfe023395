package dev.onrush.http.internal.wire;

import java.io.IOException;
import java.nio.ByteBuffer;

import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOEventHandler;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.reactor.ProtocolIOSession;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** HttpCore's events of one connection of which nobody knows yet whether it speaks HTTP/1.1 or HTTP/2. */
final class NegotiationEvents implements IOEventHandler {
    private final Wire wire;
    private final ProtocolIOSession channel;
    private final HttpConnection connection;
    private final ConnectionEvents http1;

    NegotiationEvents(Wire wire, ProtocolIOSession channel, HttpConnection connection, ConnectionEvents http1) {
        this.wire = wire;
        this.channel = channel;
        this.connection = connection;
        this.http1 = http1;
    }

    /** Called once TCP is up, and TLS if there is any. */
    @Override
    public void connected(IOSession session) throws IOException {
        if (!connection.speaksHttp2()) {
            channel.upgrade(http1);
            http1.connected(session);
            connection.pool().isHttp1(connection);
            return;
        }
        Http2Connection streams = new Http2Connection(wire, connection, channel);
        Http2Events http2 = new Http2Events(wire, connection, streams, wire.newMultiplexer(channel, streams));
        ConnectionSetUp done = connection.upAsHttp2();
        if (done == null) {
            session.close(CloseMode.IMMEDIATE);
            return;
        }
        channel.upgrade(http2);
        streams.carryFirst(done);
        connection.pool().isHttp2(connection, streams);
        http2.connected(session); // and if that fails, so do those who were carried
    }

    @Override
    public void inputReady(IOSession session, @Nullable ByteBuffer source) {}

    @Override
    public void outputReady(IOSession session) {}

    @Override
    public void timeout(IOSession session, Timeout timeout) {}

    @Override
    public void exception(IOSession session, Exception cause) {
        connection.setUpFailed(cause);
        session.close(CloseMode.IMMEDIATE);
    }

    @Override
    public void disconnected(IOSession session) {
        connection.disconnected();
    }
}
