package dev.onrush.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** TLS over a non-blocking socket, server side. Delegated tasks run on the calling thread. */
final class TlsWire implements Wire {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SocketChannel channel;
    private final SSLEngine engine;
    /** In write mode between calls. */
    private final ByteBuffer sealedIn;

    /** In read mode between calls. */
    private final ByteBuffer sealedOut;

    /** In read mode between calls. */
    private final ByteBuffer clearIn;

    private boolean ended;

    TlsWire(SocketChannel channel, SSLEngine engine) {
        this.channel = channel;
        this.engine = engine;
        int packet = engine.getSession().getPacketBufferSize();
        this.sealedIn = ByteBuffer.allocate(packet);
        this.sealedOut = ByteBuffer.allocate(packet * 2).limit(0);
        this.clearIn = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize())
                .limit(0);
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        int total = 0;
        while (into.hasRemaining()) {
            if (clearIn.hasRemaining()) {
                int count = Math.min(into.remaining(), clearIn.remaining());
                into.put(clearIn.slice(clearIn.position(), count));
                clearIn.position(clearIn.position() + count);
                total += count;
                continue;
            }
            if (ended) {
                return total > 0 ? total : -1;
            }
            if (!unwrap()) {
                break;
            }
        }
        return total > 0 || !ended ? total : -1;
    }

    /** Opens one record, reading from the socket when there is none; false when there is nothing to open. */
    private boolean unwrap() throws IOException {
        sealedIn.flip();
        clearIn.clear();
        SSLEngineResult result;
        try {
            result = engine.unwrap(sealedIn, clearIn);
        } finally {
            sealedIn.compact();
            clearIn.flip();
        }
        switch (result.getStatus()) {
            case CLOSED -> ended = true;
            case BUFFER_UNDERFLOW -> {
                int count = channel.read(sealedIn);
                if (count < 0) {
                    ended = true;
                }
                return count != 0;
            }
            default -> settle(result.getHandshakeStatus());
        }
        return !flushBlocked() || clearIn.hasRemaining();
    }

    /** Does the handshake's share that needs no further input. */
    private void settle(HandshakeStatus first) throws IOException {
        HandshakeStatus status = first;
        while (true) {
            if (status == HandshakeStatus.NEED_TASK) {
                for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                    task.run();
                }
                status = engine.getHandshakeStatus();
            } else if (status == HandshakeStatus.NEED_WRAP) {
                status = wrap(NOTHING.duplicate()).getHandshakeStatus();
                flush();
            } else {
                return;
            }
        }
    }

    private SSLEngineResult wrap(ByteBuffer from) throws SSLException {
        sealedOut.compact();
        try {
            return engine.wrap(from, sealedOut);
        } finally {
            sealedOut.flip();
        }
    }

    private boolean flush() throws IOException {
        if (sealedOut.hasRemaining()) {
            channel.write(sealedOut);
        }
        return !sealedOut.hasRemaining();
    }

    private boolean flushBlocked() throws IOException {
        return !flush();
    }

    @Override
    public boolean write(ByteBuffer from) throws IOException {
        while (flush()) {
            if (!from.hasRemaining()) {
                return true;
            }
            if (wrap(from).getStatus() == SSLEngineResult.Status.CLOSED) {
                throw new IOException("TLS was closed");
            }
        }
        return false;
    }

    @Override
    public boolean hasBuffered() {
        return clearIn.hasRemaining() || sealedIn.position() > 0;
    }

    @Override
    public boolean wantsWrite() {
        return sealedOut.hasRemaining();
    }

    /** Sends the pending alert or close_notify as far as the socket takes it. */
    @Override
    public void end() {
        // A failed handshake is reported by the next wraps before its alert comes out of a later one.
        for (int i = 0; i < 4; i++) {
            try {
                engine.closeOutbound();
                wrap(NOTHING.duplicate());
            } catch (SSLException e) {
                // Known already: it is why the connection ends.
            }
        }
        try {
            flush();
        } catch (IOException e) {
            // The client has left already: there is no one to say goodbye to.
        }
    }
}
