package dev.onrush.http.internal.wire;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Which targets may be spoken to in HTTP/2.
 *
 * @param isOffered whether it is offered to targets under TLS (ALPN)
 * @param known what targets speak, by {@code host} or {@code host:port}: true HTTP/2, false HTTP/1.1
 */
public record Http2Options(boolean isOffered, Map<String, Boolean> known) {
    public static final Http2Options OFF = new Http2Options(false, Map.of());

    public Http2Options {
        known = Map.copyOf(known);
    }

    /** Whether it is spoken to nobody. */
    boolean isOff() {
        return !isOffered && !known.containsValue(true);
    }

    boolean allow(Origin origin) {
        if (isOff()) {
            return false;
        }
        Boolean said = said(origin);
        return said == null ? isOffered && origin.secure() : said;
    }

    private @Nullable Boolean said(Origin origin) {
        Boolean said = known.get(origin.host() + ":" + origin.port());
        return said == null ? known.get(origin.host()) : said;
    }
}
