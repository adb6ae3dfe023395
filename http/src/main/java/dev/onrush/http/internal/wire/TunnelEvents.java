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
 * HttpCore's events of one connection before its own protocol begins: the peer is told the client's address, TLS with a proxy begins if
 * that wants it, and the proxy is asked to lead on. Then TLS begins, if the target wants it, and the connection's own events follow.
 */
final class TunnelEvents implements IOEventHandler {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    /** A proxy that says more than this before it leads on is none. */
    private static final int MOST_SAID = 16 * 1024;

    /** What is going on, in this order; not all of it on each connection. */
    private enum Step {
        SOURCE,
        PROXY_HANDSHAKE,
        TALK,
        OVER
    }

    private final Wire wire;
    private final ProtocolIOSession peer;
    private final ProtocolIOSession target;
    private final HttpConnection connection;
    private final ConnectionSetUp setUp;
    private final IOEventHandler then;
    private final @Nullable ProxyTalk talk;
    private final ByteBuffer said;

    private Step step = Step.SOURCE;
    private ByteBuffer unsent = NOTHING;

    /**
     * @param peer with the proxy, if there is one
     * @param target the same, or what lies inside it
     */
    TunnelEvents(
            Wire wire,
            ProtocolIOSession peer,
            ProtocolIOSession target,
            HttpConnection connection,
            ConnectionSetUp setUp,
            IOEventHandler then) {
        this.wire = wire;
        this.peer = peer;
        this.target = target;
        this.connection = connection;
        this.setUp = setUp;
        this.then = then;
        this.talk = setUp.newTalk();
        this.said = talk == null ? NOTHING : ByteBuffer.allocate(MOST_SAID);
    }

    /** Called once TCP is up, and again as often as TLS is. */
    @Override
    public void connected(IOSession session) throws IOException {
        switch (step) {
            case SOURCE ->
                say(session, setUp.sourceLine((InetSocketAddress) session.getLocalAddress(), (InetSocketAddress)
                        session.getRemoteAddress()));
            case PROXY_HANDSHAKE -> {
                setUp.proxySecured();
                talk(session);
            }
            case TALK -> throw new IllegalStateException("connected while the proxy is asked");
            case OVER -> {
                target.upgrade(then);
                then.connected(session);
            }
        }
    }

    private void say(IOSession session, byte[] bytes) throws IOException {
        unsent = ByteBuffer.wrap(bytes);
        send(session);
    }

    private void send(IOSession session) throws IOException {
        if (unsent.hasRemaining()) {
            session.write(unsent);
        }
        if (unsent.hasRemaining()) {
            session.setEvent(SelectionKey.OP_WRITE);
            return;
        }
        session.clearEvent(SelectionKey.OP_WRITE);
        if (step == Step.SOURCE) {
            sourceTold(session);
        }
    }

    private void sourceTold(IOSession session) throws IOException {
        ProxyServer secured = setUp.securedProxy();
        if (secured == null) {
            talk(session);
        } else {
            step = Step.PROXY_HANDSHAKE;
            setUp.proxyHandshake();
            wire.startTls(peer, connection, secured); // and is connected again
        }
    }

    private void talk(IOSession session) throws IOException {
        ProxyTalk mine = talk;
        if (mine == null) {
            leadOn(session);
        } else {
            step = Step.TALK;
            say(session, mine.opening());
        }
    }

    @Override
    public void outputReady(IOSession session) throws IOException {
        if (step == Step.SOURCE || step == Step.TALK) {
            send(session);
        }
    }

    @Override
    public void inputReady(IOSession session, @Nullable ByteBuffer source) throws IOException {
        ProxyTalk mine = talk;
        if (step != Step.TALK || mine == null) {
            return;
        }
        if (isEnd(session, source)) {
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
            say(session, next);
        } else if (said.position() > 0) {
            fail(session, mine.notUnderstood("it talks on when it should lead on"));
        } else {
            leadOn(session);
        }
    }

    /** Takes what has come, as far as there is room; whether nothing more will. */
    private boolean isEnd(IOSession session, @Nullable ByteBuffer source) throws IOException {
        if (source == null) {
            return session.read(said) < 0;
        }
        int most = Math.min(source.remaining(), said.remaining());
        said.put(source.slice(source.position(), most));
        return false;
    }

    private void leadOn(IOSession session) throws IOException {
        step = Step.OVER;
        setUp.tunnelled();
        if (connection.origin().secure()) {
            connection.session(target);
            wire.startTls(target, connection); // and is connected again
        } else {
            connected(session);
        }
    }

    private void fail(IOSession session, Exception cause) {
        step = Step.OVER;
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
