package dev.onrush.http.internal.wire;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.impl.BasicEntityDetails;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.net.URIAuthority;
import org.apache.hc.core5.util.TextUtils;
import org.jspecify.annotations.Nullable;

/**
 * A request as it goes out: nothing is added to it. Immutable, so that one that never varies is made once for all users.
 */
public final class WireRequest {
    private static final String[] OF_CONNECTION = {
        "host", "connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade"
    };

    private final Head head;
    private final byte @Nullable [] body;
    private final @Nullable EntityDetails details;
    /** Made when first needed. */
    private volatile @Nullable HttpRequest http2Head;

    /**
     * @param target path and query
     * @param headers all but {@code Host} and {@code Content-Length}, in the order to send
     * @param body null: none; kept, not copied
     */
    public WireRequest(
            String method, Origin origin, String target, List<? extends Header> headers, byte @Nullable [] body) {
        this(method, origin, target, target, headers, body);
    }

    /** @param line what stands in the request line in place of the target */
    private WireRequest(
            String method,
            Origin origin,
            String target,
            String line,
            List<? extends Header> headers,
            byte @Nullable [] body) {
        this.head = new Head(method, target, line);
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

        private final String line;
        private byte[] bytes = {};

        Head(String method, String target, String line) {
            super(method, target);
            this.line = line;
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
            put(out, line);
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

    /** The same for a proxy that is to pass it on: with the whole URL. */
    WireRequest inAbsoluteForm(Origin origin, @Nullable String authorization) {
        List<Header> headers = new ArrayList<>();
        for (Header header : head.getHeaders()) {
            if (!header.getName().equalsIgnoreCase("Content-Length")) {
                headers.add(header);
            }
        }
        if (authorization != null) {
            headers.add(new BasicHeader("Proxy-Authorization", authorization));
        }
        return new WireRequest(method(), origin, target(), origin + target(), headers, body);
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

    /** The same head as HTTP/2 has it. */
    HttpRequest http2Head(Origin origin) {
        HttpRequest known = http2Head;
        if (known == null) {
            known = newHttp2Head(origin);
            http2Head = known;
        }
        return known;
    }

    private HttpRequest newHttp2Head(Origin origin) {
        BasicHttpRequest mine = new BasicHttpRequest(method(), target());
        mine.setScheme(origin.scheme());
        mine.setAuthority(
                new URIAuthority(origin.host(), origin.port() == (origin.secure() ? 443 : 80) ? -1 : origin.port()));
        for (Header header : head.getHeaders()) {
            if (!isOfConnection(header.getName())) {
                mine.addHeader(header);
            }
        }
        return mine;
    }

    /** Whether HTTP/2 has no such header, or has it as something else. */
    private static boolean isOfConnection(String name) {
        for (String each : OF_CONNECTION) {
            if (each.equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
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
