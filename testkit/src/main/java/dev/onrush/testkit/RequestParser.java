package dev.onrush.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/** Cuts the bytes of one connection into requests. Not thread-safe. */
final class RequestParser {
    private static final int MOST_HEAD_BYTES = 1 << 20;

    private final int bodyLimitBytes;
    private byte[] line = new byte[512];
    private int lineBytes;
    private State state = State.HEAD;
    private @Nullable RequestHead head;
    private ByteArrayOutputStream body = new ByteArrayOutputStream(0);
    private long bodyBytes;
    private long leftBytes;

    /** What {@link #advance} came to. */
    enum Step {
        NEEDS_MORE,
        HEAD_DONE,
        REQUEST_DONE,
        MALFORMED
    }

    private enum State {
        HEAD,
        BODY,
        CHUNK_SIZE,
        CHUNK_DATA,
        CHUNK_END,
        TRAILER,
        DONE
    }

    RequestParser(int bodyLimitBytes) {
        this.bodyLimitBytes = bodyLimitBytes;
    }

    /** The head read last; null before the first. */
    @Nullable
    RequestHead lastHead() {
        return head;
    }

    /** Reads on; stops after a head and after a whole request, so that the caller sees both instants. */
    Step advance(ByteBuffer in) {
        if (state == State.DONE) {
            startOver();
        }
        while (true) {
            switch (state) {
                case HEAD -> {
                    if (!readHead(in)) {
                        return lineBytes > MOST_HEAD_BYTES ? Step.MALFORMED : Step.NEEDS_MORE;
                    }
                    head = RequestHead.parse(new String(line, 0, lineBytes, StandardCharsets.ISO_8859_1));
                    lineBytes = 0;
                    if (head == null || head.contentLength() < 0) {
                        return Step.MALFORMED;
                    }
                    leftBytes = head.contentLength();
                    state = head.chunked() ? State.CHUNK_SIZE : State.BODY;
                    return Step.HEAD_DONE;
                }
                case BODY -> {
                    take(in);
                    return leftBytes > 0 ? Step.NEEDS_MORE : done();
                }
                case CHUNK_SIZE -> {
                    String size = readLine(in);
                    if (size == null) {
                        return Step.NEEDS_MORE;
                    }
                    try {
                        leftBytes = Long.parseLong(size.split(";", 2)[0].strip(), 16);
                    } catch (NumberFormatException e) {
                        return Step.MALFORMED;
                    }
                    state = leftBytes == 0 ? State.TRAILER : State.CHUNK_DATA;
                }
                case CHUNK_DATA -> {
                    take(in);
                    if (leftBytes > 0) {
                        return Step.NEEDS_MORE;
                    }
                    state = State.CHUNK_END;
                }
                case CHUNK_END -> {
                    if (readLine(in) == null) {
                        return Step.NEEDS_MORE;
                    }
                    state = State.CHUNK_SIZE;
                }
                case TRAILER -> {
                    String trailer = readLine(in);
                    if (trailer == null) {
                        return Step.NEEDS_MORE;
                    }
                    if (trailer.isEmpty()) {
                        return done();
                    }
                }
                default -> throw new IllegalStateException(state.name());
            }
        }
    }

    /** The head last read. */
    RequestHead head() {
        if (head == null) {
            throw new IllegalStateException("no head was read yet");
        }
        return head;
    }

    TruthRequest request(long arrivalNanos, long connection) {
        return new TruthRequest(head(), body.toByteArray(), bodyBytes, arrivalNanos, connection);
    }

    /** Bytes of body read so far. */
    long bodyBytes() {
        return bodyBytes;
    }

    private Step done() {
        state = State.DONE;
        return Step.REQUEST_DONE;
    }

    private void startOver() {
        state = State.HEAD;
        head = null;
        bodyBytes = 0;
        if (body.size() > 0) {
            body = new ByteArrayOutputStream(0);
        }
    }

    /** Gathers bytes until an empty line; empty lines before the request line are left out, as the RFC asks. */
    private boolean readHead(ByteBuffer in) {
        while (in.hasRemaining() && lineBytes <= MOST_HEAD_BYTES) {
            byte b = in.get();
            if (lineBytes == 0 && (b == '\r' || b == '\n')) {
                continue;
            }
            put(b);
            if (b == '\n' && endsWithEmptyLine()) {
                return true;
            }
        }
        return false;
    }

    private boolean endsWithEmptyLine() {
        int i = lineBytes - 2;
        if (i >= 0 && line[i] == '\r') {
            i--;
        }
        return i >= 0 && line[i] == '\n';
    }

    private @Nullable String readLine(ByteBuffer in) {
        while (in.hasRemaining()) {
            byte b = in.get();
            if (b == '\n') {
                String text = new String(line, 0, lineBytes, StandardCharsets.ISO_8859_1).strip();
                lineBytes = 0;
                return text;
            }
            put(b);
        }
        return null;
    }

    private void put(byte b) {
        if (lineBytes == line.length) {
            line = java.util.Arrays.copyOf(line, line.length * 2);
        }
        line[lineBytes++] = b;
    }

    private void take(ByteBuffer in) {
        int count = (int) Math.min(leftBytes, in.remaining());
        int kept = Math.min(count, Math.max(0, bodyLimitBytes - body.size()));
        if (kept > 0) {
            body.write(in.array(), in.arrayOffset() + in.position(), kept);
        }
        in.position(in.position() + count);
        bodyBytes += count;
        leftBytes -= count;
    }
}
