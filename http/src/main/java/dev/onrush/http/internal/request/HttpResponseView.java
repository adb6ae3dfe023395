package dev.onrush.http.internal.request;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.ProtocolVersion;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.jspecify.annotations.Nullable;

import dev.onrush.core.check.CheckedResponse;
import dev.onrush.core.check.ResponseBody;

/** A response as checks and authors' functions see it. */
public final class HttpResponseView implements CheckedResponse {
    private static final int NOT_MODIFIED = 304;

    private final SentRequest sent;
    private final HttpResponse head;
    private final ResponseBody body;
    private final long responseTimeMillis;

    HttpResponseView(SentRequest sent, HttpResponse head, ResponseBody body, long responseTimeMillis) {
        this.sent = sent;
        this.head = head;
        this.body = body;
        this.responseTimeMillis = responseTimeMillis;
    }

    /** That response, with other status, headers and body. */
    public HttpResponseView changed(
            int status, String reasonPhrase, List<Map.Entry<String, String>> fields, ResponseBody content) {
        BasicHttpResponse other = new BasicHttpResponse(status, reasonPhrase);
        other.setVersion(head.getVersion());
        fields.forEach(field -> other.addHeader(field.getKey(), field.getValue()));
        return new HttpResponseView(sent, other, content, responseTimeMillis);
    }

    /** The request it answers: of a redirect, the last one. */
    public OutgoingRequest request() {
        return sent.whole();
    }

    /** Where it came from, after all redirects. */
    public String location() {
        return sent.url().toString();
    }

    /** Actual start of the request, milliseconds since 1970. */
    public long startMillis() {
        return sent.startMillis();
    }

    /** When its last byte came, milliseconds since 1970. */
    public long endMillis() {
        return sent.endMillis();
    }

    public int status() {
        return head.getCode();
    }

    public @Nullable String reasonPhrase() {
        return head.getReasonPhrase();
    }

    public boolean isHttp2() {
        ProtocolVersion version = head.getVersion();
        return version != null && version.greaterEquals(HttpVersion.HTTP_2);
    }

    public Header[] headers() {
        return head.getHeaders();
    }

    /** Values of all headers of that name, letter case ignored. */
    public List<String> headers(String name) {
        List<String> values = new ArrayList<>(1);
        for (Iterator<Header> all = head.headerIterator(name); all.hasNext(); ) {
            values.add(all.next().getValue());
        }
        return values;
    }

    @Override
    public boolean hasBody() {
        return status() != NOT_MODIFIED;
    }

    @Override
    public ResponseBody body() {
        return body;
    }

    @Override
    public long responseTimeMillis() {
        return responseTimeMillis;
    }
}
