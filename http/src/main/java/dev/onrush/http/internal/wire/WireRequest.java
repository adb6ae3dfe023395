package dev.onrush.http.internal.wire;

import java.util.List;

import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.impl.BasicEntityDetails;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * A request as it goes out: nothing is added to it. Immutable, so that one that never varies is made once for all users.
 */
public final class WireRequest {
    private final BasicHttpRequest head;
    private final byte @Nullable [] body;
    private final @Nullable EntityDetails details;

    /**
     * @param target path and query
     * @param headers all but {@code Host} and {@code Content-Length}, in the order to send
     * @param body null: none; kept, not copied
     */
    public WireRequest(
            String method, Origin origin, String target, List<? extends Header> headers, byte @Nullable [] body) {
        this.head = new BasicHttpRequest(method, target);
        if (headers.stream().noneMatch(header -> header.getName().equalsIgnoreCase("Host"))) {
            head.addHeader(new BasicHeader("Host", origin.authority()));
        }
        for (Header header : headers) {
            head.addHeader(header);
        }
        if (body != null || expectsBody(method)) {
            head.addHeader(new BasicHeader("Content-Length", String.valueOf(body == null ? 0 : body.length)));
        }
        this.body = body == null || body.length == 0 ? null : body;
        this.details = this.body == null ? null : new BasicEntityDetails(this.body.length, null);
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
