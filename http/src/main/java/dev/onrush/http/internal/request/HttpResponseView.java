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
    private static final int NOT_MODIFIED = 304;

    private final String location;
    private final HttpResponse head;
    private final ResponseBody body;
    private final long responseTimeMillis;

    /** @param location the URL it came from */
    HttpResponseView(String location, HttpResponse head, ResponseBody body, long responseTimeMillis) {
        this.location = location;
        this.head = head;
        this.body = body;
        this.responseTimeMillis = responseTimeMillis;
    }

    public String location() {
        return location;
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
