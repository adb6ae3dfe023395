package dev.onrush.http;

import java.util.List;
import java.util.Objects;

import org.apache.hc.core5.http.Header;
import org.jspecify.annotations.Nullable;

import dev.onrush.http.internal.request.OutgoingRequest;

/** A request that is about to be sent, or was. Only its headers can be changed, and only before it is sent. */
public final class Request {
    private final OutgoingRequest request;
    private final HttpHeaders headers = new HttpHeaders();

    Request(OutgoingRequest request) {
        this.request = request;
        for (Header header : request.headers()) {
            headers.add(header.getName(), Objects.requireNonNullElse(header.getValue(), ""));
        }
    }

    /** With the headers as they are now. */
    OutgoingRequest changed() {
        return request.withHeaders(List.copyOf(headers.entries()));
    }

    /** Under which it is recorded. */
    public String getName() {
        return request.name();
    }

    public HttpMethod getMethod() {
        return HttpMethod.valueOf(request.method());
    }

    public Uri getUri() {
        return new Uri(request.url());
    }

    /** To be changed by a function of {@code sign}. */
    public HttpHeaders getHeaders() {
        return headers;
    }

    /** Null if there is none. */
    public @Nullable RequestBody getBody() {
        byte[] bytes = request.body();
        return bytes == null ? null : new RequestBody(bytes);
    }

    @Override
    public String toString() {
        return request.method() + " " + request.url();
    }
}
