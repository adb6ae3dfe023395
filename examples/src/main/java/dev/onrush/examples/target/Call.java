package dev.onrush.examples.target;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * One request as a route sees it.
 *
 * @param tail what follows the fixed part of the route's path: the id of {@code /items/{id}}; empty if nothing does
 * @param query the query string without its question mark; empty if there is none
 * @param body the whole body; empty if there is none
 */
record Call(HttpRequest head, String tail, String query, byte[] body) {

    @Nullable
    String header(String name) {
        Header header = head.getFirstHeader(name);
        return header == null ? null : header.getValue();
    }

    @Nullable
    String cookie(String name) {
        String line = header("Cookie");
        if (line == null) {
            return null;
        }
        for (String pair : line.split(";", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
                return pair.substring(equals + 1).strip();
            }
        }
        return null;
    }

    Map<String, String> queryParameters() {
        return decoded(query);
    }

    Map<String, String> form() {
        return decoded(new String(body, StandardCharsets.UTF_8));
    }

    private static Map<String, String> decoded(String pairs) {
        Map<String, String> values = new HashMap<>();
        for (String pair : pairs.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.put(
                        URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return values;
    }
}
