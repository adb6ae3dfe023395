package dev.onrush.http.internal.wire;

import java.util.Iterator;
import java.util.Locale;

import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.ProtocolVersion;
import org.jspecify.annotations.Nullable;

/** What a response says about the connection it came on. */
final class KeepAlive {
    private static final String PARAMETER = "timeout=";
    private static final long MOST_SECONDS = 1_000_000;

    private KeepAlive() {}

    /** Whether it may carry another request. */
    static boolean isKept(HttpResponse head, @Nullable EntityDetails details) {
        if (details != null && details.getContentLength() < 0 && !details.isChunked()) {
            return false; // the body ends with the connection
        }
        Header connection = head.getFirstHeader("Connection");
        if (connection != null) {
            for (Iterator<Header> all = head.headerIterator("Connection"); all.hasNext(); ) {
                String value = all.next().getValue().toLowerCase(Locale.ROOT);
                if (value.contains("close")) {
                    return false;
                }
                if (value.contains("keep-alive")) {
                    return true;
                }
            }
        }
        ProtocolVersion version = head.getVersion();
        return version == null || version.greaterEquals(HttpVersion.HTTP_1_1);
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
