package dev.onrush.http.internal.wire;

import java.io.ByteArrayOutputStream;
import java.util.List;

import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.impl.BasicEntityDetails;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.util.TextUtils;
import org.jspecify.annotations.Nullable;

/**
 * A request as it goes out: nothing is added to it. Immutable, so that one that never varies is made once for all users.
 */
public final class WireRequest {
    private final Head head;
    private final byte @Nullable [] body;
    private final @Nullable EntityDetails details;

    /**
     * @param target path and query
     * @param headers all but {@code Host} and {@code Content-Length}, in the order to send
     * @param body null: none; kept, not copied
     */
    public WireRequest(
            String method, Origin origin, String target, List<? extends Header> headers, byte @Nullable [] body) {
        this.head = new Head(method, target);
        if (headers.stream().noneMatch(header -> header.getName().equalsIgnoreCase("Host"))) {
            head.addHeader(new BasicHeader("Host", origin.authority()));
        }
        for (Header header : headers) {
            head.addHeader(header);
        }
        if (body != null || expectsBody(method)) {
            head.addHeader(new BasicHeader("Content-Length", String.valueOf(body == null ? 0 : body.length)));
        }
        head.complete();
        this.body = body == null || body.length == 0 ? null : body;
        this.details = this.body == null ? null : new BasicEntityDetails(this.body.length, null);
    }

    /** A head that keeps the bytes it is sent as. */
    static final class Head extends BasicHttpRequest {
        private static final long serialVersionUID = 1;

        private byte[] bytes = {};

        Head(String method, String target) {
            super(method, target);
        }

        byte[] bytes() {
            return bytes;
        }

        /** No header comes after this. */
        private void complete() {
            bytes = encode();
        }

        private byte[] encode() {
            ByteArrayOutputStream out = new ByteArrayOutputStream(256);
            put(out, getMethod());
            out.write(' ');
            put(out, getRequestUri());
            put(out, " HTTP/1.1");
            endLine(out);
            for (Header header : getHeaders()) {
                put(out, header.getName());
                put(out, ": ");
                put(out, header.getValue());
                endLine(out);
            }
            endLine(out);
            return out.toByteArray();
        }

        /** Latin-1; what is not of it, and control characters, as a question mark. */
        private static void put(ByteArrayOutputStream out, @Nullable String text) {
            if (text == null) {
                return;
            }
            for (int i = 0; i < text.length(); i++) {
                out.write(TextUtils.castAsByte(text.charAt(i)));
            }
        }

        private static void endLine(ByteArrayOutputStream out) {
            out.write('\r');
            out.write('\n');
        }
    }

    private static boolean expectsBody(String method) {
        return method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
    }

    public String method() {
        return head.getMethod();
    }

    /** Path and query. */
    public String target() {
        return head.getPath();
    }

    /** All headers, in the order sent. */
    public List<Header> headers() {
        return List.of(head.getHeaders());
    }

    /** Whether it may be sent once more when nobody knows whether it arrived. */
    public boolean isIdempotent() {
        return switch (head.getMethod()) {
            case "GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE" -> true;
            default -> false;
        };
    }

    HttpRequest head() {
        return head;
    }

    public byte @Nullable [] body() {
        return body;
    }

    @Nullable
    EntityDetails details() {
        return details;
    }
}
