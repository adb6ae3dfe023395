package dev.onrush.testkit;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/** One request as a {@link TruthServer} received it, whole. Immutable. */
public final class TruthRequest {
    /** The header by which a request is known in the ledger; it is echoed in the answer. */
    public static final String ID_HEADER = "X-Request-Id";

    private final String method;
    private final String target;
    private final String version;
    private final HeaderList headers;
    private final byte[] body;
    private final long bodyBytes;
    private final long arrivalNanos;
    private final long connection;

    TruthRequest(RequestHead head, byte[] body, long bodyBytes, long arrivalNanos, long connection) {
        this.method = head.method();
        this.target = head.target();
        this.version = head.version();
        this.headers = head.headers();
        this.body = body;
        this.bodyBytes = bodyBytes;
        this.arrivalNanos = arrivalNanos;
        this.connection = connection;
    }

    public String method() {
        return method;
    }

    /** What stood in the request line: path and query, not decoded. */
    public String target() {
        return target;
    }

    /** The target without its query, not decoded. */
    public String path() {
        return RequestHead.pathOf(target);
    }

    /** What follows the first question mark, not decoded; empty when there is none. */
    public String query() {
        int mark = target.indexOf('?');
        return mark < 0 ? "" : target.substring(mark + 1);
    }

    /** {@code HTTP/1.1} or {@code HTTP/1.0}. */
    public String version() {
        return version;
    }

    /** The first value of this header, its name compared without case. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.first(name));
    }

    /** All values of this header, one per line received. */
    public List<String> headers(String name) {
        return headers.all(name);
    }

    /** All header lines as {@code name: value}, in the order received. */
    public List<String> headerLines() {
        return headers.lines();
    }

    @Nullable
    String id() {
        return headers.first(ID_HEADER);
    }

    /** The body without chunk framing; cut at the server's body limit, see {@link #bodyBytes()}. */
    public byte[] body() {
        return body.clone();
    }

    /** The body as UTF-8 text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** How many bytes the body had, also beyond the limit up to which it is kept. */
    public long bodyBytes() {
        return bodyBytes;
    }

    /** When the head was complete, on the clock of {@link System#nanoTime()}. */
    public long arrivalNanos() {
        return arrivalNanos;
    }

    /** The number of its connection, from 0 in the order of acceptance. */
    public long connection() {
        return connection;
    }

    @Override
    public String toString() {
        return method + " " + target + " on connection " + connection;
    }
}
