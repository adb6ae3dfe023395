package dev.onrush.examples.target;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.apache.hc.core5.http.ContentType;
import tools.jackson.databind.json.JsonMapper;

/** What a route answers. The body is never changed after it was handed in. */
record Answer(int status, ContentType type, byte[] body, Map<String, String> headers) {
    static final JsonMapper JSON = JsonMapper.builder().build();

    private static final ContentType METRICS = ContentType.parse("text/plain; version=0.0.4; charset=utf-8");

    static Answer text(String text) {
        return of(ContentType.TEXT_PLAIN.withCharset(StandardCharsets.UTF_8), text);
    }

    static Answer html(String text) {
        return of(ContentType.TEXT_HTML.withCharset(StandardCharsets.UTF_8), text);
    }

    static Answer metrics(String page) {
        return of(METRICS, page);
    }

    static Answer json(int status, Object value) {
        return new Answer(status, ContentType.APPLICATION_JSON, JSON.writeValueAsBytes(value), Map.of());
    }

    static Answer error(int status, String message) {
        return json(status, Map.of("error", message));
    }

    static Answer redirect(String location) {
        return new Answer(302, ContentType.TEXT_PLAIN, new byte[0], Map.of("Location", location));
    }

    Answer with(String header, String value) {
        return new Answer(status, type, body, Map.of(header, value));
    }

    private static Answer of(ContentType type, String text) {
        return new Answer(200, type, text.getBytes(StandardCharsets.UTF_8), Map.of());
    }
}
