package dev.onrush.testkit;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

import org.jspecify.annotations.Nullable;

/** One accepted connection: one request after the other, each answered before the next is read. Loop thread only. */
final class TruthConnection {
    private static final int BUFFER_BYTES = 4096;
    private static final byte[] ZEROS = new byte[64 * 1024];
    private static final byte[] CONTINUE = {
        'H', 'T', 'T', 'P', '/', '1', '.', '1', ' ', '1', '0', '0', ' ', 'C', 'o', 'n', 't', 'i', 'n', 'u', 'e', '\r',
        '\n', '\r', '\n'
    };
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final TruthLoop loop;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final Wire wire;
    private final long number;
    private final RequestParser parser;
    private final ByteBuffer in = ByteBuffer.allocate(BUFFER_BYTES);
    private ByteBuffer out = NOTHING;
    private long zerosLeft;
    private Ledger.@Nullable Row row;
    private @Nullable TruthResponse sending;
    /** True from the arrival of a whole request until its answer has left. */
    private boolean busy;

    private boolean keepAlive;
    private boolean inputEnded;
    private boolean closed;
    /** True while {@link #pump} is on the stack: an answer given at once must not start another. */
    private boolean pumping;

    private long idleSinceNanos;

    TruthConnection(TruthLoop loop, SocketChannel channel, SelectionKey key, Wire wire, long number) {
        this.loop = loop;
        this.channel = channel;
        this.key = key;
        this.wire = wire;
        this.number = number;
        this.parser = new RequestParser(loop.setup().bodyLimitBytes());
        this.idleSinceNanos = System.nanoTime();
    }

    void ready() {
        try {
            if (key.isWritable()) {
                flush();
            }
            if (!closed && key.isReadable()) {
                pump();
            }
            interest();
        } catch (IOException e) {
            close();
        }
    }

    /** Sends the answer of the pending request; called by the loop when it is due. */
    void answer(TruthResponse response) {
        if (closed) {
            return;
        }
        if (response.end() == TruthResponse.End.RESET) {
            reset();
            return;
        }
        try {
            var pending = pending();
            boolean bodyAllowed = !pending.isHead();
            sending = response;
            out = ByteBuffer.wrap(response.encode(bodyAllowed, pending.id()));
            zerosLeft = bodyAllowed ? response.zeroBytes() : 0;
            flush();
            if (!closed && !busy && !pumping) {
                pump();
            }
            interest();
        } catch (IOException e) {
            close();
        }
    }

    /** Nanoseconds since the last answer; 0 while a request is under way. */
    long idleNanos(long nowNanos) {
        return busy || row != null ? 0 : nowNanos - idleSinceNanos;
    }

    void close() {
        if (!closed) {
            closed = true;
            wire.end();
            closeChannel();
        }
    }

    void reset() {
        if (!closed) {
            closed = true;
            try {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            } catch (IOException e) {
                // Already closed by the client: nothing is left to reset.
            }
            closeChannel();
        }
    }

    private void closeChannel() {
        try {
            channel.close();
        } catch (IOException e) {
            // Closing is all that was wanted.
        }
        loop.forget(this);
    }

    private Ledger.Row pending() {
        if (row == null) {
            throw new IllegalStateException("no request is pending on connection " + number);
        }
        return row;
    }

    private void pump() throws IOException {
        pumping = true;
        try {
            readOn();
        } finally {
            pumping = false;
        }
    }

    /** Reads and handles what is there. */
    private void readOn() throws IOException {
        while (!closed) {
            parse();
            if (closed || inputEnded || !in.hasRemaining()) {
                return;
            }
            int count = wire.read(in);
            if (count < 0) {
                inputEnded = true;
                boolean hopeless = !busy || loop.isNever(this);
                if (hopeless) {
                    close();
                }
                return;
            }
            if (count == 0) {
                return;
            }
            if (!wire.hasBuffered() && in.hasRemaining()) {
                parse();
                return;
            }
        }
    }

    private void parse() throws IOException {
        while (!busy && !closed && in.position() > 0) {
            in.flip();
            RequestParser.Step step = parser.advance(in);
            in.compact();
            if (row != null && parser.bodyBytes() > 0) {
                row.received(parser.bodyBytes());
            }
            switch (step) {
                case NEEDS_MORE -> {
                    return;
                }
                case HEAD_DONE -> {
                    row = loop.arrived(parser.head(), number);
                    if (parser.head().expectsContinue()) {
                        out = ByteBuffer.wrap(CONTINUE);
                        wire.write(out);
                    }
                    if (in.position() == 0) {
                        // A request without a body is whole with its head: no further byte will wake us.
                        in.flip();
                        step = parser.advance(in);
                        in.compact();
                        if (step == RequestParser.Step.REQUEST_DONE) {
                            handle();
                        }
                    }
                }
                case REQUEST_DONE -> handle();
                case MALFORMED -> {
                    loop.malformed();
                    keepAlive = false;
                    busy = true;
                    sending = TruthResponse.status(400).close();
                    out = ByteBuffer.wrap(sending.encode(true, null));
                    flush();
                    return;
                }
                default -> throw new IllegalStateException(step.name());
            }
        }
    }

    private void handle() {
        busy = true;
        keepAlive = parser.head().keepAlive();
        long arrivalNanos = pending().arrivalNanos();
        loop.handle(this, parser.request(arrivalNanos, number));
    }

    private void flush() throws IOException {
        long handedOverNanos;
        while (true) {
            int before = out.remaining();
            // Taken before the bytes go: a client may have them before this thread runs on.
            handedOverNanos = System.nanoTime();
            boolean gone = wire.write(out);
            if (row != null && sending != null) {
                row.sent(before - out.remaining());
            }
            if (!gone) {
                return;
            }
            if (zerosLeft == 0) {
                break;
            }
            out = ByteBuffer.wrap(ZEROS, 0, (int) Math.min(zerosLeft, ZEROS.length));
            zerosLeft -= out.remaining();
        }
        if (sending != null) {
            answered(sending, handedOverNanos);
        }
    }

    private void answered(TruthResponse response, long nowNanos) {
        if (row != null) {
            row.answered(response.status(), nowNanos);
            loop.finished();
        }
        row = null;
        sending = null;
        busy = false;
        idleSinceNanos = nowNanos;
        if (!keepAlive || inputEnded || response.end() == TruthResponse.End.CLOSE) {
            close();
        }
    }

    private void interest() {
        if (!closed && key.isValid()) {
            boolean writes = out.hasRemaining() || wire.wantsWrite();
            boolean reads = !inputEnded && in.hasRemaining();
            int ops = (writes ? SelectionKey.OP_WRITE : 0) | (reads ? SelectionKey.OP_READ : 0);
            if (key.interestOps() != ops) {
                key.interestOps(ops);
            }
        }
    }
}
