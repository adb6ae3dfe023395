package dev.onrush.http.internal.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.hc.core5.http.Header;
import org.jspecify.annotations.Nullable;

import dev.onrush.http.internal.wire.WireRequest;

/**
 * A request that is complete and not yet sent. Immutable.
 *
 * @param name it is recorded under
 * @param headers all but {@code Content-Length}
 * @param body null: none; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record OutgoingRequest(String name, String method, Url url, List<Header> headers, byte @Nullable [] body) {
    static OutgoingRequest of(String name, Url url, WireRequest wire) {
        List<Header> headers = wire.headers().stream()
                .filter(header -> !header.getName().equalsIgnoreCase("Content-Length"))
                .toList();
        return new OutgoingRequest(name, wire.method(), url, headers, wire.body());
    }

    /** @throws UnsafeTextException if one of them would break out of the head */
    public OutgoingRequest withHeaders(List<Map.Entry<String, String>> fields) {
        List<Header> changed = new ArrayList<>(fields.size());
        for (Map.Entry<String, String> field : fields) {
            if (!HeaderField.isToken(field.getKey())) {
                throw new UnsafeTextException(
                        "\"" + field.getKey().replaceAll("\\p{Cntrl}", "?") + "\" cannot be the name of a header");
            }
            if (!field.getKey().equalsIgnoreCase("Content-Length")) {
                changed.add(HeaderField.header(field.getKey(), field.getValue()));
            }
        }
        return new OutgoingRequest(name, method, url, changed, body);
    }

    /** In place of one of that name. */
    OutgoingRequest withHeader(String field, String value) {
        List<Header> changed = new ArrayList<>(headers.size() + 1);
        for (Header header : headers) {
            if (!header.getName().equalsIgnoreCase(field)) {
                changed.add(header);
            }
        }
        changed.add(HeaderField.header(field, value));
        return new OutgoingRequest(name, method, url, changed, body);
    }

    /** Unless there is one of that name already, or nothing to say. */
    OutgoingRequest withOwn(String field, @Nullable String value) {
        return value == null || header(field) != null ? this : withHeader(field, value);
    }

    OutgoingRequest withUrl(Url changed) {
        return new OutgoingRequest(name, method, changed, headers, body);
    }

    OutgoingRequest withBody(byte[] changed) {
        return new OutgoingRequest(name, method, url, headers, changed);
    }

    /** The first value of that header; null if there is none. */
    @Nullable
    String header(String field) {
        for (Header header : headers) {
            if (header.getName().equalsIgnoreCase(field)) {
                return header.getValue();
            }
        }
        return null;
    }

    WireRequest wire() {
        return new WireRequest(method, url.origin(), url.target(), headers, body);
    }
}
