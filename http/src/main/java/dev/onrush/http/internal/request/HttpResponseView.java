package dev.onrush.http.internal.request;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;

import dev.onrush.core.check.CheckedResponse;
import dev.onrush.core.check.ResponseBody;

/** A response as checks see it. */
public final class HttpResponseView implements CheckedResponse {
    private final HttpResponse head;
    private final ResponseBody body;
    private final long responseTimeMillis;

    HttpResponseView(HttpResponse head, ResponseBody body, long responseTimeMillis) {
        this.head = head;
        this.body = body;
        this.responseTimeMillis = responseTimeMillis;
    }

    public int status() {
        return head.getCode();
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
    public ResponseBody body() {
        return body;
    }

    @Override
    public long responseTimeMillis() {
        return responseTimeMillis;
    }
}
