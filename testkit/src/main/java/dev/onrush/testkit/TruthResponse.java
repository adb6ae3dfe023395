package dev.onrush.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a {@link TruthServer} answers to one request. Immutable: each call returns a new one, so that an answer can be
 * made once and given to every request.
 *
 * <p>{@code Content-Length} (or chunk framing) and the echo of {@link TruthRequest#ID_HEADER} are added by the server.
 */
public final class TruthResponse {
    private final int status;
    private final List<String> headerLines;
    private final byte[] body;
    private final long zeroBytes;
    private final int chunkBytes;
    private final @Nullable Duration delay;
    private final End end;

    /** What becomes of the connection. */
    enum End {
        KEEP,
        CLOSE,
        RESET,
        NEVER
    }

    private TruthResponse(
            int status,
            List<String> headerLines,
            byte[] body,
            long zeroBytes,
            int chunkBytes,
            @Nullable Duration delay,
            End end) {
        this.status = status;
        this.headerLines = headerLines;
        this.body = body;
        this.zeroBytes = zeroBytes;
        this.chunkBytes = chunkBytes;
        this.delay = delay;
        this.end = end;
    }

    /** An answer with this status and no body. */
    public static TruthResponse status(int status) {
        if (status < 100 || status > 999) {
            throw new IllegalArgumentException("status must have three digits, was " + status);
        }
        return new TruthResponse(status, List.of(), new byte[0], 0, 0, null, End.KEEP);
    }

    /** 200 with this text as {@code text/plain; charset=utf-8}. */
    public static TruthResponse ok(String text) {
        return status(200).header("Content-Type", "text/plain; charset=utf-8").body(text);
    }

    /** 200 with this text as {@code application/json}. */
    public static TruthResponse json(String text) {
        return status(200).header("Content-Type", "application/json").body(text);
    }

    /** No answer: the connection is reset (RST) instead. */
    public static TruthResponse reset() {
        return status(200).with(End.RESET);
    }

    /** No answer ever; the connection stays open until the client leaves or the server ends. */
    public static TruthResponse never() {
        return status(200).with(End.NEVER);
    }

    /** Adds a header line; the same name may come several times. */
    public TruthResponse header(String name, String value) {
        var lines = new ArrayList<>(headerLines);
        lines.add(name + ": " + value);
        return new TruthResponse(status, List.copyOf(lines), body, zeroBytes, chunkBytes, delay, end);
    }

    /** Sets the body to this text in UTF-8. */
    public TruthResponse body(String text) {
        return body(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sets the body. */
    public TruthResponse body(byte[] bytes) {
        return new TruthResponse(status, headerLines, bytes.clone(), 0, chunkBytes, delay, end);
    }

    /** Sets the body to this many zero bytes; they are produced as they are sent, whatever their number. */
    public TruthResponse zeros(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes must not be negative, was " + bytes);
        }
        return new TruthResponse(status, headerLines, new byte[0], bytes, 0, delay, end);
    }

    /** Sends the body in chunks of at most this many bytes instead of announcing its length. */
    public TruthResponse chunked(int bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("a chunk needs at least one byte, was " + bytes);
        }
        return new TruthResponse(status, headerLines, body, 0, bytes, delay, end);
    }

    /** Answers this long after the arrival, instead of the server's own response time. */
    public TruthResponse after(Duration time) {
        return new TruthResponse(status, headerLines, body, zeroBytes, chunkBytes, time, end);
    }

    /** Closes the connection after the answer and says so ({@code Connection: close}). */
    public TruthResponse close() {
        return header("Connection", "close").with(End.CLOSE);
    }

    /** Closes the connection after the answer without a word: the next request on it finds it stale. */
    public TruthResponse closeSilently() {
        return with(End.CLOSE);
    }

    int status() {
        return status;
    }

    @Nullable
    Duration delay() {
        return delay;
    }

    End end() {
        return end;
    }

    /** Zero bytes to stream after {@link #encode}. */
    long zeroBytes() {
        return zeroBytes;
    }

    /** The bytes of this answer, but for the zeros. */
    byte[] encode(boolean bodyAllowed, @Nullable String id) {
        boolean bodiless = status == 204 || status == 304 || status < 200;
        var head = new StringBuilder(128).append("HTTP/1.1 ").append(status).append(' ');
        head.append(status == 200 ? "OK" : "Status").append("\r\n");
        for (int i = 0; i < headerLines.size(); i++) {
            head.append(headerLines.get(i)).append("\r\n");
        }
        if (id != null) {
            head.append(TruthRequest.ID_HEADER).append(": ").append(id).append("\r\n");
        }
        if (chunkBytes > 0) {
            head.append("Transfer-Encoding: chunked\r\n");
        } else if (!bodiless) {
            head.append("Content-Length: ").append(body.length + zeroBytes).append("\r\n");
        }
        byte[] headBytes = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        if (!bodyAllowed || bodiless) {
            return headBytes;
        }
        var all = new ByteArrayOutputStream(headBytes.length + body.length + 64);
        all.writeBytes(headBytes);
        if (chunkBytes == 0) {
            all.writeBytes(body);
        } else {
            writeChunks(all);
        }
        return all.toByteArray();
    }

    private void writeChunks(ByteArrayOutputStream all) {
        for (int from = 0; from < body.length; from += chunkBytes) {
            int count = Math.min(chunkBytes, body.length - from);
            all.writeBytes((Integer.toHexString(count) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            all.write(body, from, count);
            all.writeBytes(new byte[] {'\r', '\n'});
        }
        all.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
    }

    private TruthResponse with(End other) {
        return new TruthResponse(status, headerLines, body, zeroBytes, chunkBytes, delay, other);
    }

    @Override
    public String toString() {
        return end == End.RESET || end == End.NEVER ? end.name() : "status " + status;
    }
}
