package dev.onrush.http.internal.wire;

import java.io.IOException;
import java.nio.ByteBuffer;

import org.apache.hc.core5.http.impl.nio.ClientHttp1IOEventHandler;
import org.apache.hc.core5.http.impl.nio.ClientHttp1StreamDuplexer;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * HttpCore's events of one connection: passed on to its protocol, and what concerns the connection itself to that. On a plain
 * connection each event is a turn of the I/O thread, see {@link DirectSession}.
 */
final class ConnectionEvents extends ClientHttp1IOEventHandler {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Wire wire;
    private final HttpConnection connection;

    ConnectionEvents(Wire wire, HttpConnection connection, ClientHttp1StreamDuplexer duplexer) {
        super(duplexer);
        this.wire = wire;
        this.connection = connection;
    }

    /** An event that lets the protocol go on. */
    private interface Event {
        void happen() throws IOException;
    }

    private void turn(IOSession session, Event event) throws IOException {
        if (!(session instanceof DirectSession direct)) {
            happen(session, event);
            leave(session);
            return;
        }
        direct.beginTurn();
        boolean goesOn = false;
        try {
            happen(session, event);
            goesOn = true;
        } finally {
            if (goesOn) {
                direct.endTurn(this);
            } else {
                direct.leaveTurn();
            }
        }
    }

    private void happen(IOSession session, Event event) throws IOException {
        try {
            event.happen();
        } catch (OutOfMemoryError e) {
            wire.environment().outOfMemory();
            broke(session, e);
        } catch (StackOverflowError e) {
            broke(session, e);
        }
    }

    /** Costs this connection, not the I/O thread and all the others on it: they would fail as if the target had done it. */
    private void broke(IOSession session, Error cause) {
        connection.exchanges().failed(new IOException(cause));
        session.close(CloseMode.IMMEDIATE);
    }

    /** The peer has ended TLS and nobody waits for more: HttpCore would keep the socket until somebody touches it. */
    private void leave(IOSession session) throws IOException {
        if (connection.isDone() && session.read(NOTHING) < 0) {
            session.close(CloseMode.IMMEDIATE);
        }
    }

    /** Who refuses a body may say so and leave; then writing fails while the answer is still to be read. */
    private void readLastWords(IOSession session) {
        try {
            super.inputReady(session, null);
        } catch (IOException | RuntimeException e) {
            // There were none.
        }
    }

    /** Within a turn: the protocol writes and takes its next command. */
    void output(IOSession session) throws IOException {
        super.outputReady(session);
    }

    @Override
    public void connected(IOSession session) throws IOException {
        turn(session, () -> {
            super.connected(session);
            connection.up();
            if (connection.isUp()) {
                wire.connectionOpened();
            } else {
                // Given up while it was connecting: it may not know its session, so nobody else would close it.
                session.close(CloseMode.IMMEDIATE);
            }
        });
    }

    @Override
    public void inputReady(IOSession session, @Nullable ByteBuffer source) throws IOException {
        turn(session, () -> super.inputReady(session, source));
    }

    @Override
    public void outputReady(IOSession session) throws IOException {
        turn(session, () -> super.outputReady(session));
    }

    @Override
    public void timeout(IOSession session, Timeout timeout) throws IOException {
        turn(session, () -> super.timeout(session, timeout));
    }

    @Override
    public void exception(IOSession session, Exception cause) {
        lastTurn(session, () -> {
            if (!connection.isUp()) {
                connection.setUpFailed(cause);
            } else if (cause instanceof IOException && connection.exchanges().isSending()) {
                readLastWords(session);
            }
            super.exception(session, cause);
            connection.exchanges().failed(cause);
            if (connection.isUnderTls()) {
                session.close(CloseMode.IMMEDIATE); // politely it would stay until the peer says goodbye
            }
        });
    }

    @Override
    public void disconnected(IOSession session) {
        lastTurn(session, () -> {
            if (connection.isUp()) {
                wire.connectionClosed();
            }
            super.disconnected(session);
            connection.disconnected();
        });
    }

    private static void lastTurn(IOSession session, Runnable event) {
        if (!(session instanceof DirectSession direct)) {
            event.run();
            return;
        }
        direct.beginTurn();
        try {
            event.run();
        } finally {
            direct.leaveTurn();
        }
    }
}
