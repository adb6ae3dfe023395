package dev.onrush.http.internal.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.charset.StandardCharsets;

import org.apache.hc.core5.http2.impl.nio.ClientH2IOEventHandler;
import org.apache.hc.core5.http2.impl.nio.ClientH2StreamMultiplexer;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOSession;
import org.jspecify.annotations.Nullable;

/** HttpCore's events of one connection of HTTP/2: passed on to its streams, and what concerns the connection itself to that. */
final class Http2Events extends ClientH2IOEventHandler {
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private static final int FRAME_HEAD_BYTES = 9;
    private static final int STREAM_AT = 5;

    private final Wire wire;
    private final HttpConnection connection;
    private final Http2Connection streams;
    private final ByteBuffer preface = ByteBuffer.wrap(PREFACE);
    private boolean isBegun;

    Http2Events(Wire wire, HttpConnection connection, Http2Connection streams, ClientH2StreamMultiplexer multiplexer) {
        super(multiplexer);
        this.wire = wire;
        this.connection = connection;
        this.streams = streams;
    }

    @Override
    public void connected(IOSession session) throws IOException {
        wire.connectionOpened();
        begin(session);
    }

    /** Nothing comes before the preface; TLS may not take it yet, if its handshake is still on its way out. */
    private boolean begin(IOSession session) throws IOException {
        if (!isBegun) {
            session.write(preface);
            if (preface.hasRemaining()) {
                session.setEvent(SelectionKey.OP_WRITE);
                return false;
            }
            isBegun = true;
            super.connected(session);
        }
        return true;
    }

    private interface Event {
        void happen() throws IOException;
    }

    /** An error costs this connection, not the I/O thread and all the others on it. */
    private void guard(IOSession session, Event event) throws IOException {
        try {
            event.happen();
        } catch (UncheckedIOException e) { // of the streams, which may not throw another one
            throw e.getCause();
        } catch (OutOfMemoryError e) {
            wire.environment().outOfMemory();
            broke(session, e);
        } catch (StackOverflowError e) {
            broke(session, e);
        }
    }

    /** HttpCore resets a stream that was given up when something comes on it, and not before: so something comes. */
    private void resetGivenUp(IOSession session) throws IOException {
        while (streams.hasGivenUp() && isBetweenFrames()) {
            int number = streams.nextGivenUp();
            if (number > 0) {
                super.inputReady(session, emptyData(number));
            }
        }
    }

    private boolean isBetweenFrames() {
        return getEndpointDetails().getReceivedBytesCount() == streams.receivedBytes();
    }

    /** A frame of no bytes and without an end. */
    private static ByteBuffer emptyData(int stream) {
        return ByteBuffer.allocate(FRAME_HEAD_BYTES).putInt(STREAM_AT, stream);
    }

    private void broke(IOSession session, Error cause) {
        super.exception(session, new IOException(cause));
        session.close(CloseMode.IMMEDIATE);
    }

    @Override
    public void inputReady(IOSession session, @Nullable ByteBuffer source) throws IOException {
        guard(session, () -> {
            if (begin(session)) {
                super.inputReady(session, source);
                resetGivenUp(session);
            }
        });
    }

    @Override
    public void outputReady(IOSession session) throws IOException {
        guard(session, () -> {
            if (begin(session)) {
                super.outputReady(session);
                resetGivenUp(session);
            }
        });
    }

    @Override
    public void exception(IOSession session, Exception cause) {
        super.exception(session, cause);
        session.close(CloseMode.IMMEDIATE);
    }

    @Override
    public void disconnected(IOSession session) {
        wire.connectionClosed();
        super.disconnected(session);
        streams.disconnected();
        connection.disconnected();
    }
}
