package dev.onrush.http.internal.wire;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;

import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOEventHandler;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.reactor.ProtocolIOSession;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * HttpCore's events of one connection before its own protocol begins: the peer is told the client's address, a proxy is asked to lead
 * on. Then TLS begins, if the target wants it, and the connection's own events follow.
 */
final class TunnelEvents implements IOEventHandler {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    /** A proxy that says more than this before it leads on is none. */
    private static final int MOST_SAID = 16 * 1024;

    private final Wire wire;
    private final ProtocolIOSession channel;
    private final HttpConnection connection;
    private final ConnectionSetUp setUp;
    private final IOEventHandler then;
    private final @Nullable ProxyTalk talk;
    private final ByteBuffer said;

    private ByteBuffer unsent = NOTHING;
    private boolean isOver;

    TunnelEvents(
            Wire wire,
            ProtocolIOSession channel,
            HttpConnection connection,
            ConnectionSetUp setUp,
            IOEventHandler then) {
        this.wire = wire;
        this.channel = channel;
        this.connection = connection;
        this.setUp = setUp;
        this.then = then;
        this.talk = setUp.newTalk();
        this.said = talk == null ? NOTHING : ByteBuffer.allocate(MOST_SAID);
    }

    /** Called once TCP is up, and again when TLS is. */
    @Override
    public void connected(IOSession session) throws IOException {
        if (isOver) {
            channel.upgrade(then);
            then.connected(session);
            return;
        }
        byte[] line = setUp.sourceLine(
                (InetSocketAddress) session.getLocalAddress(), (InetSocketAddress) session.getRemoteAddress());
        byte[] opening = talk == null ? ProxyTalk.DONE : talk.opening();
        unsent = ByteBuffer.allocate(line.length + opening.length)
                .put(line)
                .put(opening)
                .flip();
        send(session);
    }

    private void send(IOSession session) throws IOException {
        session.write(unsent);
        if (unsent.hasRemaining()) {
            session.setEvent(SelectionKey.OP_WRITE);
            return;
        }
        session.clearEvent(SelectionKey.OP_WRITE);
        if (talk == null) {
            leadOn(session);
        }
    }

    @Override
    public void outputReady(IOSession session) throws IOException {
        if (!isOver) {
            send(session);
        }
    }

    @Override
    public void inputReady(IOSession session, @Nullable ByteBuffer unused) throws IOException {
        ProxyTalk mine = talk;
        if (isOver || mine == null) {
            return;
        }
        if (session.read(said) < 0) {
            fail(session, new ConnectionClosedException("closed"));
            return;
        }
        said.flip();
        byte[] next;
        try {
            next = mine.heard(said);
        } catch (ProxyRefusedException e) {
            fail(session, e);
            return;
        }
        said.compact();
        if (next == null) {
            if (!said.hasRemaining()) {
                fail(session, mine.notUnderstood("it talks without end"));
            }
        } else if (next != ProxyTalk.DONE) {
            unsent = ByteBuffer.wrap(next);
            send(session);
        } else if (said.position() > 0) {
            fail(session, mine.notUnderstood("it talks on when it should lead on"));
        } else {
            leadOn(session);
        }
    }

    private void leadOn(IOSession session) throws IOException {
        isOver = true;
        setUp.tunnelled();
        if (connection.origin().secure()) {
            wire.startTls(channel, connection); // and is connected again
        } else {
            connected(session);
        }
    }

    private void fail(IOSession session, Exception cause) {
        isOver = true;
        connection.setUpFailed(cause);
        session.close(CloseMode.IMMEDIATE);
    }

    @Override
    public void timeout(IOSession session, Timeout timeout) {}

    @Override
    public void exception(IOSession session, Exception cause) {
        fail(session, cause);
    }

    @Override
    public void disconnected(IOSession session) {
        connection.disconnected();
    }
}
