package dev.onrush.testkit;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server of HTTP/2 in clear that sends the frames a test wants, right or wrong. Each connection has a thread that plays the part.
 */
public final class FrameServer implements AutoCloseable {
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    public static final int DATA = 0;
    public static final int HEADERS = 1;
    public static final int RST_STREAM = 3;
    public static final int SETTINGS = 4;
    public static final int PING = 6;
    public static final int GOAWAY = 7;
    public static final int WINDOW_UPDATE = 8;
    public static final int CONTINUATION = 9;

    public static final int PUSH_PROMISE = 5;

    /** Who does not read is to be felt soon. */
    private static final int RECEIVE_BUFFER_BYTES = 16 * 1024;

    private static final int ACK = 1;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;

    private final ServerSocket listener;
    private final Part part;
    private final Thread thread;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();

    /** What is done on a connection, the preface of the client having been read. */
    @FunctionalInterface
    public interface Part {
        void play(Peer peer) throws IOException;
    }

    /** One frame as it came. */
    public record Frame(int type, int flags, int stream, byte[] payload) {
        public boolean endsStream() {
            return (flags & END_STREAM) != 0;
        }
    }

    private FrameServer(Part part) {
        this.part = part;
        try {
            listener = new ServerSocket();
            listener.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
            listener.bind(Loopback.socket("127.0.0.1", 0));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen", e);
        }
        thread = Daemon.thread(this::accept, "frame-server");
        thread.start();
    }

    public static FrameServer start(Part part) {
        return new FrameServer(part);
    }

    public int port() {
        return listener.getLocalPort();
    }

    public int connectionsAccepted() {
        return accepted.get();
    }

    @Override
    public void close() {
        Closing.quietly(listener);
        open.forEach(Closing::quietly);
        Closing.join(thread);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                open.add(client);
                accepted.incrementAndGet();
                Daemon.thread(() -> serve(client), "frame-server-client").start();
            } catch (IOException e) {
                // It is being closed.
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            var peer = new Peer(client);
            if (!Arrays.equals(peer.in.readNBytes(PREFACE.length), PREFACE)) {
                return;
            }
            part.play(peer);
        } catch (IOException e) {
            // The client has left.
        } finally {
            open.remove(client);
        }
    }

    /** The other end. For the thread that plays the part. */
    public static final class Peer {
        private final DataInputStream in;
        private final DataOutputStream out;

        private Peer(Socket client) throws IOException {
            in = new DataInputStream(client.getInputStream());
            out = new DataOutputStream(client.getOutputStream());
        }

        /** The next frame; settings and pings are acknowledged, which is what frames of theirs are for. */
        public Frame next() throws IOException {
            int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            var frame = new Frame(in.readUnsignedByte(), in.readUnsignedByte(), in.readInt(), in.readNBytes(length));
            if (frame.payload.length < length) {
                throw new EOFException();
            }
            if (frame.type == SETTINGS && (frame.flags & ACK) == 0) {
                send(SETTINGS, ACK, 0);
            } else if (frame.type == PING && (frame.flags & ACK) == 0) {
                send(PING, ACK, 0, frame.payload);
            }
            return frame;
        }

        /** The stream of the next request; frames before it are passed over. */
        public int request() throws IOException {
            Frame frame = next();
            while (frame.type != HEADERS) {
                frame = next();
            }
            return frame.stream;
        }

        /** Reads on, on a thread of its own, whatever comes. */
        public Peer drain() {
            Daemon.thread(
                            () -> {
                                try {
                                    in.transferTo(OutputStream.nullOutputStream());
                                } catch (IOException e) {
                                    // The client has left.
                                }
                            },
                            "frame-server-drain")
                    .start();
            return this;
        }

        /** Returns once the client has answered a ping, and so has done whatever frames before it made it do; gives what came meanwhile. */
        public List<Frame> pingPong() throws IOException {
            send(PING, 0, 0, new byte[8]);
            var before = new ArrayList<Frame>();
            Frame frame = next();
            while (frame.type != PING || (frame.flags & ACK) == 0) {
                before.add(frame);
                frame = next();
            }
            return before;
        }

        /** Until the client leaves. */
        public void listen() throws IOException {
            while (true) {
                next();
            }
        }

        public Peer send(int type, int flags, int stream, byte... payload) throws IOException {
            return sendTimes(1, type, flags, stream, payload);
        }

        private static byte[] frame(int type, int flags, int stream, byte... payload) {
            var frame = new byte[9 + payload.length];
            frame[0] = (byte) (payload.length >> 16);
            frame[1] = (byte) (payload.length >> 8);
            frame[2] = (byte) payload.length;
            frame[3] = (byte) type;
            frame[4] = (byte) flags;
            System.arraycopy(four(stream), 0, frame, 5, 4);
            System.arraycopy(payload, 0, frame, 9, payload.length);
            return frame;
        }

        /** The same frame again and again, in one write. */
        public Peer sendTimes(int times, int type, int flags, int stream, byte... payload) throws IOException {
            byte[] frame = frame(type, flags, stream, payload);
            var all = new byte[times * frame.length];
            for (int i = 0; i < times; i++) {
                System.arraycopy(frame, 0, all, i * frame.length, frame.length);
            }
            out.write(all);
            out.flush();
            return this;
        }

        private static byte[] four(int number) {
            return new byte[] {(byte) (number >> 24), (byte) (number >> 16), (byte) (number >> 8), (byte) number};
        }

        /** Pairs of setting and value. */
        public Peer settings(int... pairs) throws IOException {
            var payload = new byte[pairs.length / 2 * 6];
            for (int i = 0; i < pairs.length / 2; i++) {
                payload[i * 6] = (byte) (pairs[2 * i] >> 8);
                payload[i * 6 + 1] = (byte) pairs[2 * i];
                System.arraycopy(four(pairs[2 * i + 1]), 0, payload, i * 6 + 2, 4);
            }
            return send(SETTINGS, 0, 0, payload);
        }

        /** Status 200 and no other header. */
        public Peer headers(int stream, boolean isLast) throws IOException {
            return send(HEADERS, END_HEADERS | (isLast ? END_STREAM : 0), stream, (byte) 0x88);
        }

        public Peer data(int stream, String text, boolean isLast) throws IOException {
            return send(DATA, isLast ? END_STREAM : 0, stream, text.getBytes(StandardCharsets.UTF_8));
        }

        /** A whole answer with that body. */
        public Peer answer(int stream, String text) throws IOException {
            return headers(stream, false).data(stream, text, true);
        }

        public Peer reset(int stream, int code) throws IOException {
            return send(RST_STREAM, 0, stream, four(code));
        }

        public Peer goAway(int lastStream, int code) throws IOException {
            var payload = new byte[8];
            System.arraycopy(four(lastStream), 0, payload, 0, 4);
            System.arraycopy(four(code), 0, payload, 4, 4);
            return send(GOAWAY, 0, 0, payload);
        }
    }
}
