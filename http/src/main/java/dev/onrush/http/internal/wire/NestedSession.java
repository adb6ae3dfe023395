package dev.onrush.http.internal.wire;

import java.io.IOException;
import java.nio.ByteBuffer;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.reactor.IOEventHandler;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.reactor.ProtocolIOSession;
import org.apache.hc.core5.reactor.ssl.SSLBufferMode;
import org.apache.hc.core5.reactor.ssl.SSLIOSession;
import org.apache.hc.core5.reactor.ssl.SSLMode;
import org.apache.hc.core5.reactor.ssl.SSLSessionInitializer;
import org.apache.hc.core5.reactor.ssl.SSLSessionVerifier;
import org.apache.hc.core5.reactor.ssl.TlsDetails;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * A session with TLS to the target inside the TLS of a proxy; until that begins, the session with the proxy. HttpCore has room for one
 * layer of TLS on a channel: the second stands here, and lives on what the first lets through.
 */
final class NestedSession extends ForwardingSession implements ProtocolIOSession {
    private final ProtocolIOSession outer;
    private volatile @Nullable SSLIOSession inner;

    /** @param outer under TLS by the time {@link #startTls} is called */
    NestedSession(ProtocolIOSession outer) {
        this.outer = outer;
    }

    @Override
    IOSession session() {
        SSLIOSession own = inner;
        return own == null ? outer : own;
    }

    @Override
    public void startTls(
            SSLContext context,
            NamedEndpoint endpoint,
            SSLBufferMode buffers,
            SSLSessionInitializer initializer,
            SSLSessionVerifier verifier,
            Timeout handshakeTimeout) {
        Below below = new Below(outer);
        SSLIOSession own = new SSLIOSession(
                endpoint,
                below,
                SSLMode.CLIENT,
                context,
                buffers,
                initializer,
                verifier,
                handshakeTimeout,
                null,
                null,
                null);
        below.above = own;
        inner = own;
        outer.upgrade(below);
        try {
            own.beginHandshake(own);
        } catch (IOException | RuntimeException e) {
            own.getHandler().exception(own, e);
        }
    }

    @Override
    public @Nullable TlsDetails getTlsDetails() {
        SSLIOSession own = inner;
        return own == null ? outer.getTlsDetails() : own.getTlsDetails();
    }

    @Override
    public NamedEndpoint getInitialEndpoint() {
        return outer.getInitialEndpoint();
    }

    /** At once: a session under TLS would keep it for itself. */
    @Override
    public void setSocketTimeout(Timeout timeout) {
        outer.setSocketTimeout(timeout);
    }

    /** What the inner TLS takes for its socket: it reads what the outer one has decrypted, and its events are those of the outer one. */
    private static final class Below extends ForwardingSession implements IOEventHandler {
        private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

        private final ProtocolIOSession outer;
        /** Of who uses the inner TLS. */
        private volatile IOEventHandler handler;

        private @Nullable SSLIOSession above;
        private ByteBuffer decrypted = NOTHING;

        Below(ProtocolIOSession outer) {
            this.outer = outer;
            this.handler = outer.getHandler();
        }

        @Override
        IOSession session() {
            return outer;
        }

        @Override
        public IOEventHandler getHandler() {
            return handler;
        }

        @Override
        public void upgrade(IOEventHandler next) {
            handler = next;
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            int most = Math.min(decrypted.remaining(), target.remaining());
            if (!decrypted.hasRemaining()) {
                return outer.read(target); // nothing, or the end
            }
            target.put(decrypted.slice(decrypted.position(), most));
            decrypted.position(decrypted.position() + most);
            return most;
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            return source.hasRemaining() ? outer.write(source) : 0; // of nothing TLS would make a record
        }

        private SSLIOSession above() {
            SSLIOSession its = above;
            if (its == null) {
                throw new IllegalStateException("an event before its session");
            }
            return its;
        }

        /** The outer TLS keeps nothing of what it hands out: all of it is taken now. */
        @Override
        public void inputReady(IOSession session, @Nullable ByteBuffer source) throws IOException {
            SSLIOSession its = above();
            ByteBuffer all = source == null ? NOTHING : source;
            decrypted = all;
            try {
                int left;
                do {
                    left = all.remaining();
                    its.getHandler().inputReady(its, null);
                } while (all.hasRemaining() && all.remaining() < left);
            } finally {
                decrypted = NOTHING;
            }
            if (all.hasRemaining() && its.isOpen()) {
                throw new SSLException("what the proxy lets through does not fit into a record of TLS");
            }
        }

        @Override
        public void connected(IOSession session) {}

        @Override
        public void outputReady(IOSession session) throws IOException {
            above().getHandler().outputReady(above());
        }

        @Override
        public void timeout(IOSession session, Timeout timeout) throws IOException {
            above().getHandler().timeout(above(), timeout);
        }

        @Override
        public void exception(IOSession session, Exception cause) {
            above().getHandler().exception(above(), cause);
        }

        @Override
        public void disconnected(IOSession session) {
            above().getHandler().disconnected(above());
        }
    }
}
