package dev.onrush.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** The bytes of one non-blocking connection, in clear or under TLS. Not thread-safe. */
interface Wire {
    /** Reads what is there; 0 when nothing is, -1 at the end. */
    int read(ByteBuffer into) throws IOException;

    /** Writes what the system takes; true when everything has left. Also moves a handshake on. */
    boolean write(ByteBuffer from) throws IOException;

    /** True when a read would find bytes although the socket has none. */
    boolean hasBuffered();

    /** True when bytes of its own wait for the socket. */
    boolean wantsWrite();

    /** Says goodbye where the protocol has a word for it; the socket is closed by the caller. */
    void end();

    /** TCP as it is. */
    record Plain(SocketChannel channel) implements Wire {
        @Override
        public int read(ByteBuffer into) throws IOException {
            return channel.read(into);
        }

        @Override
        public boolean write(ByteBuffer from) throws IOException {
            channel.write(from);
            return !from.hasRemaining();
        }

        @Override
        public boolean hasBuffered() {
            return false;
        }

        @Override
        public boolean wantsWrite() {
            return false;
        }

        @Override
        public void end() {}
    }
}
