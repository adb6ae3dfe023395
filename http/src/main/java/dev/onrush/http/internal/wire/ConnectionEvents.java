package dev.onrush.http.internal.wire;

import java.io.IOException;
import java.nio.ByteBuffer;

import org.apache.hc.core5.http.impl.nio.ClientHttp1IOEventHandler;
import org.apache.hc.core5.http.impl.nio.ClientHttp1StreamDuplexer;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.util.Timeout;

/**
 * HttpCore's events of one connection: passed on to its protocol, and what concerns the connection itself to that. On a plain
 * connection each event is a turn of the I/O thread, see {@link DirectSession}.
 */
final class ConnectionEvents extends ClientHttp1IOEventHandler {
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
            event.happen();
            return;
        }
        direct.beginTurn();
        boolean goesOn = false;
        try {
            event.happen();
            goesOn = true;
        } finally {
            if (goesOn) {
                direct.endTurn(this);
            } else {
                direct.leaveTurn();
            }
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
    public void inputReady(IOSession session, ByteBuffer source) throws IOException {
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
            }
            super.exception(session, cause);
            connection.failed(cause);
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
