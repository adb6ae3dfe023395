package dev.onrush.http.internal.wire;

import java.util.Locale;

import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** What a response says about the connection it came on. */
final class KeepAlive {
    private static final String PARAMETER = "timeout=";
    private static final long MOST_SECONDS = 1_000_000;

    private KeepAlive() {}

    /** Whether it may carry another request. */
    static boolean isKept(@Nullable HttpRequest request, HttpResponse head, HttpContext context) {
        return isPlain(request, head) || DefaultConnectionReuseStrategy.INSTANCE.keepAlive(request, head, context);
    }

    /** What nearly every answer is, told without taking headers apart. */
    private static boolean isPlain(@Nullable HttpRequest request, HttpResponse head) {
        if (request == null
                || request.containsHeader("Connection")
                || head.getCode() != 200
                || head.getVersion() != HttpVersion.HTTP_1_1
                || head.countHeaders("Content-Length") != 1
                || head.containsHeader("Transfer-Encoding")
                || head.containsHeader("Proxy-Connection")) {
            return false;
        }
        Header connection = head.getFirstHeader("Connection");
        return connection == null
                || "keep-alive".equalsIgnoreCase(connection.getValue()) && head.countHeaders("Connection") == 1;
    }

    /** How long it may be idle, in nanoseconds; {@link Long#MAX_VALUE} if nothing is said. */
    static long limitNanos(HttpResponse head) {
        Header header = head.getFirstHeader("Keep-Alive");
        String value = header == null ? null : header.getValue();
        if (value == null) {
            return Long.MAX_VALUE;
        }
        long limit = Long.MAX_VALUE;
        for (String part : value.split(",", -1)) {
            String parameter = part.trim().toLowerCase(Locale.ROOT);
            if (parameter.equals("max=0")) {
                return 0;
            }
            if (parameter.startsWith(PARAMETER)) {
                limit = nanos(parameter.substring(PARAMETER.length()));
            }
        }
        return limit;
    }

    private static long nanos(String text) {
        try {
            long seconds = Long.parseLong(text);
            return seconds < 0 || seconds > MOST_SECONDS ? Long.MAX_VALUE : seconds * 1_000_000_000L;
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }
}
