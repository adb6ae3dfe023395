package dev.onrush.http;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.apache.hc.core5.http.Header;

import dev.onrush.core.Require;
import dev.onrush.core.check.CheckedResponse;
import dev.onrush.http.internal.request.HttpResponseView;

/**
 * A whole response, for functions of authors.
 *
 * @param request that was answered
 * @param startTimestamp actual start of the request, milliseconds since 1970
 * @param endTimestamp when the last byte came, milliseconds since 1970
 * @param body {@link NoResponseBody} if there is none, or nothing reads it
 * @param checksums always empty: digests are checks
 */
public record Response(
        Request request,
        long startTimestamp,
        long endTimestamp,
        HttpResponseStatus status,
        HttpHeaders headers,
        ResponseBody body,
        Map<String, String> checksums,
        boolean isHttp2) {
    public Response {
        Require.notNull("Response: request", request);
        Require.notNull("Response: status", status);
        Require.notNull("Response: headers", headers);
        Require.notNull("Response: body", body);
        Require.notNull("Response: checksums", checksums);
    }

    static Response of(CheckedResponse response) {
        HttpResponseView view = (HttpResponseView) response;
        HttpHeaders headers = new HttpHeaders();
        for (Header header : Arrays.asList(view.headers())) {
            headers.add(header.getName(), Objects.requireNonNullElse(header.getValue(), ""));
        }
        String phrase = Objects.requireNonNullElse(view.reasonPhrase(), "");
        return new Response(
                new Request(view.request()),
                view.startMillis(),
                view.endMillis(),
                HttpResponseStatus.valueOf(view.status(), phrase),
                headers,
                view.body().length() == 0 ? NoResponseBody.INSTANCE : new ByteArrayResponseBody(view.body()),
                Map.of(),
                view.isHttp2());
    }

    /** That response, with status, headers and body as they are here. */
    HttpResponseView over(HttpResponseView original) {
        return original.changed(status.code(), status.reasonPhrase(), List.copyOf(headers.entries()), body.content());
    }
}
